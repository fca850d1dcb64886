"""How far the stated ranges of the assumptions let an outcome move, as `sim sensitivity
--assumptions` stores it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from sim.records.outcome import Failures

FORMAT = 2
FOLDER = "runs"


@dataclass(frozen=True, slots=True)
class Mover:
    """An assumption that moves an outcome: its rank correlation over the design."""

    path: str
    correlation: float


@dataclass(frozen=True, slots=True)
class AssumedRange:
    """One outcome, or one category of it.

    low, high: central 90 % of the points' means, with the Monte Carlo spread of a point taken out;
    error: standard error of one point's mean. movers: those of the three largest correlations that
    are above `threshold`, which the largest of all correlations passes by chance in 5 of 100
    designs.
    """

    outcome: str
    category: str
    unit: str
    low: float
    high: float
    error: float
    threshold: float
    movers: tuple[Mover, ...]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All ranges of one scenario.

    digest: of the scenario then; drawn_in_points: those that a table refused at first; failed:
    replicates that failed at any point.
    """

    scenario: str
    digest: str
    model_digest: str
    points: int
    replicates: int
    parameters: int
    drawn_in_points: int
    ranges: tuple[AssumedRange, ...]
    failed: Failures | None = None


def assumptions_name(scenario: str) -> str:
    """Return the path of the file, below the working folder, for a scenario given by name or
    file.
    """
    return f"{FOLDER}/assumptions-{PurePath(scenario).stem}.json"
