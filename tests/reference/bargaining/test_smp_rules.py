"""The open rules of the spatial model, against printed runs where one exists (KTAB, MIT licence).

`smpExample` of 30 May 2017 runs with `proportional_cubic` votes and the `markov_incentive`
election. Its later turns are drawn by lot and its ideals lag, so the first turn is compared. What
else is printed: the election of three options with squared strengths, and the compromises of a
Nash bargaining demonstration (20 February 2015). No run with other commitments, risk ranges, risk
views or voting rules is published: these are held to a slow, obvious version
(tests/properties/test_bargaining_slow_twins.py) and to the values of their definitions.
"""

import numpy as np
import pytest

from sim.models.bargaining import smp
from sim.models.bargaining.base import Spatial
from sim.models.bargaining.pce import coalitions, conditional, victory
from sim.models.bargaining.spatial.challenges import challenges, chance_as_target_sees
from sim.models.bargaining.spatial.offers import between, offers
from sim.models.bargaining.spatial.rules import KNOWN, Rules
from sim.models.bargaining.spatial.views import OWN_SHARE, risks
from tests.reference.bargaining.ktab_runs import FIVE, THREE

EXAMPLE = Rules(voting="proportional_cubic", election="markov_incentive")


@pytest.fixture(scope="module")
def risk():
    return smp.own_risks(FIVE, EXAMPLE)


def test_attitudes_and_chances_under_cubic_votes_and_the_incentive_election(risk):
    assert risk.round(3).tolist() == [1.0, -0.387, -0.5, -0.001, -0.298]
    chances = smp.position_chances(FIVE, risk, EXAMPLE).round(4).tolist()
    assert chances == [0.3154, 0.1668, 0.1082, 0.2216, 0.1880]


def test_challenges_and_offers_under_cubic_votes(risk):
    made = offers(FIVE, risk, *challenges(FIVE, risk, EXAMPLE), EXAMPLE)
    rows = [(o.challenger, o.target, round(o.chance, 4), round(o.gain, 4)) for o in made]
    assert rows == [
        (0, 4, 0.5257, 0.0115),
        (1, 2, 0.7180, 0.2315),
        (2, 0, 0.4396, 0.0975),
        (3, 2, 0.7837, 0.4318),
        (4, 2, 0.5467, 0.0632),
    ]
    ends = [(100 * o.to_challenger).round(2).tolist() for o in made]
    assert ends == [
        [64.11, 48.13, 32.54],
        [23.48, 63.81, 70.13],
        [55.53, 63.19, 42.21],
        [33.48, 18.89, 19.04],
        [70.06, 76.00, 34.98],
    ]


def test_the_chance_as_the_target_sees_it(risk):
    pairs = [(0, 4), (1, 2), (2, 0), (3, 2), (4, 2)]
    seen = [round(chance_as_target_sees(i, j, FIVE, risk, EXAMPLE), 4) for i, j in pairs]
    assert seen == [0.6967, 0.7164, 0.6698, 0.7786, 0.5363]


def test_the_reference_puts_the_targets_gain_where_its_chance_belongs():
    printed = (100 * between(FIVE, 0, 4, 0.0974)[0]).round(2).tolist()
    honest = (100 * between(FIVE, 0, 4, 0.6967)[0]).round(2).tolist()
    assert (printed, honest) == ([73.14, 60.79, 26.41], [57.36, 42.57, 36.83])


def test_two_offers_or_their_mean_by_capability_times_salience(risk):
    known = challenges(FIVE, risk, EXAMPLE)
    both = offers(
        FIVE, risk, *known, Rules(EXAMPLE.victory, EXAMPLE.voting, EXAMPLE.election, offers="both")
    )[:2]
    mean = offers(
        FIVE,
        risk,
        *known,
        Rules(EXAMPLE.victory, EXAMPLE.voting, EXAMPLE.election, offers="weighted"),
    )[0]
    share = 117.7 * 0.681 / (117.7 * 0.681 + 63.8 * 0.754)
    expected = share * both[0].to_challenger + (1 - share) * both[1].to_challenger
    assert np.allclose(mean.to_challenger, expected, atol=1e-12)


@pytest.mark.parametrize(
    ("rule", "printed"),
    [("s1p1", [0.8320, 0.2164, 0.8165, 0.5082]), ("s2p2", [0.8495, 0.1576, 0.8482, 0.5163])],
)
def test_compromises_of_the_printed_bargaining_demonstration(rule, printed):
    position = np.array([[0.85] * 4, [0.15] * 4])
    salience = np.array([[0.95, 0.05, 0.5, 0.5], [0.05, 0.95, 0.05, 0.95]])
    found = between(Spatial(np.ones(2), position, salience), 0, 1, 0.6656, rule)[0]
    assert found.round(4).tolist() == pytest.approx(printed, abs=1.01e-4)


def test_under_s2pmax_only_the_weaker_moves():
    pair = Spatial(np.ones(2), np.array([[0.0], [1.0]]), np.array([[0.5], [0.5]]))
    ends = [float(x[0]) for x in between(pair, 0, 1, 0.8, "s2pmax")]
    assert ends == pytest.approx([0.0, 1 - 0.6], abs=1e-4)


@pytest.mark.parametrize(
    ("span", "expected"), [("mid", [-0.5, 0.25, 1]), ("min", [0, 0.5, 1]), ("max", [-1, 0, 1])]
)
def test_ranges_of_attitudes_to_risk(span, expected):
    assert risks(np.array([0.1, 0.3, 0.5]), span).tolist() == pytest.approx(expected)


def test_a_lead_of_a_tenth_wins_under_binary_victory_and_an_upset_keeps_its_millionth():
    found = victory(np.array([[1.0, 1.1], [1.0, 1.0]]), "binary")
    assert (found[0, 1], found[1, 0]) == (pytest.approx(1 - 1e-6, abs=1e-11), pytest.approx(1e-6))


def test_third_parties_stay_out_when_nothing_hangs_on_the_side_they_join():
    paths = [smp.resolve(THREE, 5, Rules(commitment=c)).states for c in ("none", "full", "semi")]
    assert np.array_equal(paths[0], paths[1])
    assert not np.allclose(paths[0], paths[2], atol=0.01)


def test_weights_of_an_actors_own_attitude_in_anothers_view():
    assert OWN_SHARE == {"none": 0, "third": 1 / 3, "half": 1 / 2, "two_thirds": 2 / 3, "full": 1}


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, vs in KNOWN.items() for v in vs])
def test_every_rule_gives_a_path_of_its_own_within_the_range(name, value):
    path = smp.resolve(THREE, 6, Rules(**{name: value}))
    plain = smp.resolve(THREE, 6)
    same = path.states.shape == plain.states.shape and np.allclose(path.states, plain.states)
    assert np.isfinite(path.probabilities).all()
    assert path.states.min() >= THREE.position.min() - 1e-4
    assert same == (value == getattr(Rules(), name))


def test_many_small_chances_do_not_end_in_a_draw():
    chance = np.full((300, 300), 0.01)
    chance[0], chance[1] = 0.011, 0.0105
    np.fill_diagonal(chance, 0.5)
    assert chance.prod(axis=1).sum() == 0.0
    found = conditional(chance)
    assert (round(float(found.sum()), 9), bool(found[0] > 0.999)) == (1.0, True)


def test_a_crowd_is_added_up_in_parts_to_the_same_strengths(monkeypatch):
    rng = np.random.default_rng(5)
    weights, utilities = rng.uniform(1, 9, 12), rng.uniform(size=(12, 7))
    whole = coalitions(weights, utilities)
    monkeypatch.setattr("sim.models.bargaining.pce.MOST_CELLS", 5 * 49)
    assert np.allclose(coalitions(weights, utilities), whole, rtol=1e-12)
