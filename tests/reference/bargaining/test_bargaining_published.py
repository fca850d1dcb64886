"""Published or recomputed numbers of the bargaining models."""

from dataclasses import replace

import numpy as np
import pytest

from sim.models.bargaining import (
    challenge,
    concession,
    kalai_smorodinsky,
    pce,
    rubinstein,
    smp,
    war_of_attrition,
)
from sim.models.bargaining.baron_ferejohn import partner_share, proposer_share, shares
from sim.models.bargaining.base import Bilateral, Player, Spatial
from sim.models.bargaining.condorcet_median import weighted_median
from sim.models.bargaining.register import BARGAINING
from sim.models.bargaining.weighted_mean import weighted_mean
from tests.slow_twins.logit_equilibrium import logit_equilibrium

STRENGTH = np.array([[1e-10, 12.099, 54.921], [10.333, 1e-10, 27.079], [5.007, 55.047, 1e-10]])

# actor: capability, position, salience (car-emission standards, Bueno de Mesquita 1994)
EMISSION = np.array(
    [
        (0.08, 4, 0.8),
        (0.08, 7, 0.4),
        (0.03, 4, 0.2),
        (0.16, 4, 0.8),
        (0.16, 10, 0.6),
        (0.16, 10, 0.6),
        (0.16, 10, 0.9),
        (0.05, 7, 0.1),
        (0.05, 4, 1.0),
        (0.08, 7, 0.7),
    ]
)
POWER = EMISSION[:, 0] * EMISSION[:, 2]


def emission(low, high):
    return Spatial(EMISSION[:, 0], (EMISSION[:, 1:2] - low) / (high - low), EMISSION[:, 2:3])


def problem(a, b):
    return Bilateral(np.concatenate(([0.0], a)), np.concatenate(([0.0], b)))


def test_the_three_option_election_gives_the_printed_victories():
    chance = pce.victory(STRENGTH, "square").round(4)
    assert chance.tolist() == [[0.5, 0.5782, 0.9918], [0.4218, 0.5, 0.1948], [0.0082, 0.8052, 0.5]]


def test_the_three_forms_of_the_three_option_election_give_the_printed_probabilities():
    chance = pce.victory(STRENGTH, "square")
    forms = [
        pce.markov_uniform(chance),
        pce.markov_incentive(chance, STRENGTH),
        pce.conditional(chance),
    ]
    assert np.allclose(
        forms,
        [(0.6351, 0.2148, 0.1501), (0.5094, 0.2796, 0.2110), (0.8659, 0.1241, 0.0100)],
        atol=1e-4,
    )


def test_with_two_options_the_three_forms_agree():
    strength = np.array([[1e-10, 51.212], [19.714, 1e-10]])
    chance = pce.victory(strength, "square")
    forms = [
        pce.markov_uniform(chance),
        pce.markov_incentive(chance, strength),
        pce.conditional(chance),
    ]
    assert np.allclose(forms, [(0.8709, 0.1291)] * 3, atol=1e-4)


@pytest.mark.parametrize(
    ("vote", "expected"),
    [
        ("proportional", [0.4, 1.0]),
        ("binary", [2.0, 1.0]),
        ("cubic", [0.016, 1.0]),
        ("proportional_binary", [0.72, 1.0]),
        ("proportional_cubic", [0.208, 1.0]),
        ("asymmetric_prospect", [0.8 / 3, 2 / 3]),
    ],
)
def test_vote_rules_turn_a_gain_of_a_fifth_and_of_one_into_votes(vote, expected):
    strength = pce.coalitions(np.array([2.0, 1.0]), np.array([[0.6, 0.4], [0.0, 1.0]]), vote)
    assert np.allclose([strength[0, 1], strength[1, 0]], expected)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("linear", 2 / 3),
        ("square", 0.8),
        ("quartic", 16 / 17),
        ("octic", 256 / 257),
        ("binary", 1.0),
    ],
)
def test_victory_rules_for_a_coalition_of_twice_the_strength(rule, expected):
    assert pce.victory(np.array([[1.0, 2.0], [1.0, 1.0]]), rule)[0, 1] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("key", "at_zero", "with_reserves"),
    [
        ("nash", 0.666667, 0.696613),
        ("kalai_smorodinsky", 0.618034, 0.670971),
        ("egalitarian", 0.618034, 0.672381),
    ],
)
def test_solutions_of_the_square_root_problem(key, at_zero, with_reserves):
    x = np.linspace(0.0, 1.0, 400_001)
    found = [
        x[BARGAINING[key].settle(problem(x - d, np.sqrt(1 - x) - e)) - 1]
        for d, e in ((0.0, 0.0), (0.2, 0.1))
    ]
    assert found == pytest.approx([at_zero, with_reserves], abs=1e-4)


def test_solutions_of_the_hundred_and_one_slices():
    x = np.arange(101)
    pie = problem(x / 100, 1 - x / 100 - 0.2)
    settled = {
        key: BARGAINING[key].settle(pie) - 1
        for key in ("nash", "egalitarian", "kalai_smorodinsky", "concession")
    }
    assert settled == {"nash": 40, "egalitarian": 40, "kalai_smorodinsky": 40, "concession": 44}
    assert kalai_smorodinsky.settle(pie, ideal="all") - 1 == 44


def test_a_side_that_holds_out_gets_more_from_one_that_concedes_early():
    x = np.arange(101)
    assert (
        concession.settle(problem(x / 100, 1 - x / 100 - 0.2), exponent_a=0.25, exponent_b=4.0) - 1
        == 73
    )


def test_a_package_is_accepted_when_the_target_has_fallen_to_its_share():
    """The target is 1 - t^(1/e) of a side's best, so a share s is accepted from t = (1 - s)^e."""
    shares = np.array([1.0, 0.5, 0.0])
    times = [concession.acceptable_from(shares, e).round(4).tolist() for e in (1, 0.5, 2)]
    assert times == [[0.0, 0.5, 1.0], [0.0, 0.7071, 1.0], [0.0, 0.25, 1.0]]


@pytest.mark.parametrize(
    ("d1", "d2", "share"), [(0.9, 0.9, 0.526316), (0.95, 0.8, 0.833333), (0.8, 0.95, 0.208333)]
)
def test_first_movers_share_of_alternating_offers(d1, d2, share):
    assert rubinstein.first_share(d1, d2) == pytest.approx(share, abs=1e-6)


def test_an_outside_option_binds_only_above_the_equilibrium_share():
    options = [(0.0, 0.3), (0.0, 0.7), (0.6, 0.3), (0.0, 1.0), (0.5, 0.5)]
    found = [rubinstein.share_with_outside_options(0.9, 0.9, *pair) for pair in options]
    assert found == pytest.approx([0.526316, 0.3, 0.64, 0.0, 0.5], abs=1e-6)


def test_options_that_are_worth_more_than_the_pie_leave_nothing_to_agree_on():
    assert rubinstein.share_with_outside_options(0.9, 0.9, 0.8, 0.7) is None


def test_the_share_answers_itself_where_patience_is_nearly_endless():
    patience, outside = 1 - 1e-9, (0.3, 0.45)
    share = rubinstein.share_with_outside_options(patience, patience, *outside)
    assert share == pytest.approx(0.5, abs=1e-6)


def test_two_sides_of_endless_patience_are_refused():
    with pytest.raises(ValueError, match="never agree"):
        rubinstein.first_share(1.0, 1.0)


def test_breakdown_takes_the_place_of_impatience_in_the_limit():
    period = 1e-6  # discount factors exp(-(rate + breakdown rate) period), rates .2, .4 and .1
    d1, d2 = (np.exp(-(rate + 0.1) * period) for rate in (0.2, 0.4))
    assert rubinstein.first_share(d1, d2) == pytest.approx(0.5 / (0.3 + 0.5), abs=1e-6)


@pytest.mark.parametrize(
    ("d1", "d2", "expected"), [(0.999, 0.999, 0.5776), (0.95, 0.8, 0.8482), (0.8, 0.95, 0.3572)]
)
def test_alternating_offers_on_a_frontier_that_bends(d1, d2, expected):
    """b = 1 - a^2: a1^2 = (1 - d2) / (1 - d2 d1^2)."""
    x = np.linspace(0.0, 1.0, 20_001)
    packages = replace(problem(x, 1 - x**2), patience_a=d1, patience_b=d2)
    found = rubinstein.equilibrium(packages)
    assert found.surplus_a == pytest.approx(np.sqrt((1 - d2) / (1 - d2 * d1**2)), abs=1e-6)
    assert round(float(x[rubinstein.settle(packages) - 1]), 4) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize(("d1", "d2"), [(0.9, 0.9), (0.95, 0.8), (0.8, 0.95)])
def test_alternating_offers_over_slices_of_a_pie_are_the_shares(d1, d2):
    x = np.arange(101) / 100
    pie = replace(problem(x, 1 - x), patience_a=d1, patience_b=d2)
    assert rubinstein.equilibrium(pie).surplus_a == pytest.approx(rubinstein.first_share(d1, d2))
    assert abs(x[rubinstein.settle(pie) - 1] - rubinstein.first_share(d1, d2)) <= 0.005


def test_each_side_is_indifferent_between_accepting_and_offering():
    a, b = np.array([1.0, 0.8, 0.3, 0.0]), np.array([0.0, 0.5, 0.9, 1.0])
    mine = rubinstein.equilibrium(replace(problem(a, b), patience_a=0.9, patience_b=0.7))
    theirs = rubinstein.equilibrium(replace(problem(b, a), patience_a=0.7, patience_b=0.9))
    assert mine.surplus_b == pytest.approx(0.7 * theirs.surplus_a)
    assert theirs.surplus_b == pytest.approx(0.9 * mine.surplus_a)


def test_closed_rule_legislature_of_five():
    assert (round(proposer_share(5, 0.8), 6), round(partner_share(5, 0.8), 6)) == (0.68, 0.16)
    assert shares((Player(patience=0.8),) * 5) == pytest.approx((0.68, 0.16, 0.16, 0, 0))


def test_who_values_the_prize_more_leaves_the_war_of_attrition_first_more_often():
    a, b = Player(cost=1, prize=4), Player(cost=1, prize=1)
    assert war_of_attrition.hazards(a, b) == (1.0, 0.25)
    assert (war_of_attrition.mean_length(a, b), war_of_attrition.shares((a, b))) == (
        0.8,
        (0.2, 0.8),
    )


@pytest.mark.parametrize(
    ("l", "p", "q"),
    [
        (0.5, 0.830671, 0.418077),
        (1, 0.893576, 0.312780),
        (2, 0.860754, 0.191078),
        (5, 0.701984, 0.117135),
    ],
)
def test_logit_equilibrium_of_lopsided_matching_pennies(l, p, q):  # noqa: E741
    rows, columns = logit_equilibrium(np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]]), l)
    assert (rows[0], columns[0]) == pytest.approx((p, q), abs=1e-5)


def test_logit_equilibrium_goes_to_the_nash_equilibrium_that_nashpy_finds():
    nashpy = pytest.importorskip("nashpy")
    a, b = np.array([[9.0, 0], [0, 1]]), np.array([[0.0, 1], [1, 0]])
    nash = next(iter(nashpy.Game(a, b).support_enumeration()))
    limit = logit_equilibrium(a, b, 400.0, steps=4000)
    assert np.allclose(
        [nash[0][0], nash[1][0], limit[0][0], limit[1][0]], [0.5, 0.1, 0.5, 0.1], atol=0.01
    )


def pairwise_vote(a, b, position, weight):
    """Return sum w (|x - b| - |x - a|): positive when position a beats position b."""
    return float(weight @ (np.abs(position - b) - np.abs(position - a)))


def test_weighted_mean_and_median_of_the_emission_standards():
    x = EMISSION[:, 1]
    assert weighted_mean(EMISSION[:, 0], EMISSION[:, 1:2], EMISSION[:, 2:3])[0] == pytest.approx(
        7.389956, abs=1e-6
    )
    assert weighted_median(x, POWER) == 7.0
    assert [
        round(pairwise_vote(*pair, x, POWER) / 6, 4) for pair in ((7, 4), (7, 10), (10, 4))
    ] == [0.0905, 0.0025, 0.088]


@pytest.mark.parametrize(("low", "high", "last"), [(4, 10, 6.436), (0, 10, 7.619)])
def test_the_spatial_model_on_emission_standards_depends_on_the_scale(low, high, last):
    path = smp.resolve(emission(low, high), 30)
    assert low + (high - low) * path.outcome[0] == pytest.approx(last, abs=1e-3)


def test_the_spatial_model_on_emission_standards_runs_thirteen_turns():
    path = smp.resolve(emission(4, 10), 30)
    assert (4 + 6 * path.outcomes[:6, 0]).round(3).tolist() == [
        7.39,
        7.442,
        6.892,
        6.269,
        6.355,
        6.475,
    ]
    assert len(path.states) - 1 == 13


def rounds(variant, turns=8):
    path = challenge.resolve(emission(4, 10), turns, challenge.VARIANTS[variant])
    positions = 4 + 6 * path.states[:, :, 0]
    return (positions @ POWER / POWER.sum()).round(6).tolist(), (4 + 6 * path.outcomes[:, 0]).round(
        6
    ).tolist()


def test_the_challenge_model_as_the_text_has_it_settles_at_seven_in_three_rounds():
    means, medians = rounds("text")
    assert (len(means) - 1, means[-1], medians[-1]) == (3, 7.0, 7.0)


def test_the_all_pairs_reading_reproduces_the_nine_rounds_of_a_replication():
    means, medians = rounds("all_pairs")
    assert means == [
        7.389956,
        7.461314,
        7.552501,
        7.590145,
        7.358131,
        7.349174,
        7.414878,
        7.510457,
        7.572447,
    ]
    assert medians == [
        7.0,
        8.415932,
        9.610859,
        9.96198,
        9.96198,
        9.96198,
        7.472046,
        8.824594,
        9.67113,
    ]


def test_readings_of_the_challenge_model_disagree_on_the_same_data():
    assert {key: round(rounds(key, 12)[1][-1], 2) for key in challenge.VARIANTS} == {
        "text": 7.0,
        "all_pairs": 7.0,
        "salient_power": 10.0,
        "half_met": 4.0,
    }
