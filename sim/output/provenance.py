"""A resolved scenario, and where one of its values comes from, in words."""

from __future__ import annotations

import json
from typing import Any

from sim.scenario.load import Resolved
from sim.scenario.origins import DEFAULT
from sim.scenario.provenance import Explanation


def shown(value: Any) -> str:
    """Return a value as it would stand in a file."""
    if value is None:
        return "(none)"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(shown(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str | bool) else str(value)


def where(file: str, line: int) -> str:
    """Return a place as file:line, or in words where no file states the value."""
    return "default of the model" if file == DEFAULT else f"{file}:{line}"


def explanation(found: Explanation) -> str:
    """Return everything about one value: what it is, where it stands, on what it rests, what it
    overrode.
    """
    entry = found.provenance
    unit = "" if entry.unit in ("", "key", "1") else f" {entry.unit}"
    place = where(entry.file, entry.line)
    lines = [f"{found.dotted} = {shown(entry.value)}{unit}", f"  where    {place}"]
    source = found.reference or entry.source or "none stated"
    lines.append(f"  source   {source}" + (f" (known on {found.dated})" if found.dated else ""))
    if found.note:
        lines.append(f"  meaning  {found.note}")
    if found.study_range:
        lines.append(
            f"  range    {found.study_range[0]:g} to {found.study_range[1]:g} (what a study sweeps)"
        )
    if found.bounds and any(b is not None for b in found.bounds):
        low, high = found.bounds
        words = [
            f"at least {low:g}" if low is not None else "",
            f"at most {high:g}" if high is not None else "",
        ]
        lines.append("  bounds   " + ", ".join(word for word in words if word))
    if found.uncertain:
        lines.append(f"  uncertain: drawn once a replicate from {found.uncertain}")
    if found.choices:
        lines.append(f"  lever    somebody may choose: {', '.join(found.choices)}")
    lines += [f"  overrode {shown(o.value)} ({where(o.file, o.line)})" for o in entry.overrode]
    return "\n".join(lines)


def listing(resolved: Resolved, *, everything: bool) -> str:
    """Return `key = value  # unit; source; place`, one line a value: those that files set, or
    all.
    """
    scenario = resolved.scenario
    head = [f"# {scenario.title} (as of {scenario.as_of}; digest {resolved.digest[:12]})"]
    if scenario.description:
        head.append(f"# {scenario.description}")
    own = [name for name in resolved.files if not name.startswith(resolved.seed.name + "/")]
    head.append(
        f"# files: {', '.join(own)}, on the seed {resolved.seed.name} "
        f"({len(resolved.files) - len(own)} files)"
    )
    head.append(
        f"# {resolved.dropped_facts} facts of the seed became known after {scenario.as_of} and "
        "are left out"
    )
    for number, event in enumerate(scenario.events, 1):
        when = event.date or (
            f"day {event.day:g}" if event.day is not None else event.after or "always"
        )
        head.append(
            f"# event {number}: {event.actor} {event.decision} = {event.option} "
            f"({when}{' ' + event.when if event.when else ''})"
        )
    rows = []
    for dotted, entry in resolved.provenance.items():
        if everything or entry.file in own:
            unit = entry.unit if entry.unit not in ("", "key") else ""
            facts = [unit, entry.source, where(entry.file, entry.line)]
            rows.append(
                f"{dotted} = {shown(entry.value)}  # " + "; ".join(fact for fact in facts if fact)
            )
    more = "" if everything else "\n# values of the seed and defaults of the model: add --all"
    return "\n".join(head + rows) + more
