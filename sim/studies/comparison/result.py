"""What a comparison of runs tells: outcome by outcome, of one alternative or of several."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass

from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures
from sim.records.results.shown import Record, cells
from sim.studies.equivalence import ALIKE, DIFFERENT, SAME, UNDECIDED, Difference

EXISTS = "(exists)"
"""The category under which it is compared whether an outcome exists at all."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome (or one category of it) in both runs.

    margin_given: the margin was named by the caller. distance: Wasserstein, or total variation for
    a category outcome. kind, definition: of the outcome.
    """

    outcome: str
    category: str
    unit: str
    result: Difference
    margin_given: bool
    distance: float
    missing_a: int
    missing_b: int
    kind: str = "number"
    definition: str = ""


@dataclass(frozen=True, repr=False)
class Comparison(Drawn):
    """All outcomes compared.

    alpha: the error rate over all of them together; comparisons: over how many it is shared.
    family: what was compared, in words. failed: replicates of each side that failed and say nothing
    here. sets: of assumptions, from whose means the intervals come; 0 where they are fixed.
    """

    paired: bool
    alpha: float
    n: int
    comparisons: int
    family: str
    rows: list[Compared]
    failed: tuple[Failures, ...] = ()
    sets: int = 0

    def in_short(self) -> str:
        """Return the verdict and what it rests on."""
        how = "pairs of" if self.paired else "unpaired"
        return f"{self.verdict}: {len(self.rows)} rows compared over {self.n:,} {how} replicates"

    @property
    def verdict(self) -> str:
        """Return "different" if any outcome differs, else "undecided", "alike" or "same within
        margin", the weakest found.
        """
        if any(row.result.differs for row in self.rows):
            return DIFFERENT
        found = {row.result.verdict for row in self.rows}
        return UNDECIDED if UNDECIDED in found else ALIKE if ALIKE in found else SAME

    @property
    def counts(self) -> dict[str, int]:
        """Return how many comparisons have each verdict."""
        return dict(Counter(row.result.verdict for row in self.rows))

    def as_json(self) -> dict[str, object]:
        """Return the comparison as plain data."""
        return {
            "verdict": self.verdict,
            "paired": self.paired,
            "alpha": self.alpha,
            "replicates": self.n,
            "failures": sum(failed.failed for failed in self.failed),
            "family": self.family,
            "comparisons": self.comparisons,
            "sets": self.sets,
            "rows": [asdict(row) for row in self.rows],
        }


@dataclass(frozen=True, repr=False)
class Comparisons(Drawn):
    """One base against several alternatives, by their names; each comparison at an equal share of
    one error rate.

    seconds: what a replicate of each alternative took, None where that is unknown.
    """

    base: str
    names: tuple[str, ...]
    each: tuple[Comparison, ...]
    alpha: float
    seconds: tuple[float | None, ...] = ()

    @property
    def verdict(self) -> str:
        """Return "different" if any outcome of any alternative differs, else the weakest found."""
        found = {one.verdict for one in self.each}
        return next(verdict for verdict in (DIFFERENT, UNDECIDED, ALIKE, SAME) if verdict in found)

    @property
    def failed(self) -> tuple[Failures, ...]:
        """Return what failed in any run, once."""
        return tuple(dict.fromkeys(failed for one in self.each for failed in one.failed))

    def in_short(self) -> str:
        """Return the verdict and who is compared."""
        return f"{self.verdict}: {', '.join(self.names)} against {self.base}"

    def records(self) -> list[Record]:
        """Return one record an alternative and outcome."""
        return [
            {"alternative": name, **cells(row)}
            for name, one in zip(self.names, self.each, strict=True)
            for row in one.rows
        ]

    def as_json(self) -> dict[str, object]:
        """Return the comparisons as plain data."""
        pairs = zip(self.names, self.each, strict=True)
        return {
            "base": self.base,
            "alpha": self.alpha,
            "verdict": self.verdict,
            "alternatives": [{"name": name, **one.as_json()} for name, one in pairs],
        }
