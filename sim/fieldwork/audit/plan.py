"""Plan an audit: how many ballots or batches confirm a right reported winner, method by method."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Size
from sim.fieldwork.audit.ballots import ENTROPY, SIMULATED, STREAM, learning_rule
from sim.fieldwork.audit.batch_file import Batches, read_batches
from sim.fieldwork.audit.batches import METHOD
from sim.fieldwork.audit.tally import ballots_cast, check_chance, check_risk_limit, leaders
from sim.models.audit import alpha, batch_polling, bravo, macro, rounds, supersimple
from sim.models.audit.supersimple import NONE, Discrepancies
from sim.rng import generator

FULL = "a full count by hand is as quick"
RULE_DRAWS = 100.0


def plan_audit(
    tally: dict[str, int],
    risk_limit: float,
    ballots: int | None = None,
    chance: float = 0.9,
    batches: Path | None = None,
    rates: Discrepancies = NONE,
) -> list[Size]:
    """Return the sizes that confirm a right reported winner.

    Args:
        tally: reported votes. ballots: ballots cast, invalid ones included (default: the votes).
        chance: of ending in one round. batches: CSV of the reported votes by batch
        (batches.read_batches), for the batch methods. rates: shares of ballots whose machine
        reading is expected to differ, for the comparison.

    Raises:
        InputError: numbers that cannot be; batches that contradict the tally.
    """
    check_risk_limit(risk_limit)
    check_chance(chance)
    _check_rates(rates)
    cast = ballots_cast(tally, ballots)
    winner, loser = leaders(tally)
    sizes = [*_polling(tally[winner], tally[loser], cast, risk_limit, chance)]
    sizes.append(_comparison((tally[winner] - tally[loser]) / cast, cast, risk_limit, rates))
    return (
        sizes
        if batches is None
        else [*sizes, *_batch_sizes(read_batches(batches, tally), risk_limit, chance)]
    )


def _check_rates(rates: Discrepancies) -> None:
    for name, rate in (("o1", rates.o1), ("o2", rates.o2), ("u1", rates.u1), ("u2", rates.u2)):
        if not 0 <= rate <= 0.5:
            hint = "0.001 is one ballot in a thousand"
            raise InputError(
                Problem(
                    f"--{name}: an expected rate lies between 0 and 0.5, found {rate:g}", hint=hint
                )
            )


def _polling(w: int, r: int, cast: int, risk_limit: float, chance: float) -> Iterator[Size]:
    average = bravo.expected_ballots(w / cast, r / cast, risk_limit)
    more = rounds.further_ballots(
        rounds.Standing(cast, w, r),
        learning_rule(w, r),
        risk_limit,
        SIMULATED,
        int(min(3 * average, cast)),
        generator(ENTROPY, STREAM),
    )
    half, most = float(np.median(more)), float(np.quantile(more, chance))
    without = "drawn without replacement (simulated)"
    yield _size("ALPHA, half of the audits", half, cast, without)
    yield _size(f"ALPHA, one round, chance {chance:g}", most, cast, without)
    yield _size("BRAVO, on average", average, cast, "drawn with replacement")
    one = bravo.round_ballots(w / cast, r / cast, risk_limit, chance)
    yield _size(f"BRAVO, one round, chance {chance:g}", one, cast, "drawn with replacement")


def _comparison(margin: float, cast: int, risk_limit: float, rates: Discrepancies) -> Size:
    if rates == NONE:
        size, note = float(supersimple.ballots_needed(margin, risk_limit)), "no discrepancy"
    else:
        found = supersimple.ballots_at_rates(margin, risk_limit, rates)
        size, note = np.inf if found is None else float(found), "discrepancies at the rates given"
    return _size(
        "super-simple comparison", size, cast, f"{note}; diluted margin {100 * margin:.3g} %"
    )


def _size(method: str, size: float, cast: int, note: str) -> Size:
    if size >= cast:
        return Size(method, cast, "ballots", FULL, full=True)
    return Size(method, int(np.ceil(size)), "ballots", note)


def _batch_sizes(found: Batches, risk_limit: float, chance: float) -> list[Size]:
    n, total = len(found.labels), found.total_bound
    least = macro.batches_needed(total, risk_limit)
    drawn = f"no discrepancy; drawn in proportion to their bounds, U = {total:.4g}"
    order = np.argsort(-found.reported.sum(axis=1), kind="stable")
    x = batch_polling.assorter(
        found.reported[order[0]], found.reported[order[1]], float(found.bound.max())
    )
    rule = alpha.ShrinkTrunc(min(max(float(x.mean()), 0.5 + 1e-6), 1 - 1e-6), RULE_DRAWS)
    half = batch_polling.sheet_sizes(
        x, n, (risk_limit,), rule, SIMULATED, generator(ENTROPY, STREAM)
    )[0]
    return [
        _batch_size(METHOD, least, n, drawn),
        _batch_size(
            "MACRO, one batch more",
            None if least is None else least + 1,
            n,
            "the rule of audit tools (Arlo)",
        ),
        _batch_size(
            "batch polling (ALPHA), half of the audits",
            half,
            n,
            "random sheets, totals without tables; simulated",
        ),
    ]


def _batch_size(method: str, size: float | None, n: int, note: str) -> Size:
    if size is None or size >= n:
        return Size(method, n, "batches", FULL, full=True)
    return Size(method, round(size), "batches", note)
