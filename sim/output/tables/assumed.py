"""What the drawn assumptions leave open, in words and as a table, and what is not drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.output.tables.grid import Column, Grid
from sim.output.tables.outcomes import NONE_SEEN, assumed, number
from sim.scenario.drawn.assumptions import NOT_DRAWN

if TYPE_CHECKING:
    from sim.records.results.assumptions import AssumedRange, Assumptions, Mover
    from sim.records.results.summary import SummaryLine
    from sim.scenario.load import Resolved

MOST_NAMES = 6
NONE_SEEN_WORDS = (
    '"none seen": the sets differ by no more than luck at this number of replicates. That is not '
    "zero; more replicates may show a range."
)
COLUMNS = (
    Column("outcome"),
    Column("value", right=True),
    Column("assumptions", right=True),
    Column("moves most by", 1, prose=True),
)


def assumption_words(resolved: Resolved, lines: Sequence[SummaryLine]) -> list[str]:
    """Return the paragraphs on assumptions below a table of outcomes."""
    if resolved.scenario.run.assumptions == "fixed":
        return ['Assumptions are fixed at their medians ([run] assumptions = "fixed").']
    if not resolved.assumptions:
        return ["No assumption of this scenario declares a distribution: all are fixed."]
    head = (
        f"assumptions: central 90 % of what {len(resolved.assumptions)} assumptions, drawn anew in "
        "each set of 4 replicates, leave open; more replicates do not shorten it. "
        f"`sim sensitivity {resolved.name}` names those that matter."
    )
    none = [NONE_SEEN_WORDS] if NONE_SEEN in map(assumed, lines) else []
    return [head, *none, *decide_words(lines), not_drawn_words(resolved)]


def decide_words(lines: Sequence[SummaryLine]) -> list[str]:
    """Return the sentence on outcomes of which the assumptions decide; [] without any."""
    names = [f"{x.outcome} {x.category}".rstrip() for x in lines if x.assumptions_decide]
    if not names:
        return []
    said = (
        "The assumptions decide (from set to set the chance lies near 0 or near 1; "
        "the mean says little): "
    )
    return [f"{said}{_some(names)}."]


def not_drawn_words(resolved: Resolved) -> str:
    """Return what is held fixed, and so is not part of any range."""
    given = resolved.held
    held = f"; values that a file gives ({len(given)}: {_some(given)})" if given else ""
    reasons = "; ".join(dict.fromkeys(NOT_DRAWN.values()))
    return f"Not drawn, so in no range: {reasons}{held}."


def _some(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return ", ".join(names[:MOST_NAMES]) + more


def assumption_table(found: Assumptions) -> Grid:
    """Return what the assumptions leave open of each outcome, and which of them move it."""
    title = (
        f"{found.scenario}: {found.replicates} replicates, {found.sets} sets of "
        f"{found.parameters} drawn assumptions"
    )
    return Grid(COLUMNS, [_cells(one) for one in found.ranges], title)


def _cells(one: AssumedRange) -> list[str]:
    value, low, high = (number(x, one.unit) for x in (one.estimate, one.low, one.high))
    said = movers_words(one.movers, one.threshold)
    name = f"{one.outcome} {one.category}".rstrip()
    said = f"the assumptions decide; {said}" if one.decides else said
    return [name, value, NONE_SEEN if low == high else f"{low} to {high}", said]


def movers_words(movers: Sequence[Mover], threshold: float) -> str:
    """Return the assumptions that move an outcome, with their rank correlations."""
    if not movers:
        return f"none told apart from chance (rank correlations below {threshold:.2f})"
    return ", ".join(f"{mover.path} ({mover.correlation:+.2f})" for mover in movers)
