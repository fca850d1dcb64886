"""Quick kernels of bargaining against slow, obvious ones."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.bargaining import smp
from sim.models.bargaining.base import Party, Spatial, first_best
from sim.models.bargaining.condorcet_median import pairwise_vote, weighted_median
from sim.models.bargaining.pce import conditional, markov_uniform, victory
from sim.models.strategy.utilities import (
    composite,
    grid_surpluses,
    open_levels,
    package_at,
    perceived_surplus,
    utility,
)

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
    gain = utility(position, salience, package) - utility(position, salience, status_quo)
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


def slow_challenge(problem, risk, i, j):
    """Return (P, gain) of i against j as i sees it, written out actor by actor."""
    d = smp.distances(problem.position, problem.salience, problem.position)
    stake = problem.salience.sum(axis=1)
    w = problem.capability * stake

    def u(k, m):
        return float(smp.utility(np.array(d[k, m]), np.array((2 * risk[i] + risk[k]) / 3)))

    for_i = b_i = max(w[i] * (u(i, i) - u(i, j)), 0) + 1e-10
    for_j = b_j = abs(w[j] * (u(j, i) - u(j, j))) + 1e-10
    for n in set(range(len(w))) - {i, j}:
        first = w[n] * (u(n, i) - u(n, j))
        p = (b_i + max(first, 0)) / (b_i + b_j + abs(first))
        joins_i = p * (2 * u(n, i) + u(n, n)) + (1 - p) * 3 * u(n, j)
        joins_j = p * 3 * u(n, i) + (1 - p) * (2 * u(n, j) + u(n, n))
        vote = w[n] * (joins_i - joins_j)
        for_i, for_j = for_i + max(vote, 0), for_j + max(-vote, 0)
    chance = for_i / (for_i + for_j)
    fought = chance * 2 * u(i, i) + (1 - chance) * 2 * u(i, j)
    return chance, (1 - stake[j]) * 2 * u(i, i) + stake[j] * fought - (u(i, i) + u(i, j))


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=15, deadline=None)
def test_the_arrays_of_challenges_equal_the_loop_over_actors(seed):
    rng = np.random.default_rng(seed)
    problem = Spatial(
        rng.uniform(1, 50, 5), rng.uniform(size=(5, 2)), rng.uniform(0.05, 0.5, size=(5, 2))
    )
    risk = smp.own_risks(problem)
    chance, gain = smp.challenges(problem, risk)
    for i, j in itertools.permutations(range(5), 2):
        assert np.allclose(
            (chance[i, j], gain[i, j]), slow_challenge(problem, risk, i, j), atol=1e-9
        )
