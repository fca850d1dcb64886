"""What a quick count's finding says of its strata: too few returns, none, none drawn, and no list of all tables."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.collapse import in_use
from sim.models.sample_design import design_of, likeness_of, outside, outside_share, returns_by_stratum
from sim.records.evidence import Frame, QuickCount

NAMED = 5
"""More strata than these are counted in the sentence and named in the details."""


@dataclass(frozen=True, slots=True)
class StrataReading:
    """Names of strata by what became of them.

    strata: all of the list. thin: with returns, but too few for a spread of their own; stand_ins: (without a return, those
    that stand in for it); outside: no table was drawn; outside_share: their part of the weight. by: what likeness goes by.
    """

    strata: int
    thin: tuple[str, ...]
    stand_ins: tuple[tuple[str, tuple[str, ...]], ...]
    outside: tuple[str, ...]
    outside_share: float
    tables_known: bool
    by: str

    def details(self) -> dict[str, object]:
        """Return the names for JSON."""
        return {
            "strata": self.strata,
            "sharing_a_spread": list(self.thin),
            "without_return": {name: list(by) for name, by in self.stand_ins},
            "outside_the_design": list(self.outside),
            "outside_share": self.outside_share,
            "finite_population_correction": self.tables_known,
        }

    def words(self) -> str:
        """Return the sentences that belong in the statement, each with a space before it; "" where all is as it should be."""
        said = ""
        if self.thin:
            said += (
                f" Of {self.strata:,} strata, {len(self.thin):,} {_have(self.thin)} too few returns to show how far "
                f"tables differ ({listed(self.thin)}): each keeps its weight and shares the spread of the strata most like it "
                f"in {self.by}."
            )
        if self.stand_ins:
            pairs = tuple(f"{name} by {' and '.join(by)}" for name, by in self.stand_ins)
            said += (
                f" No return came from {len(pairs):,} of {self.strata:,} strata: the stratum most like each in {self.by} stands "
                f"in ({listed(pairs)}), and the margin rests on that."
            )
        if self.outside:
            said += (
                f" No table was drawn in {len(self.outside):,} of {self.strata:,} strata ({listed(self.outside)}), "
                f"{100 * self.outside_share:.1f} % of the weight: the estimate is of the others, and the interval allows for any "
                "result there."
            )
        if not self.tables_known:
            said += " How many tables there are in all is not known here, so the margin has no finite-population correction"
            said += "." if self.strata == 1 else ", and strata count by the tables of the file."
        return said


def _have(names: tuple[str, ...]) -> str:
    return "has" if len(names) == 1 else "have"


def listed(names: tuple[str, ...]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def read_strata(sample: QuickCount, kept: NDArray[np.bool_], frame: Frame | None, minimum: int) -> StrataReading:
    """Return what became of each stratum, given which sampled tables (n,) have reported."""
    n = returns_by_stratum(sample, kept)
    use = in_use(n, design_of(sample, frame, n, minimum), minimum)
    known = sample.stratum_tables.astype(np.float64) if sample.tables_known else np.full(len(n), np.inf)
    thin = (n > 0) & (n < minimum) & (n < known)
    by = "size"
    if thin.any() or use.stand_ins:
        by = "earlier share" if np.isfinite(likeness_of(sample, frame)[0]).any() else "size"

    def named(rows: NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(stratum_name(sample, h) for h in rows.tolist())

    return StrataReading(
        strata=len(n),
        thin=named(np.flatnonzero(thin)),
        stand_ins=tuple((stratum_name(sample, h), named(by_)) for h, by_ in use.stand_ins),
        outside=named(np.flatnonzero(outside(sample))),
        outside_share=outside_share(sample),
        tables_known=sample.tables_known,
        by=by,
    )


def stratum_name(sample: QuickCount, h: int) -> str:
    """Return the stratum's name in the user's file, else its number from 1."""
    return f"stratum {h + 1}" if sample.stratum_names is None else sample.stratum_names[h]
