"""Measure a ballot-polling audit: the drawn ballots as read by hand, in the order drawn, against
the reported tally.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Compared, Measured, NextRound
from sim.fieldwork.audit.ballot_file import MISSING, Ballots, Votes, read_ballots
from sim.fieldwork.audit.tally import ballots_cast, check_risk_limit, leaders
from sim.models.audit import alpha, bravo, kaplan, rounds
from sim.models.audit.null import Floats
from sim.rng import generator

STREAM = "audit/plan"
ENTROPY = 0x5EED20240702
SIMULATED = 200
KAPLAN_G = 0.1
LEAST_WEIGHT = 100.0
LIMIT_OF_WEIGHT = 0.05
METHODS = {
    "alpha": "ALPHA",
    "bravo": "BRAVO",
    "kaplan-wald": "Kaplan-Wald",
    "kaplan-markov": "Kaplan-Markov",
}
CHANCE = 0.9


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of drawn ballots. cast: ballots in all. with_replacement: drawn ballots went
    back. method: decides. plan_next: work out the next round. chance: that it is enough (else 0.9).
    """

    tally: dict[str, int]
    risk_limit: float
    ballots: int | None = None
    with_replacement: bool = False
    method: str = "alpha"
    chance: float | None = None
    plan_next: bool = True

    @property
    def enough(self) -> float:
        """Return the chance with which the next round shall be enough."""
        return CHANCE if self.chance is None else self.chance


def measure_ballots(path: Path, ask: Question) -> Measured:
    """Return the attained risk: the largest over the reported losers, for each must be shown to be
    behind.

    Raises:
        InputError: a file or a word that cannot be read, or more ballots drawn than cast.
    """
    check_risk_limit(ask.risk_limit)
    read = read_ballots(path, list(ask.tally), ask.with_replacement)
    votes = read.votes
    cast = ballots_cast(ask.tally, ask.ballots)
    _check_size(votes, cast, ask, path.name)
    winner, _ = leaders(ask.tally)
    population = None if ask.with_replacement else cast
    by_loser = {
        loser: _risks(votes, ask.tally, winner, loser, population)
        for loser in ask.tally
        if loser != winner
    }
    risk = {key: max(float(p[key]) for p in by_loser.values()) for key in METHODS}
    hardest = max(by_loser, key=lambda loser: by_loser[loser][ask.method])
    return Measured(
        method=METHODS[ask.method],
        winner=winner,
        risk_limit=ask.risk_limit,
        attained_risk=risk[ask.method],
        drawn=len(votes),
        unit="ballots",
        notes=_notes(read, cast, ask),
        compared=tuple(Compared(METHODS[key], p) for key, p in risk.items() if key != ask.method),
        next_round=None
        if risk[ask.method] <= ask.risk_limit
        else _next_round(votes, cast, ask, winner, hardest),
    )


def _check_size(votes: Votes, cast: int, ask: Question, file: str) -> None:
    if ask.ballots is None and not ask.with_replacement and (votes < 0).any():
        words = "some drawn ballots name no candidate: more were cast than the reported votes"
        raise InputError(
            Problem(
                words,
                file,
                hint="say how many were cast, blank and invalid ones included: --ballots N",
            )
        )
    if len(votes) > cast and not ask.with_replacement:
        words = f"{len(votes):,} ballots drawn, {cast:,} cast"
        raise InputError(
            Problem(words, file, hint="say --with-replacement if ballots went back after each draw")
        )


def values(votes: Votes, winner: int, loser: int) -> Floats:
    """Return (n,) 1 for the winner, 0 for the loser and for a ballot that was not found, 1/2 for
    any other.
    """
    return np.where(votes == winner, 1.0, np.where((votes == loser) | (votes == MISSING), 0.0, 0.5))


def learning_rule(winner_votes: int, loser_votes: int) -> alpha.PairShare:
    """Return how ALPHA bets: the reported share counts as many ballots as BRAVO needs on average,
    100 at least.
    """
    share = winner_votes / (winner_votes + loser_votes)
    return alpha.PairShare(
        share,
        max(LEAST_WEIGHT, min(bravo.expected_ballots(share, 1 - share, LIMIT_OF_WEIGHT), 1e12)),
    )


def _risks(
    votes: Votes, tally: dict[str, int], winner: str, loser: str, population: int | None
) -> dict[str, float]:
    names = list(tally)
    x = values(votes, names.index(winner), names.index(loser))
    share = tally[winner] / (tally[winner] + tally[loser])
    found = {
        "alpha": alpha.p_values(
            x, learning_rule(tally[winner], tally[loser]), population=population
        ),
        "bravo": alpha.p_values(x, alpha.PairShare(share, np.inf), population=population),
        "kaplan-wald": kaplan.kaplan_wald(x, KAPLAN_G, population=population),
        "kaplan-markov": kaplan.kaplan_markov(x, KAPLAN_G, population=population),
    }
    return {key: float(p[-1]) for key, p in found.items()}


def _notes(read: Ballots, cast: int, ask: Question) -> tuple[str, ...]:
    n, missing, notes = len(read.votes), int((read.votes == MISSING).sum()), []
    if ask.with_replacement:
        notes.append("drawn with replacement")
    elif n == cast:
        notes.append("all ballots cast were read: the count is complete")
    else:
        told = "" if ask.ballots is not None else ", the reported votes (--ballots N if more)"
        notes.append(f"drawn without replacement from {cast:,} ballots{told}")
    if not read.ordered and n < cast:
        notes.append("no column `draw`: put in a random order, which holds for a first round only")
    if missing:
        notes.append(f"{missing:,} not found: each counts as a vote for every loser")
    return tuple(notes)


def _next_round(
    votes: Votes, cast: int, ask: Question, winner: str, loser: str
) -> NextRound | None:
    """Return how many more ballots ALPHA needs, against the loser who is hardest to show behind."""
    left = cast - len(votes)
    if not ask.plan_next or ask.method != "alpha" or (left == 0 and not ask.with_replacement):
        return None
    names, w, r = list(ask.tally), ask.tally[winner], ask.tally[loser]
    x = values(votes, names.index(winner), names.index(loser))
    wins, losses = int((x == 1).sum()), int((x == 0).sum())
    others = cast - w - r - (len(x) - wins - losses)
    if not ask.with_replacement and (wins > w or losses > r or others < 0):
        words = "more votes of a kind were drawn than reported: only a full count settles it"
        return NextRound(left, None, True, words)
    further = _further(x, (wins, losses), (w, r), cast, ask)
    note = f"if the reported votes are right (against {loser}, simulated {SIMULATED} times)"
    return NextRound(further, ask.enough, further >= left and not ask.with_replacement, note)


def _further(
    x: Floats, seen: tuple[int, int], reported: tuple[int, int], cast: int, ask: Question
) -> int:
    """Return the ballots that are enough with the chance asked for. Where ballots go back, the
    reported votes are taken so many times that no draw uses them up.
    """
    (w, r), rule = reported, learning_rule(*reported)
    scale = rounds.EXACT // cast + 1 if ask.with_replacement else 1
    log_t = float(alpha.growth(x, rule, population=None if ask.with_replacement else cast).sum())
    at = rounds.Standing(cast * scale, w * scale, r * scale, *seen, len(x), log_t)
    guess = int(min(3 * bravo.expected_ballots(w / cast, r / cast, ask.risk_limit), at.cast))
    rng = generator(ENTROPY, STREAM)
    more = rounds.further_ballots(at, rule, ask.risk_limit, SIMULATED, guess, rng)
    return int(min(np.ceil(np.quantile(more, ask.enough)), at.cast - at.drawn))
