"""Batch polling: tally sheets in random order against an announced winner, where totals came
without tables.

Assorter of a sheet x = ((w - l)/u_max + 1)/2 with w, l the votes of winner and loser and u_max the
most votes of any table: its mean over all N tables exceeds 1/2 exactly when the winner got more
votes than the loser. The test is ALPHA (alpha.py) without replacement. A missing sheet that holds
at most `cap` votes, all for the loser, has x = (1 - cap/u_max)/2: "phantoms to zombies" (Banuelos
and Stark 2012) when cap = u_max.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from sim.models.audit.alpha import ShrinkTrunc, draws_needed, p_values
from sim.models.audit.null import Floats

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Polling:
    """p: p-value after all sheets in the order drawn. sheets_needed: draws to the risk limit, or
    None.
    """

    p: float
    sheets_needed: int | None


def assorter(winner_votes: Counts, loser_votes: Counts, most_votes: float) -> Floats:
    """Return (n,) values in 0..1."""
    return np.asarray(((winner_votes - loser_votes) / most_votes + 1) / 2)


def worst_mean(x: Floats, missing: int, cap_votes: float, most_votes: float) -> float:
    """Return the mean over all tables when each missing one holds `cap_votes`, all for the loser;
    above 1/2: the claim holds.
    """
    return float((x.sum() + missing * (1 - cap_votes / most_votes) / 2) / (len(x) + missing))


def poll(x: Floats, tables: int, risk_limit: float, rule: ShrinkTrunc) -> Polling:
    """Return what sheets in random order say; tables: N, sheets in hand and missing together."""
    p = p_values(x, rule, population=max(tables, len(x)))
    return Polling(float(p[-1]) if len(p) else 1.0, draws_needed(p, risk_limit))


def sheet_sizes(
    x: Floats,
    tables: int,
    risk_limits: tuple[float, ...],
    rule: ShrinkTrunc,
    draws: int,
    rng: Generator,
) -> tuple[float | None, ...]:
    """Return the median number of random sheets to each risk limit over `draws` orders; None where
    half never get there.
    """
    runs = [
        p_values(rng.permutation(x), rule, population=max(tables, len(x))) for _ in range(draws)
    ]
    found = [[draws_needed(p, limit) or np.inf for p in runs] for limit in risk_limits]
    medians = [float(np.median(np.array(row, dtype=np.float64))) for row in found]
    return tuple(m if np.isfinite(m) else None for m in medians)
