"""The difference chart: each chance of the base, and how far every alternative moves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sim.output.report.comparison.differences import (
    Differences,
    mean_words,
    outcome_words,
    shift_words,
)
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import MINUS, listed, signed
from sim.output.tables.differences import told_rows
from sim.studies.comparison.result import Compared, Comparison, Comparisons

SPANS = (10, 30, 100)
OUTCOMES = 8


class Against(Protocol):
    """An alternative and its comparison with the base."""

    @property
    def name(self) -> str:
        """Return how it is called here."""
        ...

    @property
    def found(self) -> Comparison:
        """Return its comparison with the base."""
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """What the figure shows: the base by name, and its alternatives."""

    base: str
    alternatives: Sequence[Against]


@dataclass(frozen=True, slots=True)
class _Alone:
    name: str
    found: Comparison


def comparison_figure(found: Comparison) -> Figure:
    """Return the figure of one comparison alone, whose runs have no names."""
    return shown_figure(Shown("A", [_Alone("B", found)]))


def comparisons_figure(found: Comparisons) -> Figure:
    """Return the figure of a base and its alternatives, by the names of the result."""
    pairs = zip(found.names, found.each, strict=True)
    return shown_figure(Shown(found.base, [_Alone(name, one) for name, one in pairs]))


def difference_figure(found: Differences) -> Figure:
    """Return the figure of a base and its alternatives."""
    return shown_figure(Shown(found.base.title, found.alternatives))


def shown_figure(found: Shown) -> Figure:
    """Return the figure of the outcomes that are shares; the table holds all."""
    names = _outcomes(found)
    rows = _rows(found, names)
    axis = _axis([row for row in rows if row.estimate is not None], _margin(found, names))
    columns = ("points", "verdict")
    said, n = _said(found, names), min(one.found.n for one in found.alternatives)
    return Figure(
        _headline(found, names),
        f"Difference from the base, percentage points; line: interval of the paired difference at "
        f"a shared error rate of {found.alternatives[0].found.alpha:.0%}; n = {n:,} pairs. Filled: "
        "different. Hollow: undecided. Bar: same within the margin (dotted). Triangle: beyond the "
        "axis.",
        interval_svg(rows, axis, columns, WIDE),
        interval_svg(rows, axis, columns, NARROW),
        said,
        f'Simulated; base "{found.base}". Outcomes that are no shares are in the table.',
        all_table(found),
    )


def _outcomes(found: Shown) -> list[str]:
    """Return the outcomes to draw: shares, in the order of the comparison."""
    names = [
        row.outcome
        for one in found.alternatives
        for row in told_rows(one.found)
        if row.unit == "share"
    ]
    return list(dict.fromkeys(names))[:OUTCOMES]


def _row_of(one: Against, outcome: str) -> Compared | None:
    return next((row for row in told_rows(one.found) if row.outcome == outcome), None)


def _rows(found: Shown, names: Sequence[str]) -> list[Row]:
    rows = []
    for name in names:
        cells = [(one, _row_of(one, name)) for one in found.alternatives]
        first = next(row for _, row in cells if row is not None)
        base = mean_words(first)[0]
        rows.append(Row(outcome_words(first), aside=f"(base {base})"))
        rows += [_row(one.name, row) for one, row in cells if row is not None]
    return rows


def _row(name: str, row: Compared) -> Row:
    r = row.result
    mark = "filled" if r.differs else "bar" if r.within else "hollow"
    verdict = "same" if r.within else "differs" if r.differs else r.verdict
    low, high = (100 * max(min(x, 1.0), -1.0) for x in (r.low, r.high))
    notes = (signed(100 * r.difference), verdict)
    return Row(name, 100 * r.difference, low, high, mark=mark, notes=notes)


def _margin(found: Shown, names: Sequence[str]) -> float | None:
    """Return the margin in points where one holds for all rows, else None."""
    rows = (_row_of(one, name) for one in found.alternatives for name in names)
    margins = {round(100 * row.result.margin, 9) for row in rows if row is not None}
    return margins.pop() if len(margins) == 1 else None


def _axis(rows: Sequence[Row], margin: float | None) -> Axis:
    """Return the smallest axis (10, 30, 100 points) that holds every interval whole."""
    ends = [abs(x) for row in rows for x in (row.estimate, row.low, row.high) if x is not None]
    needed = min(max(ends, default=0.0), SPANS[-1])
    end = next(span for span in SPANS if needed <= span)
    ticks = tuple((x, signed(x)) for x in (-end, -end / 2, 0, end / 2, end))
    margins = () if margin is None else (-margin, margin)
    return Axis(-end, end, ticks, "percentage points", zero=True, margins=margins)


def _headline(found: Shown, names: Sequence[str]) -> str:
    """Return the largest difference that is found; none is claimed where none is."""
    rows = [(one, _row_of(one, name)) for one in found.alternatives for name in names]
    differing = [(one, row) for one, row in rows if row is not None and row.result.differs]
    if not differing:
        return f"Differences from {found.base}"
    one, row = max(differing, key=lambda pair: abs(pair[1].result.difference))
    return (
        f"{one.name}: {signed(100 * row.result.difference)} points on "
        f'"{outcome_words(row)[:1].lower()}{outcome_words(row)[1:]}", the largest difference'
    )


def _said(found: Shown, names: Sequence[str]) -> str:
    """Return the chart in words, at most about 300 characters."""
    each = []
    for one in found.alternatives:
        rows = [row for name in names if (row := _row_of(one, name)) is not None]
        verdicts = [(k, sum(check(r) for r in rows)) for k, check in _KINDS]
        each.append(f"{one.name}: {listed([f'{n} {word}' for word, n in verdicts])}")
    return f"Of {len(names)} chances against {found.base}. " + "; ".join(each) + "."


_KINDS = (
    ("differ", lambda row: row.result.differs),
    ("same within the margin", lambda row: row.result.within),
    ("undecided", lambda row: not row.result.differs and not row.result.within),
)


def all_table(found: Shown | Differences) -> Table:
    """Return every comparison of every alternative."""
    rows = []
    for one in found.alternatives:
        for row in one.found.rows:
            what = f"{row.outcome}: {row.category}" if row.category else row.outcome
            a, b = mean_words(row)
            rows.append([one.name, what, a, b, shift_words(row), row.result.verdict])
    head = ("alternative", "outcome", "base", "alternative's", "difference", "verdict")
    return Table(head, rows, f"{len(rows)} comparisons; {MINUS} is less than the base", (2, 3))
