"""Measure a ballot-level comparison (super-simple) from its counts of discrepancies."""

from __future__ import annotations

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Measured, NextRound
from sim.fieldwork.audit.tally import MOST_BALLOTS, check_risk_limit
from sim.models.audit import supersimple
from sim.models.audit.supersimple import Discrepancies

LEAST_MARGIN = 1 / MOST_BALLOTS


def measure_comparison(
    ballots: int, margin: float, seen: Discrepancies, risk_limit: float, cast: int | None = None
) -> Measured:
    """Return the attained risk of `ballots` compared ballots, drawn from `cast` (None: not stated).

    Raises:
        InputError: numbers that cannot be: a limit, a margin, more discrepancies than ballots, more
        ballots than cast.
    """
    check_risk_limit(risk_limit)
    _check(ballots, margin, seen, cast)
    complete = ballots == cast
    risk = (supersimple.settled_risk if complete else supersimple.attained_risk)(
        ballots, margin, seen
    )
    notes = [f"{seen.ballots:,} of {ballots:,} compared ballots differ"]
    notes += ["all ballots cast were compared: the count is complete"] if complete else []
    done = complete or risk <= risk_limit
    return Measured(
        method="super-simple comparison",
        winner="The reported winner",
        risk_limit=risk_limit,
        attained_risk=risk,
        drawn=ballots,
        unit="ballots",
        notes=tuple(notes),
        next_round=None if done else _next_round(ballots, margin, seen, risk_limit, cast),
    )


def _next_round(
    ballots: int, margin: float, seen: Discrepancies, risk_limit: float, cast: int | None
) -> NextRound:
    needed = supersimple.ballots_needed(margin, risk_limit, seen)
    if cast is not None and needed >= cast:
        return NextRound(cast - ballots, None, True, "a full count is as quick")
    return NextRound(max(needed - ballots, 1), None, False, "if no further ballot differs")


def _check(ballots: int, margin: float, seen: Discrepancies, cast: int | None) -> None:
    if not LEAST_MARGIN <= margin <= 1:
        words = f"a diluted margin lies between 1e-10 and 1, found {margin:g}"
        raise InputError(
            Problem(
                words, hint="votes between the two leaders over ballots cast; 0.01 is 1 per cent"
            )
        )
    if not 1 <= ballots <= MOST_BALLOTS:
        raise InputError(
            Problem(
                f"{ballots} compared ballots cannot be",
                hint=f"write a number from 1 to {MOST_BALLOTS:,}",
            )
        )
    if min(seen.o1, seen.o2, seen.u1, seen.u2) < 0 or seen.ballots > ballots:
        raise InputError(
            Problem(f"{seen.ballots} discrepancies in {ballots:,} compared ballots cannot be")
        )
    if cast is not None and not ballots <= cast <= MOST_BALLOTS:
        raise InputError(
            Problem(
                f"{ballots:,} ballots compared and {cast:,} cast cannot be",
                hint="--cast: all ballots cast",
            )
        )
