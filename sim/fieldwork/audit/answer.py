"""What an audit command answers: sizes (plan) or the attained risk of one deciding method
(measure).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.records.results.shown import Shown


@dataclass(frozen=True, slots=True)
class Size:
    """How much a method draws. full: only all `size` of them settle the question."""

    method: str
    size: int
    unit: str
    note: str
    full: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """The attained risk of a method that does not decide: for comparison, without a verdict."""

    method: str
    attained_risk: float


@dataclass(frozen=True, slots=True)
class NextRound:
    """further: draws to add so that the audit then ends with chance `chance`, if the reported
    result is right. full: those are all that are left. note: what the number rests on.
    """

    further: int
    chance: float | None
    full: bool
    note: str


@dataclass(frozen=True, slots=True, repr=False)
class Measured(Shown):
    """attained_risk: of `method`, which was chosen before the data were read. drawn: `unit` drawn.
    split: overstatement of each stratum at which the risk is reached.
    """

    method: str
    winner: str
    risk_limit: float
    attained_risk: float
    drawn: int
    unit: str
    notes: tuple[str, ...]
    compared: tuple[Compared, ...] = ()
    next_round: NextRound | None = None
    split: dict[str, int] = field(default_factory=dict)

    @property
    def confirmed(self) -> bool:
        """Return whether the risk limit is met."""
        return self.attained_risk <= self.risk_limit
