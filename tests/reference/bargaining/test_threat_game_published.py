"""R6: the threat game against agent quantal-response equilibria computed by an independent solver;
prototype numbers.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.strategy.threat_game import (
    Stakes,
    perfect_information,
    price_of_breach,
    selection_effect,
    solve,
    stakes,
)
from sim.records.parameters.before.sanctions import ThreatGame

PUBLISHED = Stakes(1.0, 0.4, 0.3, 0.2, 1.0, 1.0, 0.3)
games = st.builds(
    Stakes,
    st.floats(1, 6),
    st.floats(0.1, 0.4),
    st.floats(0.1, 0.6),
    st.floats(0, 0.5),
    st.just(1.0),
    st.floats(0.8, 2),
    st.floats(0, 2),
)


@pytest.mark.parametrize(
    ("rationality", "target_cost", "expected"),
    [
        (1, 0.3, (0.583456, 0.354827, 0.574443)),
        (1, 0.6, (0.593500, 0.395188, 0.574443)),
        (1, 0.9, (0.603831, 0.437030, 0.574443)),
        (3, 0.3, (0.640325, 0.181383, 0.710950)),
        (3, 0.6, (0.714146, 0.295847, 0.710950)),
        (3, 0.9, (0.794528, 0.443419, 0.710950)),
    ],
)
def test_r6_threat_concession_and_imposition(
    rationality: float, target_cost: float, expected: tuple[float, float, float]
) -> None:
    found = solve(replace(PUBLISHED, rationality=rationality, target_cost=target_cost))

    assert (found.threaten, found.concede, found.impose) == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize(
    ("relief", "expected", "price"),
    [
        (0.0, (0.4564, 0.0452, 0.6106), 0.0),
        (0.27, (0.5126, 0.1129, 0.6106), 0.1690),
        (0.52, (0.6171, 0.2414, 0.6106), 0.3919),
    ],
)
def test_a_chance_of_a_quarter_gives_the_stated_probabilities_and_price_of_breach(
    relief: float, expected: tuple[float, float, float], price: float
) -> None:
    game = stakes(ThreatGame(works_share=0.25), relief)
    found = solve(game)

    assert (found.threaten, found.concede, found.impose) == pytest.approx(expected, abs=5e-5)
    assert price_of_breach(found, game.target_cost) == pytest.approx(price, abs=5e-5)


def test_with_perfect_information_a_credible_threat_is_conceded_to_iff_it_would_hurt_enough() -> (
    None
):
    found = [perfect_information(replace(PUBLISHED, target_cost=cost)) for cost in (0.59, 0.61)]

    assert found == [(True, False, True), (True, True, True)]
    assert perfect_information(replace(PUBLISHED, sender_cost=0.7)) == (False, False, False)


def test_private_costs_make_threats_succeed_more_often_than_impositions() -> None:
    assert selection_effect(0.4, 1.0, 1.2) == pytest.approx((0.50, 0.40))


def test_logit_responses_tend_to_the_perfect_equilibrium() -> None:
    found = solve(replace(PUBLISHED, rationality=400.0, target_cost=0.9))

    assert (found.threaten, found.concede, found.impose) == pytest.approx((1, 1, 1), abs=1e-6)


@given(games, st.floats(0.01, 0.3))
def test_a_costlier_breach_makes_concession_and_threat_more_likely(
    game: Stakes, more: float
) -> None:
    low, high = solve(game), solve(replace(game, target_cost=game.target_cost + more))

    assert high.concede >= low.concede
    assert high.impose == low.impose


@given(games, st.floats(0.01, 0.3))
def test_imposition_rises_with_success_and_audience_cost_and_falls_with_the_senders_cost(
    game: Stakes, more: float
) -> None:
    base = solve(game).impose

    assert solve(replace(game, works_share=game.works_share + more)).impose >= base
    assert solve(replace(game, audience_cost=game.audience_cost + more)).impose >= base
    assert solve(replace(game, sender_cost=game.sender_cost + more)).impose <= base


def test_a_threat_that_was_not_carried_out_makes_the_next_one_weaker() -> None:
    found = [solve(stakes(ThreatGame(), 0.27, dropped=dropped)) for dropped in (0, 1, 2)]

    assert [round(f.concede, 4) for f in found] == [0.128, 0.1045, 0.0893]
    assert [round(f.impose, 4) for f in found] == [0.6353, 0.5948, 0.5615]


def test_stated_statics_of_imposition_and_threat() -> None:
    at = ThreatGame(works_share=0.25)
    impose = [
        solve(stakes(at.model_copy(update=change), 0.27)).impose
        for change in ({}, {"sender_cost": 0.55}, {"audience_cost": 0.5})
    ]
    threaten = solve(stakes(at.model_copy(update={"works_share": 0.40}), 0.27)).threaten

    assert impose == pytest.approx([0.611, 0.389, 0.794], abs=5e-4)
    assert threaten == pytest.approx(0.649, abs=5e-4)
