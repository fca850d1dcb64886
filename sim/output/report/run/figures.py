"""The figures of a run's report, from its counts: headline, alternative text and table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sim.output.report.draw.actors import side
from sim.output.report.draw.flow import flow_narrow, flow_wide
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import FEW, Chance, date, listed, replicates, span
from sim.output.report.run.moments import Path3, largest_crossing, moments, parted
from sim.output.report.run.subject import Subject, assumed_ranges
from sim.output.tables.outcomes import NONE_SEEN

PERCENT = Axis(0, 1, tuple((x / 4, f"{25 * x}%") for x in range(5)), "share of the replicates")

LEAST = 5e-4  # what three decimals show: as in the table of outcomes


def moment_names(subject: Subject) -> tuple[str, str, str]:
    """Return the headings of the three moments."""
    return ("Most votes cast", "Announced winner", f"In office on {date(subject.inauguration)}")


def outcomes_figure(subject: Subject, paths: Sequence[Path3]) -> Figure:
    """Return the chances at the three moments, with their intervals; few replicates are dots."""
    ranges = assumed_ranges(subject)
    few = subject.n < FEW
    rows, table = _outcome_rows(subject, paths, ranges)
    axis = _counts_axis(subject.n) if few else PERCENT
    heads = ("replicates",) if few else ("replicates", "Monte Carlo")
    columns = (*heads, "assumptions") if ranges and not few else heads
    return Figure(
        f"{'Each' if few else 'Chance of each'} outcome, at three moments",
        _how_to_read(subject, ranges is not None, few),
        interval_svg(rows, axis, columns, WIDE),
        interval_svg(rows, axis, columns, NARROW),
        alt_text(subject, paths),
        f'Simulated, "{subject.title}"; {replicates(subject.n)}; most defaults are assumptions. '
        "Columns vote_winner, announced_winner, office_holder_inauguration.",
        Table(
            ("outcome", "replicates", "share", "90% Monte Carlo", "90% over assumptions"),
            table,
            f"Counts of {replicates(subject.n)}",
            (1, 2, 3, 4),
        ),
    )


def _how_to_read(subject: Subject, ranges: bool, few: bool) -> str:
    if few:
        return f"One dot is one of {replicates(subject.n)}: too few to state a share."
    sand = (
        " Pale bar: central 90% of what the assumptions leave open, which they do not shorten "
        "(none seen: sets of assumptions differ by no more than luck)."
        if ranges
        else " What the assumptions leave open is not told by this run, and is not drawn."
    )
    return (
        f"Share of {replicates(subject.n)}, as of {date(subject.as_of)}. Dot: the share. Line: "
        f"90% Monte Carlo interval, which more replicates shorten.{sand}"
    )


def _outcome_rows(
    subject: Subject, paths: Sequence[Path3], ranges: dict[str, Any] | None
) -> tuple[list[Row], list[list[str]]]:
    rows, table = [], []
    for moment, name in zip(moments(paths, subject.sets), moment_names(subject), strict=True):
        rows.append(Row(name))
        for who, said in moment.chances:
            wide = _range_of(ranges, moment.outcome, who)
            rows.append(_row(who, said, wide))
            told = "not run" if wide is None else left_open(*wide)
            exact = f"{said.share:.3f}"
            ends = f"{said.low:.3f} to {said.high:.3f}"
            table.append([f"{name}: {side(who).label}", str(said.k), exact, ends, told])
    return rows, table


def _row(who: str, said: Chance, wide: tuple[float, float] | None) -> Row:
    drawn, few = side(who), said.n < FEW
    notes = (said.value(),) if few else (said.value(), said.span())
    low, high = wide or (None, None)
    return Row(
        drawn.label,
        None if few else said.share,
        None if few else said.low,
        None if few else said.high,
        None if few else low,
        None if few else high,
        said.k if few else None,
        "hollow" if drawn.hollow else "filled",
        drawn.mark,
        drawn.text,
        (*notes, left_open(*wide)) if wide and not few else notes,
    )


def left_open(low: float, high: float) -> str:
    """Return a range over the assumptions, `NONE_SEEN` where sets differ by no more than luck."""
    return NONE_SEEN if high - low < LEAST else span(low, high)


def _range_of(ranges: dict[str, Any] | None, outcome: str, who: str) -> tuple[float, float] | None:
    for entry in ranges["ranges"] if ranges else ():
        if (entry["outcome"], entry["category"]) == (outcome, who):
            return entry["low"], entry["high"]
    return None


def _counts_axis(n: int) -> Axis:
    ticks = sorted({0, 5 * (n // 10), n})
    return Axis(0, n, tuple((x, str(x)) for x in ticks), "replicates")


def alt_text(subject: Subject, paths: Sequence[Path3]) -> str:
    """Return the finding of the chart in words, at most 300 characters."""
    said = []
    for moment, name in zip(moments(paths, subject.sets), moment_names(subject), strict=True):
        each = [f"{side(who).label.lower()} {c.k}" for who, c in moment.chances]
        said.append(f"{name}: {listed(each)}")
    return f"Of {replicates(subject.n)}. " + "; ".join(said) + "."


def flow_figure(subject: Subject, paths: Sequence[Path3]) -> Figure:
    """Return how the three outcomes part."""
    headline = flow_headline(subject, paths)
    figures = (
        f"One band is one of {replicates(subject.n)}."
        if subject.n < FEW
        else "Number of replicates, share and, in brackets, its 90% Monte Carlo interval."
    )
    return Figure(
        headline,
        f"{figures} A band keeps the colour of the side that got most votes.",
        flow_wide(paths),
        flow_narrow(paths),
        headline + ". " + alt_text(subject, paths),
        f'Simulated, "{subject.title}"; {replicates(subject.n)}; most defaults are assumptions.',
        flow_table(subject, paths),
    )


def flow_headline(subject: Subject, paths: Sequence[Path3]) -> str:
    """Return the commonest parting where it is most of all partings, else how many there are."""
    crossing, total = largest_crossing(paths), parted(paths)
    if crossing is None:
        return f"The side with most votes is announced: {replicates(subject.n)} of {subject.n:,}"
    v, a, k = crossing
    if 2 * k <= total:
        return (
            f"In {total:,} of {replicates(subject.n)} another side is announced than won the vote"
        )
    return (
        f"In {k:,} of {replicates(subject.n)} {side(v).clause} gets most votes and "
        f"{side(a).clause} is announced"
    )


def flow_table(subject: Subject, paths: Sequence[Path3]) -> Table:
    """Return how often each path of the three outcomes occurs, commonest first."""
    counts = {path: paths.count(path) for path in sorted(set(paths))}
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    rows = [[*(side(who).label for who in path), f"{k:,}"] for path, k in ordered]
    head = (*moment_names(subject), "replicates")
    return Table(head, rows, f"All paths of {replicates(subject.n)}", (3,))
