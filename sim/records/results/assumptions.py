"""How far the drawn assumptions let an outcome move, and which of them move it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures


@dataclass(frozen=True, slots=True)
class Mover:
    """An assumption that moves an outcome: its rank correlation over the sets."""

    path: str
    correlation: float


@dataclass(frozen=True, slots=True)
class AssumedRange:
    """One outcome, or one category of it.

    low, high: what the assumptions leave open of `estimate` (see `SummaryLine`). movers: those of
    the largest correlations that are above `threshold`, which the largest of all correlations
    passes by chance in 5 of 100 runs.
    """

    outcome: str
    category: str
    unit: str
    estimate: float
    low: float
    high: float
    decides: bool
    threshold: float
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Assumptions(Drawn):
    """All ranges of one run. parameters: how many assumptions are drawn; sets: how many draws of
    them; failed: replicates that failed.
    """

    scenario: str
    replicates: int
    sets: int
    parameters: int
    ranges: tuple[AssumedRange, ...]
    failed: Failures | None = None
