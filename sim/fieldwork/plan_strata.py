"""The strata of a planned quick count: classes of tables by earlier share, or by register where
there is no earlier count, and how far tables differ inside them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.roles.words import fold
from sim.models.quick_count.ratio import NO_SPREAD
from sim.models.quick_count.sample_size import Spread, assumed_spread, spread_of
from sim.records.vote.tally import Tally

Floats = NDArray[np.float64]
TYPICAL_DESIGN_EFFECT = 35.0
"""Variance against voters drawn one by one, as real sheets with about 434 valid votes a table show
it: used without --past.
"""
TYPICAL_TURNOUT = 0.6
TYPICAL_VALID = 400.0
"""Valid votes of a table where no register is known: assumption."""
PAST_CORRELATION = 0.75
"""Assumption; 1 would promise the margin of strata that know the result beforehand."""


@dataclass(frozen=True, slots=True)
class PlanRequest:
    """margin: wanted half-width, share; or tables: a number that is fixed. past: an earlier count;
    frame: list of tables.

    nonresponse: share of drawn tables that will not report. strata: classes of the earlier share
    (of register size without one). candidate: whose share is planned for (the largest). neyman:
    allocate by spread too. past_correlation: of a table's share then with its share now: strata
    built on the past tell only so much of the next election.
    """

    margin: float | None = None
    level: float = 0.95
    tables: int | None = None
    past: Path | None = None
    mapping: Path | None = None
    frame: Path | None = None
    nonresponse: float = 0.1
    strata: int = 8
    candidate: str | None = None
    neyman: bool = False
    past_correlation: float = PAST_CORRELATION


@dataclass(frozen=True, slots=True, eq=False)
class PlanStrata:
    """Strata of a list of M tables. of_table: (M,) int64. labels: (H,). candidate: planned for.

    share: (M,) float64, its share of valid votes in the earlier count, NaN where unknown.
    """

    of_table: NDArray[np.int64]
    labels: tuple[str, ...]
    spread: Spread
    candidate: str
    share: Floats

    @property
    def least(self) -> int:
        """Return the fewest reports that show a spread in every stratum: two, or all of one."""
        return int(np.minimum(self.spread.tables, 2).sum())


def fitting_strata(
    request: PlanRequest, listing: Tally, past: Tally | None
) -> tuple[PlanStrata, list[str]]:
    """Return (strata, notes): as many as asked for, or as many as two reports in each leave room
    for.
    """
    reports = len(listing.codes) if request.tables is None else request.tables
    reports = min(reports, len(listing.codes))
    wanted = max(min(request.strata, reports // 2), 1)
    made = described(replace(request, strata=wanted), listing, past)
    while made.least > reports and wanted > 0:
        wanted -= 1
        made = described(replace(request, strata=wanted), listing, past)
    if len(made.labels) >= request.strata or wanted == request.strata:
        return made, []
    what = "tables" if request.tables is None else "reports"
    return made, [
        f"{reports:,} {what} are too few for two in each of {request.strata:,} strata: "
        f"{len(made.labels):,} {'stratum is' if len(made.labels) == 1 else 'strata are'} planned"
    ]


def described(request: PlanRequest, listing: Tally, past: Tally | None) -> PlanStrata:
    """Return the strata of the list; 0 strata wanted: one of all tables, whatever is known of them.

    Raises:
        InputError: the candidate is unknown or alone, or the files have no code in common.
    """
    if past is None:
        return by_register(request, listing)
    row = candidate_row(request.candidate, past)
    x, y = past.votes.sum(axis=0).astype(np.float64), past.votes[row].astype(np.float64)
    place = {code: i for i, code in enumerate(past.codes)}
    at = np.array([place.get(code, -1) for code in listing.codes], dtype=np.int64)
    matched = (at >= 0) & (x > 0)[at]
    if matched.sum() < 2:
        raise InputError(_too_few(request))
    name = past.columns.candidates[row][0]
    votes, valid = y[at[matched]], x[at[matched]]
    if not 0 < votes.sum() < valid.sum():
        words = "no vote" if not votes.any() else "every vote"
        message = f"{name} has {words} in the earlier count: nothing to plan a margin on"
        raise InputError(Problem(message, file=past.file, hint="--candidate names another"))
    share = np.full(len(at), np.nan)
    share[matched] = votes / valid
    stratum, labels = classes(share, request.strata, "earlier share", 100)
    measured = spread_of(votes, valid, stratum[matched])
    if measured.sd_all <= NO_SPREAD * measured.mean_valid:
        message = f"{name} has the same share at every table of the earlier count"
        hint = "without any spread no margin can be planned: give another count, or --frame alone"
        raise InputError(Problem(message, file=past.file, hint=hint))
    tables = np.bincount(stratum, minlength=len(labels)).astype(np.int64)
    sd = np.full(len(labels), measured.sd_all)
    sd[: len(measured.sd)] = np.where(measured.tables > 1, measured.sd, measured.sd_all)
    kept = request.past_correlation**2
    sd = np.sqrt(kept * sd**2 + (1 - kept) * measured.sd_all**2)
    spread = Spread(measured.p, measured.mean_valid, tables, sd, measured.sd_all)
    return PlanStrata(stratum, tuple(labels), spread, name, share)


def _too_few(request: PlanRequest) -> Problem:
    if request.frame is None:
        return Problem(
            "the earlier count has fewer than two tables with votes", file=str(request.past)
        )
    message = "fewer than two tables of the list have votes in the earlier count"
    return Problem(message, hint="both files need the same codes of tables")


def by_register(request: PlanRequest, listing: Tally) -> PlanStrata:
    """Return strata by register size, with the spread that real sheets show."""
    size = np.where(listing.registered > 0, listing.registered.astype(np.float64), np.nan)
    known = np.isfinite(size)
    stratum, labels = classes(size, request.strata, "register", 0)
    mean_valid = float(size[known].mean()) * TYPICAL_TURNOUT if known.any() else TYPICAL_VALID
    counts = np.bincount(stratum, minlength=len(labels)).astype(np.int64)
    spread = assumed_spread(TYPICAL_DESIGN_EFFECT, mean_valid, 0.5, counts)
    nothing = np.full(len(size), np.nan)
    return PlanStrata(stratum, tuple(labels), spread, "a candidate at 50 %", nothing)


def candidate_row(name: str | None, past: Tally) -> int:
    """Return the row of the named candidate, or of the largest."""
    if name is None:
        return int(np.argmax(past.votes.sum(axis=1)))
    for row, (shown, _) in enumerate(past.columns.candidates):
        if fold(shown) == fold(name):
            return row
    known = ", ".join(shown for shown, _ in past.columns.candidates)
    raise InputError(Problem(f"no candidate {name!r}", hint=f"candidates: {known}"))


def classes(
    values: Floats, wanted: int, what: str, scale: int
) -> tuple[NDArray[np.int64], list[str]]:
    """Return (class of each table, labels): equal numbers of tables by value; tables without a
    value are the last class. wanted 0, or no value known: one class of all.
    """
    known = np.isfinite(values)
    if not wanted or not known.any():
        return np.zeros(len(values), dtype=np.int64), ["all tables"]
    cuts = np.unique(np.quantile(values[known], np.linspace(0, 1, wanted + 1)[1:-1]))
    number = np.searchsorted(cuts, np.where(known, values, np.inf), side="left")
    number = np.where(known, number, len(cuts) + 1)
    used, stratum = np.unique(number, return_inverse=True)
    labels = []
    for k in used:
        inside = values[number == k]
        if k > len(cuts):
            labels.append(f"no {what}")
        elif scale:
            labels.append(f"{what} {scale * inside.min():.1f} to {scale * inside.max():.1f} %")
        else:
            labels.append(f"{what} {inside.min():.0f} to {inside.max():.0f}")
    return stratum.astype(np.int64), labels
