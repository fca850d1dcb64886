"""Tables that came in late, beside the earlier ones of their regions: what honest order of arrival
allows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.vote.tally import Tally

Z95 = 1.96


@dataclass(frozen=True, slots=True)
class Drift:
    """The leader's share at late tables minus what the earlier tables of the same regions lead one
    to expect: points, and the half-width of its 95 % interval. tables: late ones that are compared.
    """

    candidate: str
    points: float
    margin: float
    tables: int

    def words(self, where: str) -> str:
        """Return the drift as a sentence."""
        said = "within" if abs(self.points) <= self.margin else "outside"
        return (
            f"{where} {self.candidate} has {self.points:+.1f} points against the earlier tables of "
            f"the same regions (95 %: within {self.margin:.1f} points if tables come in by chance "
            f"inside a region): {said} that range"
        )


def drift_of(tally: Tally, early: NDArray[np.bool_], late: NDArray[np.bool_]) -> Drift | None:
    """Return the drift at late tables, None where nothing can be compared.

    early, late: (n,) of the tally's tables. Expected: in each region the share at its early tables;
    the interval is that of a cluster ratio, as tables differ inside a region (Cochran 1977, eq.
    6.13). Regions with fewer than two early tables say nothing.
    """
    if tally.region is None or not late.any():
        return None
    lead = int(np.argmax(tally.votes.sum(axis=1)))
    votes, valid, region = tally.votes[lead], tally.votes.sum(axis=0), np.array(tally.region)
    gap, variance, total, tables = 0.0, 0.0, 0, 0
    for one in np.unique(region[late]):
        a, b = early & (region == one), late & (region == one)
        if a.sum() < 2 or not valid[a].sum():
            continue
        share = votes[a].sum() / valid[a].sum()
        gap += float((votes[b] - share * valid[b]).sum())
        spread = float(((votes[a] - share * valid[a]) ** 2).sum()) / (int(a.sum()) - 1)
        variance += spread * (int(b.sum()) + int(b.sum()) ** 2 / int(a.sum()))
        total += int(valid[b].sum())
        tables += int(b.sum())
    if not total or variance <= 0:
        return None
    name = tally.columns.candidates[lead][0]
    return Drift(name, 100 * gap / total, 100 * Z95 * variance**0.5 / total, tables)
