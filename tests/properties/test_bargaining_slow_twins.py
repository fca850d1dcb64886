"""Quick kernels of bargaining against slow, obvious ones."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.bargaining import rubinstein, smp
from sim.models.bargaining.base import Bilateral, Party, Spatial, first_best
from sim.models.bargaining.condorcet_median import weighted_median
from sim.models.bargaining.frontier import efficient, hull, value_for_b
from sim.models.bargaining.pce import FORMS, conditional, markov_uniform, victory
from sim.models.bargaining.spatial.challenges import challenges, chance_as_target_sees
from sim.models.bargaining.spatial.rules import KNOWN, Rules
from sim.models.bargaining.spatial.views import distances, utility
from sim.models.strategy.table.utilities import (
    composite,
    grid_surpluses,
    open_levels,
    package_at,
    perceived_surplus,
)
from sim.models.strategy.table.utilities import utility as worth

ELECTION_FORMS = ("markov_uniform", "markov_incentive")
LEVEL = st.floats(0, 100)
ROW = st.tuples(LEVEL, LEVEL, LEVEL)
WEIGHT = st.floats(0.1, 30)
WEIGHTS = st.tuples(WEIGHT, WEIGHT, WEIGHT)


@given(ROW, WEIGHTS, ROW, st.floats(0, 1))
@settings(max_examples=40, deadline=None)
def test_the_grid_of_surpluses_equals_package_by_package(position, salience, status_quo, trust):
    side, levels = Party(position, salience, trust), open_levels(status_quo, 50.0)
    slow = [
        0.0,
        *(perceived_surplus(side, status_quo, package) for package in itertools.product(*levels)),
    ]
    assert np.allclose(grid_surpluses(side, status_quo, levels), slow, atol=1e-12)
    assert [package_at(i, status_quo, levels) for i in range(1, 28)] == list(
        itertools.product(*levels)
    )


@given(ROW, WEIGHTS, ROW, ROW)
def test_full_trust_perceives_the_difference_of_utilities(position, salience, status_quo, package):
    gain = worth(position, salience, package) - worth(position, salience, status_quo)
    assert abs(perceived_surplus(Party(position, salience), status_quo, package) - gain) < 1e-9


@given(ROW, WEIGHTS, ROW, ROW, st.floats(0, 1), st.floats(0, 1))
def test_more_trust_never_lowers_a_surplus(position, salience, status_quo, package, one, other):
    low, high = sorted((one, other))
    assert perceived_surplus(Party(position, salience, low), status_quo, package) <= (
        perceived_surplus(Party(position, salience, high), status_quo, package) + 1e-12
    )


@given(ROW, WEIGHTS)
def test_a_side_of_one_member_is_that_member(position, salience):
    side = composite([(1.0, position, salience)])
    assert np.allclose((side.position, side.salience), (position, salience))


@given(
    st.lists(st.integers(-5, 5).map(lambda x: x / 7), min_size=1, max_size=30),
    st.floats(-1e-13, 1e-13),
)
def test_the_first_of_the_best_is_taken(values, noise):
    objective = np.array(values) + noise * np.arange(len(values)) / len(values)
    rounded = [round(x, 12) for x in objective]
    assert first_best(objective) == rounded.index(max(rounded))


def pairwise_vote(a, b, position, weight):
    """Return sum w (|x - b| - |x - a|): positive when position a beats position b."""
    return float(weight @ (np.abs(position - b) - np.abs(position - a)))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=2, max_size=9))
def test_the_weighted_median_loses_no_pairwise_vote(actors):
    x, w = (np.array(column, dtype=float) for column in zip(*actors, strict=True))
    middle = weighted_median(x, w)
    assert min(pairwise_vote(middle, float(other), x, w) for other in x) >= -1e-9


@given(st.lists(st.floats(0.1, 9), min_size=9, max_size=9))
@settings(max_examples=30, deadline=None)
def test_the_probabilities_of_an_election_sum_to_one_in_every_form(cells):
    chance = victory(np.array(cells).reshape(3, 3))
    assert np.allclose([conditional(chance).sum(), markov_uniform(chance).sum()], 1.0)


SHARE = {"none": 0, "third": 1 / 3, "half": 1 / 2, "two_thirds": 2 / 3, "full": 1}
COMMON = st.builds(
    Rules,
    voting=st.sampled_from(KNOWN["voting"]),
    commitment=st.sampled_from(KNOWN["commitment"]),
    risk_view=st.sampled_from(KNOWN["risk_view"]),
)


def slow_vote(rule, w, d):
    """Return the votes of weight w for a difference d in utility, case by case."""
    step = max(-1.0, min(1.0, d / 1e-8))
    return (
        w
        * {
            "proportional": d,
            "binary": step,
            "cubic": d * d * d,
            "proportional_binary": 0.8 * d + 0.2 * step,
            "proportional_cubic": (d + d * d * d) / 2,
            "asymmetric_prospect": d if d < 0 else 2 * d / 3,
        }[rule]
    )


def slow_third_party(commitment, p, of_i, of_j, home):
    """Return (worth of joining i, of joining j): three positions, as the winner leaves them."""
    after = {
        "none": (home, home, home, home),
        "semi": (home, of_j, of_i, home),
        "full": (of_i, of_j, of_i, of_j),
    }[commitment]
    i_wins_with, j_wins_against, i_wins_against, j_wins_with = after
    joins_i = p * (2 * of_i + i_wins_with) + (1 - p) * (2 * of_j + j_wins_against)
    joins_j = p * (2 * of_i + i_wins_against) + (1 - p) * (2 * of_j + j_wins_with)
    return joins_i, joins_j


def slow_challenge(problem, risk, i, j, rules, viewer):
    """Return (P, gain) of i against j as the viewer sees it, written out actor by actor."""
    d = distances(problem.position, problem.salience, problem.position)
    stake = problem.salience.sum(axis=1)
    w = problem.capability * stake
    t = SHARE[rules.risk_view]

    def u(k, m):
        return float(utility(np.array(d[k, m]), np.array((1 - t) * risk[viewer] + t * risk[k])))

    def vote(k, difference):
        return slow_vote(rules.voting, w[k], difference)

    for_i = b_i = max(vote(i, u(i, i) - u(i, j)), 0) + 1e-10
    for_j = b_j = abs(vote(j, u(j, i) - u(j, j))) + 1e-10
    for n in set(range(len(w))) - {i, j}:
        first = vote(n, u(n, i) - u(n, j))
        p = (b_i + max(first, 0)) / (b_i + b_j + abs(first))
        joins_i, joins_j = slow_third_party(rules.commitment, p, u(n, i), u(n, j), u(n, n))
        more = vote(n, joins_i - joins_j)
        for_i, for_j = for_i + max(more, 0), for_j + max(-more, 0)
    chance = for_i / (for_i + for_j)
    fought = chance * 2 * u(i, i) + (1 - chance) * 2 * u(i, j)
    return chance, (1 - stake[j]) * 2 * u(i, i) + stake[j] * fought - (u(i, i) + u(i, j))


@given(st.integers(0, 2**32 - 1), COMMON)
@settings(max_examples=40, deadline=None)
def test_the_arrays_of_challenges_equal_the_loop_over_actors(seed, rules):
    rng = np.random.default_rng(seed)
    salience = rng.uniform(0.05, 0.5, size=(5, 2))
    problem = Spatial(rng.uniform(1, 50, 5), rng.uniform(size=(5, 2)), salience)
    risk = smp.own_risks(problem, rules)
    chance, gain = challenges(problem, risk, rules)
    for i, j in itertools.permutations(range(5), 2):
        slow = slow_challenge(problem, risk, i, j, rules, i)
        assert np.allclose((chance[i, j], gain[i, j]), slow, atol=1e-9)
    seen = chance_as_target_sees(0, 1, problem, risk, rules)
    assert abs(seen - slow_challenge(problem, risk, 0, 1, rules, 1)[0]) < 1e-9


@pytest.mark.slow
@given(st.lists(st.floats(0.1, 9), min_size=16, max_size=16), st.sampled_from(ELECTION_FORMS))
@settings(max_examples=30, deadline=None)
def test_the_markov_elections_are_where_many_damped_steps_lead(cells, form):
    strength = np.array(cells).reshape(4, 4)
    chance = victory(strength)
    p = np.full(4, 0.25)
    for _ in range(2000):
        p = (p + slow_step(p, chance, strength, form)) / 2
    assert np.allclose(FORMS[form](chance, strength), p, atol=1e-9)


def slow_step(p, chance, strength, form):
    """Return where one step of a Markov election leads, option by option."""
    m = len(p)
    worth = strength * chance
    np.fill_diagonal(worth, 1e-10)
    challenge = worth / worth.sum(axis=0) if form == "markov_incentive" else np.full((m, m), 1 / m)
    pairs = itertools.product(range(m), repeat=2)
    after = np.zeros(m)
    for i, j in pairs:
        after[i] += chance[i, j] * (p[i] * challenge[j, i] + p[j] * challenge[i, j])
    return after


PACKAGES = st.lists(
    st.tuples(st.integers(-4, 12).map(lambda x: x / 8), st.integers(-4, 12).map(lambda x: x / 8)),
    min_size=1,
    max_size=12,
)


def two_sided(pairs):
    a, b = np.array([(0.0, 0.0), *pairs]).T
    return Bilateral(a, b, 0.9, 0.8)


@given(PACKAGES)
def test_the_frontier_is_what_no_other_package_betters(pairs):
    found = two_sided(pairs)
    values = list(zip(found.surplus_a.tolist(), found.surplus_b.tolist(), strict=True))
    able = [i for i, (a, b) in enumerate(values) if a >= 0 and b >= 0]
    kept = {
        values[i]
        for i in able
        if not any(
            values[k][0] >= values[i][0] and values[k][1] >= values[i][1] and values[k] != values[i]
            for k in able
        )
    }
    rows = efficient(found)
    assert [values[row] for row in rows] == sorted(kept, reverse=True)


@given(PACKAGES)
@settings(deadline=None)
def test_no_lottery_of_two_packages_lies_beyond_the_hull(pairs):
    a, b = np.array([(0.0, 0.0), *pairs]).T
    a, b = np.maximum(a, 0), np.maximum(b, 0)
    rows = hull(a, b)
    for i, j, t in itertools.product(range(len(a)), range(len(a)), (0.0, 0.3, 0.5)):
        x, y = t * a[i] + (1 - t) * a[j], t * b[i] + (1 - t) * b[j]
        assert y <= value_for_b(a[rows], b[rows], x) + 1e-9


@given(PACKAGES, st.floats(0.05, 0.99), st.floats(0.05, 0.99))
@settings(deadline=None)
def test_the_equilibrium_offer_leaves_the_other_side_indifferent_or_takes_all(pairs, d1, d2):
    here = two_sided(pairs)
    mine = rubinstein.equilibrium(Bilateral(here.surplus_a, here.surplus_b, d1, d2))
    theirs = rubinstein.equilibrium(Bilateral(here.surplus_b, here.surplus_a, d2, d1))
    if mine is None or theirs is None:
        return
    among = (here.surplus_a >= 0) & (here.surplus_b >= 0)
    takes_all = abs(mine.surplus_a - here.surplus_a[among].max()) < 1e-9
    assert takes_all or abs(mine.surplus_b - d2 * theirs.surplus_a) < 1e-6
    assert mine.surplus_b >= d2 * theirs.surplus_a - 1e-6
