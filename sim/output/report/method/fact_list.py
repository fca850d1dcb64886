"""The facts on which a run rests, newest first, and the sources by name."""

from __future__ import annotations

from sim.output.report.page.parts import Block, Folded, Listing, Section, Table, Words
from sim.output.report.page.words import date
from sim.output.report.run.subject import Subject

SHOWN = 6


def fact_section(subject: Subject) -> Section:
    """Return the section on facts and sources; where the scenario cannot be had, it says why."""
    resolved = subject.resolved
    how = [f"Nothing that became known after {date(subject.as_of)} is used."]
    if resolved is None:
        return Section("Facts and sources", how, [Words([f"Left out: {subject.stale}."])])
    known = sorted(resolved.facts, key=lambda each: (each.fact.known_on, each.key), reverse=True)
    rows = [[date(each.fact.known_on), each.fact.text, ", ".join(each.sources)] for each in known]
    dropped = resolved.dropped_facts
    blocks: list[Block] = [
        Words(
            [
                f"{len(rows)} facts of the seed {resolved.seed.name} were known by then; "
                f"{dropped} later ones are left out."
            ]
        )
    ]
    head = ("known on", "fact", "source")
    if rows:
        blocks.append(Table(head, rows[:SHOWN], "The latest facts"))
    if len(rows) > SHOWN:
        caption = "All facts, newest first"
        blocks.append(Folded(f"All {len(rows)} facts", Table(head, rows, caption)))
    blocks += _sources(subject)
    return Section("Facts and sources", how, blocks)


def _sources(subject: Subject) -> list[Block]:
    """Return the references of the keys that values and facts name."""
    resolved = subject.resolved
    assert resolved is not None
    keys = {key for entry in subject.provenance.values() for key in entry["source"].split(", ")}
    keys |= {key for each in resolved.facts for key in each.sources}
    found = [(key, resolved.seed.reference(key)) for key in sorted(keys)]
    lines = [("", key, reference.text) for key, reference in found if reference is not None]
    return [Folded(f"All {len(lines)} sources", Listing(lines))] if lines else []
