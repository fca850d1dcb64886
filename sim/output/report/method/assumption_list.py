"""What a run assumes: what the scenario's own files set, what is drawn, and all the rest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.documents.fields import Spec, find_spec
from sim.output.report.page.parts import Block, Folded, Section, Table, Words
from sim.output.report.page.words import cut
from sim.output.report.run.subject import Subject, assumed_ranges
from sim.scenario.keys.origins import DEFAULT
from sim.scenario.schema import Scenario, is_parameter
from sim.sources import ASSUMPTION

HEAD = ("value", "set to", "unit", "range that a study sweeps", "source", "meaning")


def value_at(settings: Mapping[str, Any], dotted: str) -> Any:
    """Return the value of a dotted path, or None where there is none."""
    found: Any = settings
    for key in dotted.split("."):
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


def shown(value: object) -> str:
    """Return a value as a reader writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(shown, value)) + "]" if value else "(none)"
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {shown(one)}" for key, one in value.items())
    return f"{value:g}" if isinstance(value, float) else str(value)


def row(subject: Subject, dotted: str) -> list[str]:
    """Return the cells of one value."""
    entry = subject.provenance[dotted]
    found = find_spec(Scenario, tuple(dotted.split(".")))
    spec = found if isinstance(found, Spec) else None
    swept = spec.study_range if spec else None
    unit = "" if entry["unit"] in ("key", "1") else entry["unit"]
    said = f"{swept[0]:g} to {swept[1]:g}" if swept else "none stated"
    note = spec.note if spec else ""
    value = cut(shown(value_at(subject.settings, dotted)), 200)
    return [dotted, value, unit, said, entry["source"], note]


def own_values(subject: Subject) -> list[str]:
    """Return the parameters that the scenario's own files and overlays set, not the seed's."""
    seed = subject.settings["seed"] + "/"
    return [
        dotted
        for dotted, entry in subject.provenance.items()
        if is_parameter(tuple(dotted.split(".")))
        and entry["file"] != DEFAULT
        and not entry["file"].startswith(seed)
    ]


def assumption_section(subject: Subject) -> Section:
    """Return the section on assumptions."""
    own = own_values(subject)
    drawn = subject.settings.get("uncertainties", {})
    blocks: list[Block] = []
    if own:
        caption = f"{len(own)} values that the scenario's own files set"
        blocks.append(Table(HEAD, [row(subject, dotted) for dotted in own], caption))
    else:
        blocks.append(Words(["The scenario's own files set no parameter; all come from its seed."]))
    if drawn:
        rows = [
            [path, cut(shown(law), 300), row(subject, path)[3], row(subject, path)[5]]
            for path, law in drawn.items()
            if path in subject.provenance
        ]
        head = ("drawn anew in every replicate", "from", "range that a study sweeps", "meaning")
        blocks.append(Table(head, rows, "Uncertainties: nobody controls them"))
    blocks.append(_all_assumptions(subject))
    how = ["Values without a published source are marked assumption.", _ranges_were_run(subject)]
    return Section("Assumptions", how, blocks)


def _all_assumptions(subject: Subject) -> Folded:
    rest = [
        dotted
        for dotted, entry in subject.provenance.items()
        if entry["source"] == ASSUMPTION and is_parameter(tuple(dotted.split(".")))
    ]
    cells = [row(subject, dotted) for dotted in rest]
    without = [[c[0], c[1], c[2], c[3], c[5]] for c in cells]
    head = tuple(name for name in HEAD if name != "source")
    caption = "Every value that rests on an assumption, with its range where one is stated"
    return Folded(f"All {len(rest)} values that rest on assumptions", Table(head, without, caption))


def _ranges_were_run(subject: Subject) -> str:
    found = assumed_ranges(subject)
    if found is None:
        return "None was drawn for this report: every figure holds at the values shown."
    return (
        f"{found['parameters']} of them were drawn {found['points']} times, once for each set of "
        f"{found['replicates']} replicates; a value shown is then the median."
    )
