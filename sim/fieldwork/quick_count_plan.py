"""Plan a quick count: tables to draw, expected margin with and without clustering, the list itself,
chances of a right call.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.mapping.grammar import read_mapping
from sim.files.read import read_list, read_results
from sim.files.roles.words import fold
from sim.models.quick_count.sample_size import (
    Spread,
    allocate,
    assumed_spread,
    naive_margin,
    plain_margin,
    plain_tables,
    spread_of,
    stratified_margin,
    stratified_tables,
    voters_needed,
    z_value,
)
from sim.records.tally import Tally

TYPICAL_DESIGN_EFFECT = 35.0
"""Variance against voters drawn one by one, as real sheets with about 434 valid votes a table show
it: used without --past.
"""
TYPICAL_TURNOUT = 0.6
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
class Stratum:
    """One row of the allocation.

    low, high: of the earlier share (or register) in it; needed: reports; drawn: to draw.
    """

    label: str
    tables: int
    needed: int
    drawn: int


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """What to draw and what it will tell.

    Margins are half-widths of a share; *_tables are reports needed for `margin`. past: the earlier
    count as it was read.
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
    past: Tally | None = None


def make_plan(request: PlanRequest) -> Plan:
    """Return the plan.

    Raises:
        InputError: neither margin nor tables, a share outside its bounds, no file of tables, an
        unknown candidate.
    """
    check(request)
    mapping = None if request.mapping is None else read_mapping(request.mapping)
    past = None if request.past is None else read_results(request.past, mapping)
    frame = None if request.frame is None else read_list(request.frame, mapping, past)
    listing = frame if frame is not None else past
    if listing is None:
        raise InputError(
            Problem("a file is needed: --past (an earlier count) or --frame (the list of tables)")
        )
    stratum, labels, spread, name = described(request, listing, past)
    z, tables = z_value(request.level), int(spread.tables.sum())
    if request.tables is not None:
        needed = min(request.tables, tables)
    else:
        needed = stratified_tables(spread, request.margin or 0.0, z, request.neyman)
    reports = allocate(spread, needed, request.neyman)
    drawn = np.minimum(
        np.ceil(np.round(reports / (1 - request.nonresponse), 9)).astype(np.int64), spread.tables
    )
    rows = zip(labels, spread.tables.tolist(), reports.tolist(), drawn.tolist(), strict=True)
    naive_voters, naive_tables = naive(request, spread, z)
    return Plan(
        candidate=name,
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
        stratum=stratum,
        nonresponse=request.nonresponse,
        past=past,
    )


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


def described(
    request: PlanRequest, listing: Tally, past: Tally | None
) -> tuple[NDArray[np.int64], list[str], Spread, str]:
    """Return (stratum of each table of the list, labels, spread, candidate)."""
    if past is None:
        size = listing.registered.astype(np.float64)
        if not size.any():
            size = np.full(len(listing.codes), 1.0)
        stratum, labels = classes(size, request.strata, "register", 0)
        mean_valid = float(size.mean()) * TYPICAL_TURNOUT if listing.registered.any() else 400.0
        counts = np.bincount(stratum, minlength=len(labels)).astype(np.int64)
        return (
            stratum,
            labels,
            assumed_spread(TYPICAL_DESIGN_EFFECT, mean_valid, 0.5, counts),
            "a candidate at 50 %",
        )
    row = candidate_row(request.candidate, past)
    x = past.votes.sum(axis=0).astype(np.float64)
    y = past.votes[row].astype(np.float64)
    known = x > 0
    place = {code: i for i, code in enumerate(past.codes)}
    at = np.array([place.get(code, -1) for code in listing.codes], dtype=np.int64)
    matched = (at >= 0) & known[at]
    if matched.sum() < 2:
        raise InputError(
            Problem("the earlier count and the list of tables have no codes in common")
        )
    share = np.full(len(at), np.nan)
    share[matched] = y[at[matched]] / x[at[matched]]
    stratum, labels = classes(share, request.strata, "earlier share", 100)
    measured = spread_of(y[at[matched]], x[at[matched]], stratum[matched])
    counts = np.bincount(stratum, minlength=len(labels)).astype(np.int64)
    sd = np.full(len(labels), measured.sd_all)
    sd[: len(measured.sd)] = np.where(measured.tables > 1, measured.sd, measured.sd_all)
    name, kept = past.columns.candidates[row][0], request.past_correlation**2
    sd = np.sqrt(kept * sd**2 + (1 - kept) * measured.sd_all**2)
    return (
        stratum,
        labels,
        Spread(measured.p, measured.mean_valid, counts, sd, measured.sd_all),
        name,
    )


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
    values: NDArray[np.float64], wanted: int, what: str, scale: int
) -> tuple[NDArray[np.int64], list[str]]:
    """Return (class of each table, labels): equal numbers of tables by value; tables without a
    value are the last class.
    """
    known = np.isfinite(values)
    cuts = (
        np.unique(np.quantile(values[known], np.linspace(0, 1, wanted + 1)[1:-1]))
        if wanted > 1
        else np.array([])
    )
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


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One line of the list.

    role: "sample" or "replacement"; order: within stratum and role, from 1.
    """

    stratum: int
    label: str
    role: str
    order: int
    table: str


def lot(seed: str, code: str) -> int:
    """Return a table's number in the draw: BLAKE2b of the public seed and its code. Nobody's list
    order can change it.
    """
    return int.from_bytes(blake2b(f"{seed}\n{code}".encode(), digest_size=16).digest())


def draw(plan: Plan, seed: str) -> list[DrawnTable]:
    """Return the sample, and ordered replacements per stratum, from a public seed.

    In each stratum the tables with the smallest numbers are the sample and the next ones replace,
    in this order, a table whose observer is lost before the day. A table that does not report on
    the day is a missing report: replacing it then would pick the easy tables.
    """
    if len(set(plan.codes)) != len(plan.codes):
        raise InputError(Problem("two tables of the list bear the same code"))
    out = []
    for h, row in enumerate(plan.strata):
        codes = sorted(
            (plan.codes[i] for i in np.flatnonzero(plan.stratum == h)),
            key=lambda code: (lot(seed, code), code),
        )
        spare = min(max(1, math.ceil(row.drawn * plan.nonresponse)), row.tables - row.drawn)
        out += [
            DrawnTable(h + 1, row.label, "sample", k + 1, code)
            for k, code in enumerate(codes[: row.drawn])
        ]
        rest = codes[row.drawn : row.drawn + spare]
        out += [
            DrawnTable(h + 1, row.label, "replacement", k + 1, code) for k, code in enumerate(rest)
        ]
    return out


@dataclass(frozen=True, slots=True)
class CallChance:
    """How often the quick count's call was right, wrong or not made, over `replicates` simulated
    elections.
    """

    world: str
    replicates: int
    right: float
    wrong: float
    no_call: float


Outcomes = Iterable[Mapping[str, float | None]]
NEEDED_OUTCOMES = ("qc_lead_share", "qc_margin_share", "true_lead_share")


def call_chances(
    run: Callable[[Mapping[str, object]], Outcomes], worlds: Mapping[str, Mapping[str, object]]
) -> list[CallChance]:
    """Return the chance of a right call in each world.

    Args:
        run: scenario overrides -> one row of outcomes a replicate, each with NEEDED_OUTCOMES: the
        quick count's lead of
            challenger over incumbent, the half-width of its interval (None: no estimate), and the
            lead as cast.
        worlds: name -> overrides; must hold "none", the world without manipulation: no chance is
        shown without it.

    A call is made when the interval of the lead leaves out zero; it is right when the one ahead is
    ahead in the votes cast.
    """
    if "none" not in worlds:
        raise InputError(
            Problem('the world without manipulation, "none", is needed beside the others')
        )
    return [called(name, run(overrides)) for name, overrides in worlds.items()]


def called(world: str, outcomes: Outcomes) -> CallChance:
    """Return one world's chances."""
    results = [call_of(row) for row in outcomes]
    n = max(len(results), 1)
    return CallChance(
        world, len(results), results.count(1) / n, results.count(-1) / n, results.count(0) / n
    )


def call_of(row: Mapping[str, float | None]) -> int:
    """Return 1 for a right call, -1 for a wrong one, 0 for none."""
    lead, margin, truth = (row[name] for name in NEEDED_OUTCOMES)
    if lead is None or margin is None or truth is None or abs(lead) <= margin:
        return 0
    return 1 if lead * truth > 0 else -1


def drawn_rows(tables: Sequence[DrawnTable]) -> list[tuple[object, ...]]:
    """Return the list as rows: stratum, label, role, order, table."""
    return [(t.stratum, t.label, t.role, t.order, t.table) for t in tables]
