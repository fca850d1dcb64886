"""Honest elections with the country's own table sizes: what the nulls of the forensic tests are
drawn from.

Three margins: turnout (ballots of registered), the leader's share of valid votes, the second's
share of the rest. On the logit scale each is region + slope x the same margin's earlier value
(where known) + centre effect + table effect, the effects normal, their sizes from the rows by the
analysis of variance less binomial noise; turnout's and the leader's effects may be correlated. A
redraw draws all effects afresh, so no table knows its own share. What honest geography does beyond
region, history and normal effects is not in it: there the tests that use it can raise false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.random import Generator

from sim.models.forensics.rows import Counts, Floats, Groups, Rows, group_means
from sim.models.numbers.quantile import binomial_quantile

PAST_EDGE = 0.005


def logit(part: Counts, whole: Counts) -> Floats:
    """Return the logit of a share with half a vote added to either side."""
    return np.asarray(np.log((part + 0.5) / (whole - part + 0.5)))


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """centre_sd, table_sd: of the effects on the logit scale. fitted: (n,) logit without effects.
    residual: (n,).
    """

    fitted: Floats
    residual: Floats
    centre_sd: float
    table_sd: float


def past_columns(past: Floats, region: Groups) -> Floats:
    """Return (2, n) logit of the earlier share (0 where unknown) and whether it is unknown, less
    their region's means.
    """
    known = np.isfinite(past)
    clipped = np.clip(np.where(known, past, 0.5), PAST_EDGE, 1 - PAST_EDGE)
    score = np.where(known, np.log(clipped / (1 - clipped)), 0.0)
    return np.stack(
        [column - group_means(column, region) for column in (score, (~known).astype(np.float64))]
    )


def residuals(y: Floats, past: Floats, region: Groups) -> Floats:
    """Return (n,) y less its regression on region and on the earlier value; past are
    `past_columns`.
    """
    left = y - group_means(y, region)
    use = [column for column in past if np.abs(column).max(initial=0) > 1e-9]
    if not use:
        return np.asarray(left)
    x = np.stack(use)
    slope = np.linalg.lstsq(x @ x.T, x @ left, rcond=None)[0]
    return np.asarray(left - slope @ x)


def fit_margin(part: Counts, whole: Counts, past: Floats, region: Groups, centre: Groups) -> Margin:
    """Fit one margin; whole > 0."""
    y = logit(part, whole)
    e = residuals(y, past, region)
    share = (part + 0.5) / (whole + 1)
    noise = 1 / (np.maximum(whole, 1) * share * (1 - share))
    size = np.bincount(centre)
    inside = e - group_means(e, centre)
    freedom = len(e) - len(size)
    total = max(float((e**2).mean() - noise.mean()), 0.0)
    if freedom < 0.05 * len(e):
        return Margin(y - e, e, 0.0, total**0.5)
    table = max(float((inside**2).sum() / freedom - noise.mean()), 0.0)
    return Margin(y - e, e, max(total - table, 0.0) ** 0.5, table**0.5)


@dataclass(frozen=True, slots=True, eq=False)
class NullWorld:
    """rows as read; the margins of turnout (None where no register is known), leader and second.
    rho: correlation of the effects of turnout and leader at centres and at tables.
    """

    rows: Rows
    turnout: Margin | None
    leader: Margin
    second: Margin
    rho: tuple[float, float]

    def redraw(self, rng: Generator) -> Rows:
        """Return the rows of one honest election with the same registers (or, where unknown, the
        same valid votes).
        """
        rows, n, centres = self.rows, len(self.rows.lead), int(self.rows.centre.max()) + 1
        z_centre, z_table = rng.standard_normal((3, centres)), rng.standard_normal((3, n))
        z_count = rng.standard_normal((3, n), dtype=np.float32)
        z_centre[1] = self.rho[0] * z_centre[0] + (1 - self.rho[0] ** 2) ** 0.5 * z_centre[1]
        z_table[1] = self.rho[1] * z_table[0] + (1 - self.rho[1] ** 2) ** 0.5 * z_table[1]

        def share(margin: Margin, k: int) -> Floats:
            score = (
                margin.fitted
                + margin.centre_sd * z_centre[k][rows.centre]
                + margin.table_sd * z_table[k]
            )
            return np.asarray(1 / (1 + np.exp(-score)))

        valid, ballots = rows.valid, rows.ballots
        if self.turnout is not None:
            known = rows.turnout_known
            drawn = binomial_quantile(rows.registered, share(self.turnout, 0), z_count[0]).astype(
                np.int64
            )
            ballots = np.where(known, np.maximum(drawn, 1), rows.ballots)
            valid = np.maximum(np.rint(ballots * (rows.valid / rows.ballots)), 1).astype(np.int64)
        lead = binomial_quantile(valid, share(self.leader, 1), z_count[1]).astype(np.int64)
        second = binomial_quantile(valid - lead, share(self.second, 2), z_count[2]).astype(np.int64)
        return replace(
            rows, lead=lead, second=second, valid=valid, ballots=np.maximum(ballots, valid)
        )


def correlation(one: Margin, other: Margin, centre: Groups) -> tuple[float, float]:
    """Return the correlation of two margins' effects at centres and at tables (binomial noise taken
    out of the sizes).
    """
    a, b = one.residual, other.residual
    mean_a, mean_b = group_means(a, centre), group_means(b, centre)
    freedom = len(a) - int(centre.max()) - 1
    table = (
        float(((a - mean_a) * (b - mean_b)).sum()) / freedom if freedom >= 0.05 * len(a) else 0.0
    )
    both = float((a * b).mean())
    if freedom < 0.05 * len(a):
        return 0.0, _bounded(both, one.table_sd * other.table_sd)
    return _bounded(both - table, one.centre_sd * other.centre_sd), _bounded(
        table, one.table_sd * other.table_sd
    )


def _bounded(covariance: float, scale: float) -> float:
    return float(np.clip(covariance / scale, -0.95, 0.95)) if scale > 1e-12 else 0.0


@lru_cache(maxsize=2)
def fit_null(rows: Rows) -> NullWorld:
    """Return the honest world fitted to the rows: their own regions, centres, table sizes and
    history.
    """
    past = past_columns(rows.past_share, rows.region)
    leader = fit_margin(rows.lead, rows.valid, past, rows.region, rows.centre)
    second = fit_margin(
        rows.second, np.maximum(rows.valid - rows.lead, rows.second), past, rows.region, rows.centre
    )
    known = rows.turnout_known
    if not known.all():
        return NullWorld(rows, _partial_turnout(rows, known), leader, second, (0.0, 0.0))
    earlier = past_columns(rows.past_turnout, rows.region)
    turnout = fit_margin(rows.ballots, rows.registered, earlier, rows.region, rows.centre)
    return NullWorld(rows, turnout, leader, second, correlation(turnout, leader, rows.centre))


def _partial_turnout(rows: Rows, known: np.ndarray) -> Margin | None:
    """Return turnout's margin fitted where the register is known (its values elsewhere are never
    used).
    """
    if known.sum() < 2:
        return None
    some = rows.taken(known)
    earlier = past_columns(some.past_turnout, some.region)
    part = fit_margin(some.ballots, some.registered, earlier, some.region, some.centre)
    fitted, residual = np.zeros(len(known)), np.zeros(len(known))
    fitted[known], residual[known] = part.fitted, part.residual
    return replace(part, fitted=fitted, residual=residual)
