"""The fingerprint model of Klimek, Yegorov, Hanel and Thurner (2012), fitted by maximum
likelihood.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import percent
from sim.estimators.forensic.base import Reading, RowTest
from sim.estimators.forensic.levels import why_no_verdict
from sim.models.forensics.calibration import upper_p
from sim.models.forensics.klimek_fit import Fingerprint, fit_fingerprint
from sim.models.forensics.rows import Rows

STUFFED = ("incremental_share", "extreme_share")


def fitted(rows: Rows, level: float | None) -> Fingerprint:
    """Return the fit to the rows; without a level, no intervals are worked out."""
    votes, ballots = rows.target.astype(np.float64), rows.ballots.astype(np.float64)
    return fit_fingerprint(votes, ballots - votes, rows.registered.astype(np.float64), level)


@dataclass(frozen=True, slots=True)
class FingerprintFit(RowTest):
    """Gives no verdict and states no share: honest places that differ fit as stuffed tables.

    The model is the paper's; the fit is not, hence the name: maximum likelihood, where the paper
    compares simulated histograms of the share. The model's honest law is one turnout and one share
    for the whole country, so regions, sizes and parties' strongholds fit as "stuffed" too (.63 of
    Venezuela's tables of 2024, .86 of Guanajuato's of 2012). Therefore the gain in likelihood of
    stuffing is compared with its gain on honest elections redrawn with the country's own regions,
    sizes and history. Even so Venezuela's sheets alarm (p 4e-5). Blind to even switching and to
    totals.
    """

    key: ClassVar[str] = "fingerprint_fit"
    quantity: ClassVar[str] = "share of tables that the fingerprint model fits as stuffed"
    unit: ClassVar[str] = "share"
    needs: ClassVar[str] = "more tables' results and registers are given"
    assumptions: ClassVar[tuple[str, ...]] = (
        "honest turnout and share scatter normally around one value each, or as region, size and "
        "history say",
        "votes are added for the candidate, and taken from the others in a fixed power of the "
        "same intensity",
    )

    def usable(self, rows: Rows) -> Rows | str:
        """Return the tables with a register."""
        return self.enough(rows.taken(rows.turnout_known), "rows of results with a known register")

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return f_i + f_e with its interval where the fit gains more than on honest elections,
        else no share.
        """
        gains, null = self.against_redraws(
            rows, lambda found: [fitted(found, None).gain], self.settings.klimek_redraws, rng
        )
        p = upper_p(float(np.sqrt(gains[0])), np.sqrt(null[:, 0]))
        gain = (
            f"gain in log likelihood {gains[0]:,.0f}; honest elections of these table sizes "
            f"{null.mean():,.0f} on average"
        )
        details: dict[str, object] = {"gain": float(gains[0]), "null_gain": float(null.mean())}
        if p > self.monitoring.alpha or why_no_verdict(self.key):
            return self._no_share(name, gain, p, details)
        found, level = fitted(rows, self.monitoring.level), self.monitoring.level
        e = found.estimate
        low, high = (sum(end[k] for k in STUFFED) for end in (found.low, found.high))
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=found.stuffed_share,
            p=p,
            statement=f"Turnout and share of {name} differ from honest elections in the way of "
            f"stuffing ({gain}). Under the model "
            f"{percent(e['incremental_share'], 1)} of tables have some votes added and "
            f"{percent(e['extreme_share'], 1)} nearly all; "
            "places that differ honestly are counted among them.",
            settled_by="Voters counted against ballots at such tables would settle it.",
            interval=(low, min(high, 1.0), level),
            details=details | {"estimate": e, "low": found.low, "high": found.high},
        )

    def _no_share(self, name: str, gain: str, p: float, details: dict[str, object]) -> Reading:
        more = "no more than it gains on" if p > self.monitoring.alpha else "more than it gains on"
        return Reading(
            quantity=self.quantity,
            unit=self.unit,
            estimate=None,
            p=p,
            statement=f"Letting the model stuff tables for {name} gains {more} honest elections "
            f"({gain}). A share of stuffed tables "
            "cannot be told from honest differences between places, so none is stated.",
            settled_by="Voters counted against ballots at some tables would settle it.",
            details=details,
        )
