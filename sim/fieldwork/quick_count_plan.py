"""Plan a quick count: reports needed, tables to draw by stratum, expected margin with and without
clustering.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.fieldwork.plan_strata import (
    TYPICAL_DESIGN_EFFECT,
    TYPICAL_TURNOUT,
    PlanRequest,
    PlanStrata,
    fitting_strata,
)
from sim.files.draw_file import is_draw, wrong_place
from sim.files.mapping.grammar import read_mapping
from sim.files.read import read_list, read_results
from sim.models.quick_count.sample_size import (
    Spread,
    allocate,
    naive_margin,
    plain_margin,
    plain_tables,
    stratified_margin,
    stratified_tables,
    voters_needed,
    z_value,
)
from sim.records.results.drawn import Drawn
from sim.records.vote.tally import Tally


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """One row of the allocation. tables: in the stratum; needed: reports; drawn: to draw."""

    label: str
    tables: int
    needed: int
    drawn: int


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class QuickCountPlan(Drawn):
    """What to draw and what it will tell.

    Margins are half-widths of a share; *_tables are reports needed for `margin`. Of the list of M
    tables: codes, registered (0 where unknown), share (earlier, NaN where unknown), region (None
    where the list has none). notes: what a reader of the plan must know. past: the
    earlier count as it was read.
    """

    candidate: str
    basis: str
    p: float
    tables_in_all: int
    mean_valid: float
    design_effect: float
    level: float
    margin: float | None
    naive_voters: float | None
    naive_tables: int | None
    plain_tables: int | None
    stratified_tables: int
    drawn: int
    naive_margin: float
    plain_margin: float
    stratified_margin: float
    strata: tuple[Stratum, ...]
    codes: tuple[str, ...]
    stratum: NDArray[np.int64]
    nonresponse: float
    registered: NDArray[np.int64]
    share: NDArray[np.float64]
    region: tuple[str, ...] | None
    notes: tuple[str, ...]
    past: Tally | None = None

    def in_short(self) -> str:
        """Return what it plans for, and how many tables to draw."""
        return (
            f"{self.drawn:,} of {self.tables_in_all:,} tables to draw for {self.candidate}, "
            f"margin {self.stratified_margin:.4f} by stratum"
        )


def make_plan(request: PlanRequest) -> QuickCountPlan:
    """Return the plan.

    Raises:
        InputError: neither margin nor tables, a share outside its bounds, no file of tables, an
        unknown candidate.
    """
    check(request)
    listing, past = read_lists(request)
    strata, notes = fitting_strata(request, listing, past)
    spread, z = strata.spread, z_value(request.level)
    tables = int(spread.tables.sum())
    if request.tables is not None:
        needed = min(request.tables, tables)
    else:
        needed = stratified_tables(spread, request.margin or 0.0, z, request.neyman)
    reports = allocate(spread, needed, request.neyman)
    drawn = to_draw(reports, request.nonresponse, spread.tables)
    rows = zip(strata.labels, spread.tables.tolist(), reports.tolist(), drawn.tolist(), strict=True)
    naive_voters, naive_tables = naive(request, spread, z)
    return QuickCountPlan(
        candidate=strata.candidate,
        basis=basis(request),
        p=spread.p,
        tables_in_all=tables,
        mean_valid=spread.mean_valid,
        design_effect=spread.design_effect,
        level=request.level,
        margin=request.margin,
        naive_voters=naive_voters,
        naive_tables=naive_tables,
        plain_tables=None if request.margin is None else plain_tables(spread, request.margin, z),
        stratified_tables=int(reports.sum()),
        drawn=int(drawn.sum()),
        naive_margin=naive_margin(spread, int(reports.sum()), z),
        plain_margin=plain_margin(spread, int(reports.sum()), z),
        stratified_margin=stratified_margin(spread, reports, z),
        strata=tuple(Stratum(*row) for row in rows),
        codes=listing.codes,
        stratum=strata.of_table,
        nonresponse=request.nonresponse,
        registered=listing.registered,
        share=strata.share,
        region=listing.region,
        notes=(*notes, *list_notes(listing, past, strata)),
        past=past,
    )


def read_lists(request: PlanRequest) -> tuple[Tally, Tally | None]:
    """Return (the list of all tables, the earlier count or None).

    Raises:
        InputError: a file cannot be read, is a list of drawn tables, or two tables have one code.
    """
    for path, option in ((request.past, "--past"), (request.frame, "--frame")):
        if path is not None and is_draw(path):
            raise wrong_place(path, option)
    mapping = None if request.mapping is None else read_mapping(request.mapping)
    past = None if request.past is None else read_results(request.past, mapping)
    frame = None if request.frame is None else read_list(request.frame, mapping, past)
    listing = frame if frame is not None else past
    if listing is None or not listing.codes:
        raise InputError(
            Problem("a file is needed: --past (an earlier count) or --frame (the list of tables)")
        )
    return listing, past


def to_draw(
    reports: NDArray[np.int64], nonresponse: float, tables: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return how many tables to draw in each stratum (H,), so that about `reports` report."""
    wanted = np.minimum(np.round(reports / (1 - nonresponse), 9), tables)
    return np.minimum(np.ceil(wanted), tables).astype(np.int64)


def list_notes(listing: Tally, past: Tally | None, strata: PlanStrata) -> list[str]:
    """Return what was not used of the files, in words."""
    notes = []
    unknown = int(np.isnan(strata.share).sum())
    if past is not None and unknown:
        notes.append(
            f"{unknown:,} of {len(listing.codes):,} tables have no votes in the earlier count: "
            "they are taken to differ as much as all tables do"
        )
    files = [listing] if past is None or past is listing else [listing, past]
    for tally in files:
        if not tally.set_aside:
            continue
        reasons = Counter(s.reason for s in tally.set_aside)
        said = "; ".join(f"{n:,} {reason}" for reason, n in reasons.items())
        notes.append(f"{len(tally.set_aside):,} rows of {tally.file} are set aside: {said}")
    return notes


def check(request: PlanRequest) -> None:
    """Raise with every argument that cannot be."""
    problems = []
    if (request.margin is None) == (request.tables is None):
        problems.append(
            Problem(
                "give either a margin or a number of tables", hint="--margin 0.01, or --tables 1500"
            )
        )
    if request.margin is not None and not 0 < request.margin < 0.5:
        problems.append(Problem("the margin is a share between 0 and .5", hint="one point is 0.01"))
    if not 0.5 < request.level < 1:
        problems.append(Problem("the level lies between .5 and 1", hint="--level 0.95"))
    if not 0 <= request.past_correlation <= 1:
        problems.append(Problem("the correlation with the past lies between 0 and 1"))
    if not 0 <= request.nonresponse < 1:
        problems.append(Problem("non-response is a share below 1", hint="--nonresponse 0.1"))
    if request.strata < 1 or (request.tables is not None and request.tables < 2):
        problems.append(Problem("at least one stratum and two tables are needed"))
    if request.mapping is not None and request.past is None:
        problems.append(Problem("a mapping names the columns of --past, which was not given"))
    if request.candidate is not None and request.past is None:
        problems.append(Problem("a candidate is planned for on an earlier count: --past is needed"))
    if request.neyman and request.past is None:
        hint = "without --past every stratum is taken to differ alike"
        problems.append(Problem("allocation by spread needs --past", hint=hint))
    if problems:
        raise InputError(problems)


def basis(request: PlanRequest) -> str:
    """Return in words where the spread between tables comes from."""
    if request.past is not None:
        kept = (
            f"a correlation of {request.past_correlation:g} between then and now assumed for "
            "the gain from strata"
        )
        return f"spread between tables measured on {request.past.name}; {kept}"
    return (
        f"no earlier count: design effect {TYPICAL_DESIGN_EFFECT:g} assumed, turnout "
        f"{TYPICAL_TURNOUT:g} assumed, "
        "no gain from strata counted"
    )


def naive(request: PlanRequest, spread: Spread, z: float) -> tuple[float | None, int | None]:
    """Return voters and tables of the naive formula at p = .5."""
    if request.margin is None:
        return None, None
    voters = voters_needed(request.margin, z, spread.mean_valid * int(spread.tables.sum()))
    return voters, math.ceil(voters / spread.mean_valid)
