"""Finding: what an observer infers from evidence, with the assumptions on which it rests."""

from __future__ import annotations

from dataclasses import dataclass, field

CONSISTENT = "consistent"
INCONSISTENT = "inconsistent"
UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Finding:
    """One statement of one estimator.

    estimator: registered key. quantity: what is estimated, in words. estimate, low, high: in `unit`, None when there is
    nothing to state. level: coverage of the interval. verdict: of the announced result, in {consistent, inconsistent,
    undecided}. p_value: None where the method has none. statement: the plain-language reading. assumptions: what it
    needs. rests_on: "if these sheets are what the tables signed". changes_if: what would change the reading.
    details: further named numbers (by candidate, by hour), for JSON and reports.
    """

    estimator: str
    quantity: str
    unit: str
    estimate: float | None
    low: float | None
    high: float | None
    level: float | None
    verdict: str
    p_value: float | None
    statement: str
    assumptions: tuple[str, ...]
    rests_on: str
    changes_if: str
    details: dict[str, object] = field(default_factory=dict)
