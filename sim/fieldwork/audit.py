"""Plan an audit (sizes) and measure one (attained risk) from a reported tally and the files of an
audit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.csv_rows import Rows, read_rows
from sim.models.audit import alpha, batch_polling, bravo, kaplan, macro, strata, supersimple
from sim.rng import generator

STREAM = "audit/plan"
ENTROPY = 0x5EED20240702
SIMULATED = 200
REPORTED, AUDITED = "reported ", "audited "
KAPLAN_G = 0.1
RULE_DRAWS = 100.0
Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Line:
    """One method's answer: size in `unit` (plan) or attained risk (measure); None where it cannot
    say.
    """

    method: str
    size: int | None
    unit: str
    attained_risk: float | None
    confirmed: bool | None
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Batches:
    """reported, audited: (K, n) votes (audited -1 where not drawn). bound: (n,) most valid votes.
    times: (n,) times drawn.
    """

    names: tuple[str, ...]
    reported: Counts
    audited: Counts
    bound: Counts
    times: Counts


def reported_tally(entries: Sequence[str]) -> dict[str, int]:
    """Return {candidate: votes} of "NAME=VOTES" entries, two or more, with one winner.

    Raises:
        InputError: every entry that is not of that form, a name twice, fewer than two candidates,
        or a tie at the top.
    """
    out: dict[str, int] = {}
    problems = []
    for entry in entries:
        name, sign, votes = entry.rpartition("=")
        digits = votes.replace("_", "").replace(",", "").strip()
        if (
            not sign
            or not name.strip()
            or not (digits.isascii() and digits.isdigit())
            or len(digits) > 12
        ):
            problems.append(
                Problem(
                    f"{entry!r} is no reported tally", hint="write NAME=VOTES, as in 'Ana=6000'"
                )
            )
        elif name.strip() in out:
            problems.append(Problem(f"{name.strip()!r} is named twice"))
        else:
            out[name.strip()] = int(digits)
    if not problems and len(out) < 2:
        problems.append(
            Problem(
                "a reported tally of two candidates or more is needed",
                hint="--votes Ana=6000 --votes Bo=4000",
            )
        )
    top = sorted(out.values(), reverse=True)
    if not problems and (top[0] == top[1]):
        problems.append(
            Problem(
                "the two leaders of the reported tally are level: there is no reported winner to "
                "audit"
            )
        )
    if problems:
        raise InputError(problems)
    return out


def leaders(tally: dict[str, int]) -> tuple[str, str]:
    """Return (reported winner, runner-up)."""
    order = sorted(tally, key=lambda name: -tally[name])
    return order[0], order[1]


def check_risk_limit(risk_limit: float) -> None:
    """Raise unless 0 < risk limit < 1."""
    if not 0 < risk_limit < 1:
        raise InputError(
            Problem(
                f"a risk limit lies between 0 and 1, found {risk_limit:g}",
                hint="0.05 is 5 per cent",
            )
        )


def plan_audit(
    tally: dict[str, int],
    risk_limit: float,
    ballots: int | None = None,
    chance: float = 0.9,
    batches: Path | None = None,
) -> list[Line]:
    """Return the sizes that confirm a right reported winner.

    Args:
        tally: reported votes. ballots: ballots cast, invalid ones included (default: the votes).
        chance: of ending in one round. batches: CSV of the reported votes by batch (`reported NAME`
        columns), for the batch methods.
    """
    check_risk_limit(risk_limit)
    if not 0 < chance < 1:
        raise InputError(Problem(f"the chance of one round lies between 0 and 1, found {chance:g}"))
    winner, loser = leaders(tally)
    cast = sum(tally.values()) if ballots is None else ballots
    if cast < sum(tally.values()):
        raise InputError(
            Problem(f"{cast:,} ballots cast are fewer than {sum(tally.values()):,} reported votes")
        )
    w, r = tally[winner] / cast, tally[loser] / cast
    margin = w - r
    lines = [
        _size("BRAVO, on average", bravo.expected_ballots(w, r, risk_limit), cast, "drawn ballots"),
        _size(
            f"BRAVO, one round, chance {chance:g}",
            bravo.round_ballots(w, r, risk_limit, chance),
            cast,
            "drawn ballots",
        ),
        _size(
            "ALPHA, median",
            _alpha_median(w, r, cast, risk_limit),
            cast,
            "drawn ballots, without replacement, simulated",
        ),
        _size(
            "super-simple comparison",
            supersimple.ballots_needed(margin, risk_limit),
            cast,
            f"no discrepancy; diluted margin {100 * margin:.3g} %",
        ),
    ]
    return lines if batches is None else [*lines, *_batch_sizes(read_batches(batches), risk_limit)]


def _size(method: str, size: int | None, cast: int, note: str) -> Line:
    if size is None or size >= cast:
        return Line(
            method, cast, "ballots", None, None, "all ballots: a full count by hand is as quick"
        )
    return Line(method, size, "ballots", None, None, note)


def _alpha_median(w: float, r: float, cast: int, risk_limit: float) -> int | None:
    rng, most = (
        generator(ENTROPY, STREAM),
        min(cast, 40 * bravo.expected_ballots(w, r, risk_limit), 200_000),
    )
    rule = alpha.ShrinkTrunc(min(0.5 + (w - r) / 2, 1 - 1e-6), RULE_DRAWS)
    needed = []
    for _ in range(SIMULATED):
        u = rng.random(most)
        x = np.where(u < w, 1.0, np.where(u < w + r, 0.0, 0.5))
        needed.append(
            alpha.draws_needed(alpha.p_values(x, rule, population=cast), risk_limit) or np.inf
        )
    median = float(np.median(np.array(needed, dtype=np.float64)))
    return round(median) if np.isfinite(median) else None


def _batch_sizes(found: Batches, risk_limit: float) -> list[Line]:
    winner = int(np.argmax(found.reported.sum(axis=1)))
    total = float(macro.bounds(found.reported, found.bound, winner).sum())
    order = np.argsort(-found.reported.sum(axis=1), kind="stable")
    most = float(found.reported.sum(axis=0).max())
    x = batch_polling.assorter(found.reported[winner], found.reported[order[1]], most)
    rule = alpha.ShrinkTrunc(min(max(float(x.mean()), 0.5 + 1e-6), 1 - 1e-6), RULE_DRAWS)
    sizes = batch_polling.sheet_sizes(
        x, len(x), (risk_limit,), rule, SIMULATED, generator(ENTROPY, STREAM)
    )
    return [
        Line(
            "MACRO batch comparison",
            macro.batches_needed(total, risk_limit),
            "batches",
            None,
            None,
            f"no discrepancy; drawn in proportion to their bounds, U = {total:.4g}",
        ),
        Line(
            "batch polling (ALPHA), median",
            None if sizes[0] is None else round(sizes[0]),
            "batches",
            None,
            None,
            "random sheets against totals without tables, simulated",
        ),
    ]


def read_ballots(path: Path, names: Sequence[str]) -> list[str]:
    """Return the drawn ballots in order: column `vote` names a candidate; other words or an empty
    cell are no vote for one.

    Raises:
        InputError: no `vote` column, or no ballot for any reported candidate.
    """
    rows = read_rows(path)
    column = rows.column("vote", required=True)
    rows.check()
    votes = [cells[column or 0] for _, cells in rows.cells]
    if not set(votes) & set(names):
        raise InputError(
            Problem(
                "no ballot is for a reported candidate",
                path.name,
                hint=f"candidates: {', '.join(names)}",
            )
        )
    return votes


def measure_ballots(tally: dict[str, int], path: Path, risk_limit: float) -> list[Line]:
    """Return the attained risk of a ballot-polling audit: the largest over the reported losers
    (each must be confirmed).
    """
    check_risk_limit(risk_limit)
    votes = read_ballots(path, list(tally))
    winner, _ = leaders(tally)
    cast, p = (
        sum(tally.values()),
        {"BRAVO": 0.0, "ALPHA": 0.0, "Kaplan-Wald": 0.0, "Kaplan-Markov": 0.0},
    )
    for loser in tally:
        if loser == winner:
            continue
        b = np.array([1 if v == winner else -1 if v == loser else 0 for v in votes], dtype=np.int8)
        x, share = (b + 1) / 2, (tally[winner] - tally[loser]) / cast
        rule = alpha.ShrinkTrunc(min(0.5 + share / 2, 1 - 1e-6), RULE_DRAWS)
        found = {
            "BRAVO": bravo.attained_risk(b, tally[winner] / cast, tally[loser] / cast),
            "ALPHA": alpha.p_values(x, rule),
            "Kaplan-Wald": kaplan.kaplan_wald(x, KAPLAN_G),
            "Kaplan-Markov": kaplan.kaplan_markov(x, KAPLAN_G),
        }
        p = {name: max(p[name], float(found[name][-1])) for name in p}
    return [
        Line(
            name,
            len(votes),
            "ballots",
            risk,
            risk <= risk_limit,
            f"{winner} against each other candidate, ballots drawn with replacement",
        )
        for name, risk in p.items()
    ]


def read_batches(path: Path) -> Batches:
    """Return the batches of a CSV file: `reported NAME` columns, and for an audit `audited NAME`,
    `bound` and `times`.

    Empty audited cells: not drawn. bound: most valid votes of the batch (default: its reported
    votes). times: times drawn (1).

    Raises:
        InputError: every cell that is no whole number, a missing column, or audited cells filled in
        part.
    """
    rows = read_rows(path)
    names = tuple(h.removeprefix(REPORTED) for h in rows.header if h.startswith(REPORTED))
    if len(names) < 2:
        hint = f"columns: {', '.join(rows.header)}"
        raise InputError(
            Problem("two or more columns `reported NAME` are needed", path.name, 1, 1, hint=hint)
        )
    reported = np.stack([_whole(rows, REPORTED + name) for name in names])
    audits = [h for h in rows.header if h.startswith(AUDITED)]
    audited = np.full_like(reported, -1)
    if audits:
        audited = np.stack([_whole(rows, AUDITED + name, empty=-1) for name in names])
        partial = (audited >= 0).any(axis=0) & (audited < 0).any(axis=0)
        for at in np.flatnonzero(partial):
            rows.wrong(
                rows.cells[at][0],
                -1,
                "some audited votes are filled in and some are empty",
                "fill in 0 for no votes",
            )
    valid = reported.sum(axis=0)
    bound = np.maximum(_whole(rows, "bound"), valid) if "bound" in rows.header else valid
    times = _whole(rows, "times") if "times" in rows.header else np.ones(len(valid), dtype=np.int64)
    rows.check()
    totals = np.sort(reported.sum(axis=1))[::-1]
    if totals[0] == totals[1]:
        raise InputError(
            Problem(
                "the two leaders of the reported batches are level: there is no reported winner",
                path.name,
            )
        )
    return Batches(names, reported, audited, bound, times)


def _whole(rows: Rows, name: str, empty: int | None = None) -> Counts:
    column = rows.column(name, required=True)
    out = np.zeros(len(rows.cells), dtype=np.int64)
    if column is None:
        return out
    for index, (line, cells) in enumerate(rows.cells):
        text = cells[column]
        if not text and empty is not None:
            out[index] = empty
        elif text.isascii() and text.isdigit() and len(text) <= 9:
            out[index] = int(text)
        else:
            rows.wrong(line, column, f"{name} must be a whole number of votes, found {text!r}")
    return out


def measure_batches(path: Path, risk_limit: float) -> list[Line]:
    """Return the attained risk of a batch comparison (MACRO) whose batches were drawn in proportion
    to their bounds.
    """
    check_risk_limit(risk_limit)
    found = read_batches(path)
    drawn = found.audited[0] >= 0
    if not drawn.any():
        raise InputError(
            Problem(
                "no batch has audited votes",
                path.name,
                hint="columns `audited NAME`, filled in where drawn",
            )
        )
    winner = int(np.argmax(found.reported.sum(axis=1)))
    bound = macro.bounds(found.reported, found.bound, winner)
    audited = np.where(drawn, found.audited, found.reported)
    taints = macro.errors(found.reported, audited, winner)[drawn] / bound[drawn]
    every = np.repeat(taints, found.times[drawn])
    risk = float(macro.attained_risk(every, float(bound.sum()))[-1])
    differ = int((found.audited[:, drawn] != found.reported[:, drawn]).any(axis=0).sum())
    compared = f"{differ} of {int(drawn.sum())} batches differ, largest taint {taints.max():.3g}"
    note = f"{found.names[winner]} reported as winner; {compared}"
    return [Line("MACRO batch comparison", len(every), "batches", risk, risk <= risk_limit, note)]


def discrepancies(o1: int, o2: int, u1: int, u2: int) -> supersimple.Discrepancies:
    """Return over- and understatements of one and two votes as a record."""
    return supersimple.Discrepancies(o1, o2, u1, u2)


def measure_comparison(
    ballots: int, diluted_margin: float, seen: supersimple.Discrepancies, risk_limit: float
) -> list[Line]:
    """Return what a ballot-level comparison of `ballots` ballots attained, and how many these
    discrepancies call for.

    Raises:
        InputError: a risk limit or a diluted margin outside 0..1, or more discrepancies than
        ballots.
    """
    check_risk_limit(risk_limit)
    if not 0 < diluted_margin <= 1:
        raise InputError(
            Problem(
                f"a diluted margin lies between 0 and 1, found {diluted_margin:g}",
                hint="0.01 is 1 per cent",
            )
        )
    counts = (seen.o1, seen.o2, seen.u1, seen.u2)
    if min(counts) < 0 or sum(counts) > ballots:
        raise InputError(
            Problem(f"{sum(counts)} discrepancies in {ballots} compared ballots cannot be")
        )
    risk = supersimple.attained_risk(ballots, diluted_margin, seen)
    needed = supersimple.ballots_needed(diluted_margin, risk_limit, seen)
    note = f"{needed:,} ballots would confirm with these discrepancies"
    return [Line("super-simple comparison", ballots, "ballots", risk, risk <= risk_limit, note)]


def combine_strata(p: Sequence[float], risk_limit: float) -> list[Line]:
    """Return one risk from independent audits of strata, by Fisher's combination and by the
    product.

    Raises:
        InputError: fewer than two p-values, or one outside 0..1.
    """
    check_risk_limit(risk_limit)
    if len(p) < 2 or not all(0 <= value <= 1 for value in p):
        raise InputError(
            Problem(
                "two or more p-values between 0 and 1 are needed", hint="sim audit combine 0.2 0.05"
            )
        )
    values = np.array(p, dtype=np.float64)
    found = (
        ("Fisher's combination", strata.fisher(values), "any independent p-values"),
        (
            "product",
            strata.product(values),
            "only where each p is 1/T of a martingale at its stop, T not its maximum",
        ),
    )
    return [
        Line(name, len(values), "strata", risk, risk <= risk_limit, note)
        for name, risk, note in found
    ]
