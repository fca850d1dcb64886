"""Minor candidates withdraw before the vote, and part of their votes follows whom they endorse."""

from __future__ import annotations

import numpy as np
import pytest

from sim.actors.minor import Minor
from sim.models.strategy.candidacy import Shares, shift_between, withdrawn
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.decisions.view import View
from sim.records.events import CandidateWithdrew, SupportShift
from tests.support.standalone import outcomes_of
from tests.support.strategy_case import HONEST, parameters, run

GOES = Forcing("ecarri", "withdraw", "yes", at=-9.0)


def worlds(rate: float, n: int = 60) -> list[World]:
    p = parameters(**HONEST, candidacy__withdrawal_rate=rate)
    return [run(p, replicate) for replicate in range(n)]


def gone(world: World) -> list[str]:
    return [event.name for event in world.ledger.of(CandidateWithdrew)]


def test_nobody_withdraws_by_itself_at_a_rate_of_0_and_more_do_at_a_higher_one() -> None:
    assert [sum(len(gone(w)) for w in worlds(rate)) for rate in (0.0, 0.06, 0.5)] == [0, 6, 104]


def test_who_withdraws_at_a_low_rate_withdraws_earlier_at_a_high_one() -> None:
    for low, high in zip(worlds(0.06), worlds(0.5), strict=True):
        days = {e.name: e.day for e in high.ledger.of(CandidateWithdrew)}
        assert all(days[e.name] < e.day for e in low.ledger.of(CandidateWithdrew))


def test_a_pledge_halves_the_rate() -> None:
    p = parameters(**HONEST, candidacy__withdrawal_rate=0.5)
    signed = set(p.candidacy.signatories)
    names = [name for world in worlds(0.5, 300) for name in gone(world)]
    others = {k for k, c in p.candidates.items() if c.role == "small"} - signed
    shares = [sum(n in group for n in names) / 300 / len(group) for group in (signed, others)]

    assert (len(signed), len(others)) == (7, 1)
    expected = [1 - np.exp(-0.5 * f * 26.25 / 30) for f in (0.5, 1.0)]
    assert shares == pytest.approx(expected, abs=0.06)


def test_who_withdraws_endorses_the_challenger_in_six_of_ten_cases() -> None:
    actor, rng = Minor(parameters(), "ecarri"), np.random.default_rng(4)
    asked = [actor.decide(View("endorse", -5.0), rng).option for _ in range(2000)]
    shares = [asked.count(option) / 2000 for option in ("challenger", "incumbent", "nobody")]

    assert shares == pytest.approx([0.6, 0.1, 0.3], abs=0.035)


def test_nobody_can_be_endorsed_in_place_of_a_barred_candidate() -> None:
    actor, rng = Minor(parameters(), "ecarri"), np.random.default_rng(4)
    view = View("endorse", -5.0, available=("incumbent", "nobody"))

    assert actor.decide(view, rng).probabilities == pytest.approx((0.0, 0.1, 0.9))


@pytest.mark.parametrize(
    ("option", "whom", "moved"),
    [("challenger", "gonzalez", -0.0075), ("incumbent", "maduro", 0.0195), ("nobody", "", 0.0)],
)
def test_half_of_the_votes_follow_an_endorsement(option: str, whom: str, moved: float) -> None:
    world = run(parameters(**HONEST), forcings=(GOES, Forcing("ecarri", "endorse", option)))
    shift = next(e for e in world.ledger.of(SupportShift) if e.cause == "withdrawal")

    assert world.ledger.of(CandidateWithdrew)[0].endorses == whom
    assert round(shift.d_logit_gov, 4) == moved
    assert outcomes_of(world)["n_on_ballot"] == 9


def test_two_withdrawals_leave_the_sum_of_what_both_leave() -> None:
    start = Shares(0.37, 0.57, 0.06)
    one = withdrawn(start, 0.3, 0.0)
    both = withdrawn(one, 0.2 / 0.7, 0.0)

    assert both.minor == pytest.approx(0.03)
    assert shift_between(start, withdrawn(start, 0.3, 0.0, 0.5), 0.6).d_logit_gov == pytest.approx(
        np.log((0.37 + 0.009) / 0.37)
    )


def test_who_carries_the_challengers_support_does_not_withdraw() -> None:
    forced = (
        Forcing("government", "bar_candidate", "yes", at=-20.0),
        Forcing("platform", "response", "endorse"),
        Forcing("marquez", "withdraw", "yes", at=-9.0),
    )
    world = run(parameters(**HONEST, candidacy__withdrawal_rate=0.0), forcings=forced)

    assert gone(world) == []
    assert outcomes_of(world)["n_on_ballot"] == 9
