"""Honest elections with the country's own table sizes: what the nulls of the forensic tests are
drawn from.

Three margins: turnout (ballots of registered), the two strongest candidates' share of valid votes,
the target's share of these two. On the logit scale each is region + what size and earlier results
say + centre effect + table effect, the effects normal. Sizes of the effects come from the rows by
the analysis of variance: between tables of one centre tau^2 + phi x binomial noise, so that small
tables may vary more. Turnout's and the target's effects may be correlated. A redraw draws all
effects afresh, so no table knows its own share. What honest geography does beyond region, size,
history and normal effects is not in it: there the tests that use it can raise false alarms.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator

from sim.models.forensics.design import Design, design_of
from sim.models.forensics.rows import Counts, Floats, Groups, Rows, group_means
from sim.models.numbers.quantile import binomial_quantile

FEW = 0.05  # of the tables: fewer degrees of freedom inside centres say nothing on the spread there
# expected votes on the rarer side below which the noise of a logit no longer grows
LEAST_COUNT = 1.0
RAREST = 1e-6


def logit(part: Counts, whole: Counts) -> Floats:
    """Return the logit of a share with half a vote added to either side."""
    return np.asarray(np.log((part + 0.5) / (whole - part + 0.5)))


@dataclass(frozen=True, slots=True, eq=False)
class Margin:
    """fitted: (n,) logit without effects. residual: (n,). centre_sd: of the effects on the logit
    scale; table_sd: (n,).
    """

    fitted: Floats
    residual: Floats
    centre_sd: float
    table_sd: Floats


def fit_margin(part: Counts, whole: Counts, design: Design, centre: Groups) -> Margin:
    """Fit one margin; (n,) each, whole > 0."""
    y = logit(part, whole)
    e = design.residual(y)
    share = np.clip(1 / (1 + np.exp(e - y)), RAREST, 1 - RAREST)
    noise = 1 / np.maximum(whole * share * (1 - share), LEAST_COUNT)
    tau2, phi = _inside(e, noise, centre)
    total = float((e**2).sum()) / max(len(e) - design.parameters, 1)
    if phi is None:
        return Margin(y - e, e, 0.0, np.full(len(e), max(total - float(noise.mean()), 0.0) ** 0.5))
    table = tau2 + (phi - 1) * noise
    return Margin(y - e, e, max(total - float((table + noise).mean()), 0.0) ** 0.5, np.sqrt(table))


def _inside(e: Floats, noise: Floats, centre: Groups) -> tuple[float, float | None]:
    """Return (tau^2, phi >= 1) of the spread between tables of one centre, tau^2 + phi noise; phi
    None without such centres.
    """
    size = np.bincount(centre)[centre]
    several = size > 1
    if int(several.sum()) - len(np.unique(centre[several])) < FEW * len(e):
        return 0.0, None
    square = ((e - group_means(e, centre)) ** 2 * size / np.maximum(size - 1, 1))[several]
    here = noise[several]
    weight = 1 / (here + np.median(here)) ** 2
    tau2, phi = _line(here, square, weight)
    if phi < 1:
        return max(float(np.average(square - here, weights=weight)), 0.0), 1.0
    if tau2 < 0:
        return 0.0, max(float((weight * here * square).sum() / (weight * here**2).sum()), 1.0)
    return tau2, phi


def _line(x: Floats, y: Floats, weight: Floats) -> tuple[float, float]:
    """Return (intercept, slope) of the weighted regression of y on x; slope 1 where x does not
    vary.
    """
    mean_x, mean_y = np.average(x, weights=weight), np.average(y, weights=weight)
    spread = float((weight * (x - mean_x) ** 2).sum())
    slope = (
        float((weight * (x - mean_x) * y).sum()) / spread
        if spread > 1e-12 * float((weight * x**2).sum())
        else 1.0
    )
    return float(mean_y - slope * mean_x), slope


@dataclass(frozen=True, slots=True, eq=False)
class NullWorld:
    """rows as read, and their design; the margins of turnout (None where no register is known), of
    the two strongest and of the target among them. rho: correlation of the effects of turnout and
    target at centres and at tables.
    """

    rows: Rows
    design: Design
    turnout: Margin | None
    two: Margin
    target: Margin
    rho: tuple[float, float]

    def redraw(self, rng: Generator) -> Rows:
        """Return the rows of one honest election with the same registers (or, where unknown, the
        same valid votes).
        """
        rows, n, centres = self.rows, len(self.rows.target), int(self.rows.centre.max()) + 1
        z_centre, z_table = rng.standard_normal((3, centres)), rng.standard_normal((3, n))
        z_count = rng.standard_normal((3, n), dtype=np.float32)
        for z, rho in zip((z_centre, z_table), self.rho, strict=True):
            z[1] = rho * z[0] + (1 - rho**2) ** 0.5 * z[1]

        def drawn(margin: Margin, k: int, of: Counts) -> Counts:
            score = (
                margin.fitted
                + margin.centre_sd * z_centre[k][rows.centre]
                + margin.table_sd * z_table[k]
            )
            return binomial_quantile(of, 1 / (1 + np.exp(-score)), z_count[k]).astype(np.int64)

        valid, ballots = rows.valid, rows.ballots
        if self.turnout is not None:
            came = drawn(self.turnout, 0, rows.registered)
            ballots = np.where(rows.turnout_known, np.maximum(came, 1), rows.ballots)
            valid = np.maximum(np.rint(ballots * (rows.valid / rows.ballots)), 1).astype(np.int64)
        both = drawn(self.two, 2, valid)
        target = drawn(self.target, 1, both)
        return replace(
            rows,
            target=target,
            other=both - target,
            valid=valid,
            ballots=np.maximum(ballots, valid),
        )


def correlation(one: Margin, other: Margin, centre: Groups) -> tuple[float, float]:
    """Return the correlation of two margins' effects at centres and at tables (binomial noise taken
    out of the sizes).
    """
    a, b = one.residual, other.residual
    freedom, both = len(a) - int(centre.max()) - 1, float((a * b).mean())
    at_tables = float((one.table_sd * other.table_sd).mean())
    if freedom < FEW * len(a):
        return 0.0, _bounded(both, at_tables)
    table = float(((a - group_means(a, centre)) * (b - group_means(b, centre))).sum()) / freedom
    return _bounded(both - table, one.centre_sd * other.centre_sd), _bounded(table, at_tables)


def _bounded(covariance: float, scale: float) -> float:
    return float(np.clip(covariance / scale, -0.95, 0.95)) if scale > 1e-12 else 0.0


def fit_null(rows: Rows) -> NullWorld:
    """Return the honest world fitted to the rows: their own regions, centres, table sizes and
    history.
    """
    design, both = design_of(rows), rows.target + rows.other
    two = fit_margin(both, rows.valid, design, rows.centre)
    target = fit_margin(rows.target, np.maximum(both, 1), design, rows.centre)
    known = rows.turnout_known
    if not known.all():
        return NullWorld(rows, design, _partial_turnout(rows, known), two, target, (0.0, 0.0))
    turnout = fit_margin(rows.ballots, rows.registered, design, rows.centre)
    return NullWorld(rows, design, turnout, two, target, correlation(turnout, target, rows.centre))


def _partial_turnout(rows: Rows, known: np.ndarray) -> Margin | None:
    """Return turnout's margin fitted where the register is known (its values elsewhere are never
    used).
    """
    if known.sum() < 2:
        return None
    some = rows.taken(known)
    part = fit_margin(some.ballots, some.registered, design_of(some), some.centre)

    def spread(column: Floats) -> Floats:
        whole = np.zeros(len(known))
        whole[known] = column
        return whole

    return Margin(spread(part.fitted), spread(part.residual), part.centre_sd, spread(part.table_sd))
