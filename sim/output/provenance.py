"""A resolved scenario, and where one of its values comes from, in words."""

from __future__ import annotations

from sim.json_text import json_text
from sim.scenario.drawn.assumptions import SET
from sim.scenario.keys.origins import DEFAULT
from sim.scenario.keys.provenance import Explanation
from sim.scenario.load import Resolved
from sim.scenario.schema import ForcedEvent


def shown(value: object) -> str:
    """Return a value as it would stand in a file."""
    if value is None:
        return "(none)"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(shown(v) for v in value) + "]"
    return json_text(value, indent=None) if isinstance(value, str | bool) else str(value)


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
    if entry.facts:
        lines.append(f"  facts    {', '.join(entry.facts)}")
    if found.note:
        lines.append(f"  meaning  {found.note}")
    if found.base_rate:
        lines.append(f"  rests on {found.base_rate}")
    if found.study_range:
        lines.append(
            f"  range    {found.study_range[0]:g} to {found.study_range[1]:g} (what a study sweeps)"
        )
    lines += _bounds(found.bounds or (None, None), found.open_ends)
    if found.uncertain:
        lines.append(f"  uncertain: drawn once a replicate from {found.uncertain}")
    if found.assumed:
        lines.append(f"  drawn    once a set of {SET} replicates from {found.assumed}")
    if found.choices:
        lines.append(f"  lever    somebody may choose: {', '.join(found.choices)}")
    lines += [f"  overrode {shown(o.value)} ({where(o.file, o.line)})" for o in entry.overrode]
    return "\n".join(lines)


def _bounds(bounds: tuple[float | None, float | None], open_ends: tuple[bool, bool]) -> list[str]:
    """Return the line that tells the hard bounds; none where there are none."""
    (low, high), (above, below) = bounds, open_ends
    words = [f"{'above' if above else 'at least'} {low:g}"] if low is not None else []
    words += [f"{'below' if below else 'at most'} {high:g}"] if high is not None else []
    return ["  bounds   " + ", ".join(words)] if words else []


def listing(resolved: Resolved, *, everything: bool) -> str:
    """Return `key = value  # unit; source; place`, one line a value: those that files set, or
    all.
    """
    own = [name for name in resolved.files if not name.startswith(resolved.seed.name + "/")]
    rows = []
    for dotted, entry in resolved.provenance.items():
        if everything or entry.file in own:
            unit = entry.unit if entry.unit not in ("", "key") else ""
            facts = [unit, entry.source, where(entry.file, entry.line)]
            rows.append(
                f"{dotted} = {shown(entry.value)}  # " + "; ".join(fact for fact in facts if fact)
            )
    more = "" if everything else "\n# values of the seed and defaults of the model: add --all"
    return "\n".join(_head(resolved, own) + rows) + more


def _head(resolved: Resolved, own: list[str]) -> list[str]:
    """Return the comment lines above the values: what the scenario is, which options it fixes."""
    scenario = resolved.scenario
    head = [f"# {scenario.title} (as of {scenario.as_of}; digest {resolved.digest[:12]})"]
    if scenario.description:
        head.append(f"# {scenario.description}")
    head.append(
        f"# files: {', '.join(own)}, on the seed {resolved.seed.name} "
        f"({len(resolved.files) - len(own)} files)"
    )
    head.append(
        f"# {resolved.dropped_facts} facts of the seed became known after {scenario.as_of} and "
        "are left out"
    )
    return head + [
        f"# event {number}: {event.actor} {event.decision} = {event.option} ({_when(event)})"
        for number, event in enumerate(scenario.events, 1)
    ]


def _when(event: ForcedEvent) -> str:
    """Return from when an option is fixed, in words."""
    return "always" if event.at is None else str(event.at)
