"""Comparative statics of talks, relief and threats (signs of the cited papers), on rates where they
are exact.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.strategy.table.issue_parties import levels_now, party, row
from sim.models.strategy.table.promises import renewal_logit
from sim.models.strategy.table.talks import base_rate, deal_rate, exits, slope
from sim.models.strategy.table.utilities import grid_surpluses
from sim.models.strategy.threat_game import price_of_breach, solve, stakes
from sim.processes import beliefs
from sim.processes.before import negotiation, sanctions
from sim.records.events import AgreementSigned, TrackMoved
from sim.records.parameters.before.sanctions import Renewal, ThreatGame
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters

P = parameters().negotiation
AT = {
    "pressure": 0.0,
    "fear": 0.17,
    "nearness": 0.45,
    "breaches": 1.15,
    "mediator": 1.0,
    "contested": 0.0,
}


def rate(**moved: float) -> float:
    return deal_rate(P, AT | moved, False) * 30


@pytest.mark.parametrize(
    ("covariate", "sign"),
    [
        ("pressure", 1),
        ("fear", -1),
        ("nearness", -1),
        ("breaches", -1),
        ("mediator", 1),
        ("contested", -1),
    ],
)
def test_the_rate_of_deals_moves_as_the_literature_says(covariate: str, sign: int) -> None:
    assert (
        np.sign(rate(**{covariate: AT[covariate] + 0.5}) - rate(**{covariate: AT[covariate]}))
        == sign
    )


def test_the_rate_of_deals_is_its_formula() -> None:
    expected = 0.10 * np.exp(-1.0 * 0.17 - 0.5 * 0.45 - 0.5 * 1.15 + 0.4)

    assert rate() == pytest.approx(expected)


def test_more_breaches_suspend_talks_and_deals_faster() -> None:
    assert [slope(P, "breaches", before, "suspended", False) for before in ("talks", "deal")] == [
        0.7,
        0.7,
    ]


def test_a_mediator_makes_deals_less_durable_but_does_not_suspend_talks() -> None:
    assert [slope(P, "mediator", before, "suspended", False) for before in ("talks", "deal")] == [
        0.0,
        0.2,
    ]


def test_a_contested_announcement_ends_the_platforms_track_only() -> None:
    assert [slope(P, "contested", "suspended", "collapsed", home) for home in (False, True)] == [
        0.0,
        1.0,
    ]


def test_nothing_moves_the_rate_at_which_a_deal_is_carried_out() -> None:
    ways = exits(P, "deal", False)

    assert ways.states[2] == "implemented"
    assert not ways.steady[2].any()
    assert not ways.moving[2].any()
    assert base_rate(P, "deal", "implemented") == pytest.approx(0.08 / 30)


@given(st.floats(0, 1), st.floats(0.001, 0.5))
def test_more_relief_to_lose_raises_the_price_of_a_breach_and_concession(
    relief: float, more: float
) -> None:
    low, high = (stakes(ThreatGame(), r) for r in (relief, relief + more))

    assert price_of_breach(solve(high), high.target_cost) > price_of_breach(
        solve(low), low.target_cost
    )
    assert solve(high).concede > solve(low).concede


def test_licence_holders_make_imposition_less_likely() -> None:
    impose = [solve(stakes(ThreatGame(lobby_cost=cost), 0.27)).impose for cost in (0.0, 0.05, 0.15)]

    assert impose == sorted(impose, reverse=True)


def test_breaches_since_its_issue_make_the_renewal_of_a_licence_less_likely() -> None:
    logits = [renewal_logit(Renewal(), n) for n in (0, 1, 2)]

    assert logits == pytest.approx([2.6, 2.2, 1.8])


def before_poll(replicates: int = 120, **changes: object) -> tuple[int, int]:
    p, signed, suspended = parameters(**changes), 0, 0
    for replicate in range(replicates):
        world = quiet_world(
            p, beliefs.start, negotiation.start, sanctions.start, replicate=replicate
        )
        world.env.run(until=0)
        signed += bool(world.ledger.of(AgreementSigned))
        suspended += any(
            m.before == "talks" and m.after == "suspended" for m in world.ledger.of(TrackMoved)
        )
    return signed, suspended


@pytest.mark.slow
def test_under_common_luck_past_breaches_mean_fewer_agreements_and_more_suspensions() -> None:
    trusting, wary = (
        before_poll(negotiation__past_breach_days=[]),
        before_poll(negotiation__past_breach_days=[-27.0, -28.0, -29.0]),
    )

    assert wary[0] <= trusting[0]
    assert wary[1] > trusting[1]


def test_a_scenario_that_changes_the_end_leaves_the_beginning_as_it_was() -> None:
    worlds = [
        quiet_world(p, beliefs.start, negotiation.start, sanctions.start, replicate=5)
        for p in (parameters(), parameters(licences__GL8__renewal__logit=0.0))
    ]
    for world in worlds:
        world.env.run(until=100)

    assert list(worlds[0].ledger) == list(worlds[1].ledger)


@given(st.floats(0.2, 0.8), st.floats(0.0, 0.19))
@settings(max_examples=15, deadline=None)
def test_more_trust_never_leaves_fewer_packages_that_both_would_sign(
    trust: float, more: float
) -> None:
    space = parameters().issue_space
    quo = row(space, space.status_quo)
    levels = levels_now(space, quo, ballot_open=False)

    def signable(c: float) -> int:
        a, b = (
            grid_surpluses(party(space, "government_us", side, c, 0.9), quo, levels)
            for side in ("a", "b")
        )
        return int(((a >= P.min_gain) & (b >= P.min_gain)).sum())

    assert signable(trust + more) >= signable(trust)
