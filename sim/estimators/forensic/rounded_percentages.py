"""Announced totals computed back from rounded shares: any number of candidates, any grid.

With T votes and grid g, one total in g T is the whole number nearest to a share on the grid. K
totals have K - 1 free ones, so away from shares of zero the chance that a given K - 1 are is (g
T)^-(K-1): T = 10,058,774, g = .001, K = 3 gives 1 in 101,178,934. Where each total was rounded
apart, their sum may miss the T from which they came by up to K / 2 votes, or one candidate took the
rest: those ways are tried too, and the p-value is multiplied by their number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.estimators.base import IF_QUOTED, Floats, nothing_to_say
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding


def grid_gaps(totals: NDArray[np.int64], whole: int, grid: float) -> Floats:
    """Return (K,) each total minus the nearest share on the grid times `whole`, in votes."""
    step = grid * whole
    return np.asarray(totals - np.round(totals / step) * step)


def lattice_probability(whole: int, grid: float, free: int) -> float:
    """Return (grid * whole)^-free, at most 1: the chance that `free` totals are all nearest to a
    share on the grid.
    """
    return float(min(1.0, 1.0 / (grid * whole))) ** free


def best_fit(totals: NDArray[np.int64], grid: float) -> tuple[int, bool]:
    """Return (T of origin, whether the totals fit it): at least K - 1 are nearest to shares of T on
    the grid.

    The T tried are the sum of the totals and those within K / 2 votes of it; the sum itself comes
    first. One candidate may have taken what rounding left over.
    """
    spare = len(totals) // 2
    offsets = sorted(range(-spare, spare + 1), key=abs)
    for offset in offsets:
        whole = int(totals.sum()) + offset
        if whole > 0 and (np.abs(grid_gaps(totals, whole, grid)) <= 0.5).sum() >= len(totals) - 1:
            return whole, True
    return int(totals.sum()), False


@dataclass(frozen=True, slots=True)
class RoundedPercentages:
    """Do the announced totals look computed from rounded percentages?"""

    monitoring: Monitoring
    key: ClassVar[str] = "rounded_percentages"
    reads: ClassVar[frozenset[str]] = frozenset({"announced"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = (
        "sums of counted votes fall anywhere between two shares on the grid with the same chance",
        "candidates whose share rounds to zero say nothing and are not counted as free",
    )

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the chance of totals this near to a grid of shares; inconsistent means: not like
        sums of counted votes.
        """
        quantity, announced = (
            "chance of announced totals this near to rounded shares",
            evidence.announced,
        )
        if announced is None or announced.totals is None or announced.totals.sum() <= 0:
            return nothing_to_say(
                self, quantity, "probability", "No totals were announced.", "totals are announced"
            )
        fits = [(grid, *best_fit(announced.totals, grid)) for grid in self.monitoring.share_grids]
        grid, whole, found = max(fits, key=lambda fit: (fit[2], fit[0]))
        k = len(announced.totals)
        family = len(fits) * (2 * (k // 2) + 1) * k
        return self._finding(evidence, announced.totals, grid, whole, found, family)

    def _finding(
        self,
        evidence: Evidence,
        totals: NDArray[np.int64],
        grid: float,
        whole: int,
        found: bool,
        family: int,
    ) -> Finding:
        free = max(int((np.round(totals / (grid * whole)) > 0).sum()) - 1, 0)
        single = lattice_probability(whole, grid, free)
        corrected = min(1.0, single * family)
        able = corrected <= self.monitoring.alpha
        gaps = grid_gaps(totals, whole, grid)
        names = evidence.candidates
        if found and able:
            verdict = INCONSISTENT
            words = (
                "The announced totals are the whole numbers nearest to shares rounded to "
                f"{100 * grid:g} %. "
                f"Sums of counted votes do so by chance about once in {1 / single:,.0f} "
                f"(once in {1 / corrected:,.0f} after allowing for the {family} ways tried). "
                "The totals are consistent with totals computed from percentages. Someone may "
                "have computed them back from "
                "rounded shares for the announcement, and that would not by itself say that the "
                "shares are wrong."
            )
        elif able:
            verdict = CONSISTENT
            words = (
                "The announced totals show no trace of having been computed from shares rounded "
                f"to {100 * grid:g} %. "
                "That they are right does not follow."
            )
        else:
            verdict, words = (
                UNDECIDED,
                "There are too few votes or candidates for rounded shares to leave a trace.",
            )
        return Finding(
            estimator=self.key,
            quantity="chance of announced totals this near to rounded shares",
            unit="probability",
            estimate=single if found else None,
            low=None,
            high=None,
            level=None,
            verdict=verdict,
            p_value=corrected if found else None,
            statement=words,
            assumptions=self.assumptions,
            rests_on=IF_QUOTED,
            changes_if="Totals with the tables that they add up would change it: then the sums "
            "can be checked instead.",
            details={
                "grid": grid,
                "gaps_votes": {name: float(g) for name, g in zip(names, gaps, strict=True)},
                "one_in": 1 / single,
                "ways_tried": family,
            },
        )
