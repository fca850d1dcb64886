"""The headline outcomes of a run as a table, and every other outcome folded."""

from __future__ import annotations

from collections.abc import Sequence

from sim.output.report.page.parts import Block, Folded, Section, Table
from sim.output.report.page.words import FEW, chance, cut, replicates
from sim.output.report.run.subject import Subject
from sim.output.tables.outcomes import main_lines, number
from sim.records.results.summary import SummaryLine
from sim.studies.summary import summarise

HEAD = ("outcome", "value", "90%", "± one error", "n", "unit", "figure", "what it is")
RIGHT = (1, 2, 3, 4)


def outcome_section(subject: Subject) -> Section:
    """Return the section; headline outcomes are those that the scenario reports, else the main
    ones.
    """
    lines = summarise(
        subject.measures.values(), subject.columns, subject.failed, subject.sets or None
    )
    report = subject.settings.get("measures", {}).get("report", ())
    chosen = main_lines(lines, report)
    how = [
        "A chance with its 90% Monte Carlo interval, or a median with the middle 90% of the "
        "replicates.",
        "± is one Monte Carlo standard error. n: replicates in which the outcome exists.",
    ]
    blocks: list[Block] = [Table(HEAD, _rows(chosen, subject), f"{replicates(subject.n)}", RIGHT)]
    if len(lines) > len(chosen):
        caption = f"Every outcome, {replicates(subject.n)}"
        blocks.append(
            Folded(f"All {len(lines)} lines", Table(HEAD, _rows(lines, subject), caption, RIGHT))
        )
    return Section("Headline outcomes", how, blocks)


def _rows(lines: Sequence[SummaryLine], subject: Subject) -> list[list[str]]:
    return [_cells(line, subject.measures[line.outcome].definition) for line in lines]


def _cells(line: SummaryLine, means: str) -> list[str]:
    definition = cut(means, 160)
    name = f"{line.outcome}: {line.category}" if line.category else line.outcome
    if line.figure == "none":
        return [name, "in no replicate", "", "", "0", "", "", definition]
    assert line.estimate is not None
    if line.figure == "probability" and line.n < FEW:
        said = chance(round(line.estimate * line.n), line.n)
        return [name, said.value(), "too few", "", str(line.n), "", "count", definition]
    value, low, high, error = (
        number(x, line.unit) for x in (line.estimate, line.low, line.high, line.monte_carlo_error)
    )
    unit = "" if line.unit in ("key", "share") else line.unit
    figure = "chance" if line.figure == "probability" else "median"
    return [name, value, f"{low} to {high}", error, str(line.n), unit, figure, definition]
