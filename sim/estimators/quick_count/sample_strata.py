"""What a quick count's finding says of its strata: too few returns, none, none drawn, and no list
of all tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.collapse import Design, in_use
from sim.models.quick_count.sample_design import missing_share
from sim.records.seen.evidence import QuickCount

Floats = NDArray[np.float64]

NAMED = 5
"""More strata than these are counted in the sentence and named in the details."""


@dataclass(frozen=True, slots=True)
class StrataReading:
    """Names of strata by what became of them.

    strata: all of the list. thin: with returns, but too few for a spread of their own; stand_ins:
    (without a return, those that stand in for it); outside: no table was drawn; outside_share:
    their part of the weight. missing_share: the part of the others' weight drawn but not in hand;
    stand_in_share: the part of it in strata without a return.
    by: what likeness goes by.
    """

    strata: int
    thin: tuple[str, ...]
    stand_ins: tuple[tuple[str, tuple[str, ...]], ...]
    outside: tuple[str, ...]
    outside_share: float
    missing_share: float
    stand_in_share: float
    tables_known: bool
    by: str

    def details(self) -> dict[str, object]:
        """Return the names for JSON."""
        return {
            "strata": self.strata,
            "sharing_a_spread": list(self.thin),
            "without_return": {name: list(by) for name, by in self.stand_ins},
            "stand_in_share": self.stand_in_share,
            "outside_the_design": list(self.outside),
            "outside_share": self.outside_share,
            "finite_population_correction": self.tables_known,
        }

    def words(self) -> str:
        """Return the sentences that belong in the statement, each with a space before it.

        "" where every stratum has its returns and the number of tables is known.
        """
        said = (self._thin(), self._without_return(), self._outside(), self._no_list())
        return "".join(f" {words}" for words in said if words)

    def _thin(self) -> str:
        if not self.thin:
            return ""
        one, many = ("has", "its", "it", "shares"), ("have", "their", "them", "share")
        have, their, them, share = one if len(self.thin) == 1 else many
        return (
            f"{len(self.thin):,} of {self.strata:,} strata ({listed(self.thin)}) {have} too few "
            f"returns for a spread of {their} own and {share} that of the strata most like {them} "
            f"in {self.by}."
        )

    def _without_return(self) -> str:
        if not self.stand_ins:
            return ""
        pairs = tuple(f"{name} by {' and '.join(by)}" for name, by in self.stand_ins)
        return (
            f"No return came from {len(pairs):,} of {self.strata:,} strata: those most like them "
            f"in {self.by} stand in ({listed(pairs)}), and the margin rests on that."
        )

    def _outside(self) -> str:
        if not self.outside:
            return ""
        return (
            f"No table was drawn in {len(self.outside):,} of {self.strata:,} strata "
            f"({listed(self.outside)}), {100 * self.outside_share:.1f} % of the weight: the "
            "estimate is of the others, and the interval allows for any result there."
        )

    def _no_list(self) -> str:
        if self.tables_known:
            return ""
        weights = "" if self.strata == 1 else ", and strata count by the tables of the file"
        return (
            "How many tables there are in all was not given, so the margin has no "
            f"finite-population correction{weights}."
        )


def listed(names: tuple[str, ...]) -> str:
    """Return the first names, and how many more there are."""
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def read_strata(sample: QuickCount, n: Floats, design: Design, minimum: int) -> StrataReading:
    """Return what became of each stratum, given its returns n (H,)."""
    thin = (n > 0) & (n < minimum) & (n < design.tables)
    empty = (design.weight == 0) & (sample.stratum_tables > 0) if design.outside else thin[:0]
    pairs = in_use(n, design, minimum).stand_ins
    by_share = bool(np.isfinite(design.likeness[:1]).any())

    def named(rows: NDArray[np.int64]) -> tuple[str, ...]:
        return tuple(stratum_name(sample, h) for h in rows.tolist())

    return StrataReading(
        strata=len(n),
        thin=named(np.flatnonzero(thin)),
        stand_ins=tuple((stratum_name(sample, h), named(near)) for h, near in pairs),
        outside=named(np.flatnonzero(empty)),
        outside_share=design.outside,
        missing_share=missing_share(sample, n, design),
        stand_in_share=float(
            sum(design.weight[h] for h, _ in pairs) / max(float(design.weight.sum()), 1e-300)
        ),
        tables_known=sample.tables_known,
        by="earlier share" if by_share else "size",
    )


def stratum_name(sample: QuickCount, h: int) -> str:
    """Return the stratum's name in the user's file, else its number from 1."""
    return f"stratum {h + 1}" if sample.stratum_names is None else sample.stratum_names[h]
