"""The spatial model against its reference implementation's printed runs: every state, every actor.

Of a run in one dimension no numbers are to be had; there the path must be that of the same actors
in two dimensions, of which nobody cares about the second.
"""

import numpy as np
import pytest

from sim.models.bargaining import smp
from sim.models.bargaining.base import Spatial
from sim.models.bargaining.pce import probabilities
from sim.models.bargaining.spatial.challenges import challenges
from sim.models.bargaining.spatial.offers import offers
from sim.models.bargaining.spatial.views import distances, utility
from tests.reference.bargaining import ktab_runs as ktab

RUNS = {
    2: (ktab.TWO, ktab.TWO_CHANCES, [ktab.TWO_POSITIONS_1, ktab.TWO_POSITIONS_2]),
    3: (
        ktab.THREE,
        ktab.THREE_CHANCES,
        [ktab.THREE_POSITIONS_1, ktab.THREE_POSITIONS_2, ktab.THREE_POSITIONS_3],
    ),
}


@pytest.fixture(scope="module")
def paths():
    return {d: smp.resolve(problem, 100) for d, (problem, _, _) in RUNS.items()}


@pytest.mark.parametrize(("dimensions", "shape"), [(2, (28, 13, 2)), (3, (11, 7, 3))])
def test_every_state_of_a_printed_run_comes_out_to_print_rounding(paths, dimensions, shape):
    path, (_, chances, positions) = paths[dimensions], RUNS[dimensions]
    assert (path.states.shape, path.settled) == (shape, True)
    assert np.abs(100 * path.states - np.stack(positions, axis=2)).max() < 0.0501
    assert np.abs(path.probabilities - chances).max() < 5e-5


def by_greatest_difference(state, risk):
    """Return the chances when positions are taken for one whose every coordinate is close."""
    gap = np.abs(state[:, None] - state[None]).max(axis=2) < 1e-3
    firsts = [i for i in range(len(state)) if not gap[i, :i].any()]
    value = utility(distances(state, ktab.TWO.salience, state[firsts]), risk[:, None])
    chances = probabilities(ktab.TWO.capability, value)
    return chances[[int(np.flatnonzero(gap[i, firsts])[0]) for i in range(len(state))]]


def test_positions_are_one_by_distance_not_by_their_greatest_difference(paths):
    near = np.array([[0.5, 0.5], [0.5009, 0.5009], [0.5007, 0.5007]])
    assert smp.places(near) == ([0, 1], [0, 1, 1])
    path = paths[2]
    other = [by_greatest_difference(x, r) for x, r in zip(path.states, path.risks, strict=True)]
    off = np.abs(np.stack(other) - ktab.TWO_CHANCES).max(axis=1)
    assert [(int(t), round(float(off[t]), 2)) for t in np.flatnonzero(off > 1e-3)] == [
        (15, 0.04),
        (24, 0.24),
    ]


def test_in_one_dimension_the_path_is_that_with_a_second_one_that_nobody_cares_about():
    one = Spatial(ktab.TWO.capability, ktab.TWO.position[:, :1], ktab.TWO.salience[:, :1])
    second = np.zeros((13, 1))
    two = Spatial(
        one.capability, np.hstack((one.position, second)), np.hstack((one.salience, second))
    )
    paths = [smp.resolve(problem, 100) for problem in (one, two)]
    assert len(paths[0].states) == len(paths[1].states) > 5
    assert np.abs(paths[0].states[:, :, 0] - paths[1].states[:, :, 0]).max() < 1e-9


def test_attitudes_to_risk_at_the_start(paths):
    found = paths[3].risks[0].round(3).tolist()
    assert found == [-0.5, -0.459, -0.499, -0.274, 1.0, -0.232, -0.43]


def test_challenges_of_the_first_turn_are_those_that_were_printed(paths):
    first = [c for c in paths[3].challenges if c.turn == 1]
    assert [(c.challenger, c.target, round(c.chance, 4), round(c.gain, 4)) for c in first] == [
        (0, 6, 0.7643, 0.0947),
        (1, 0, 0.7964, 0.2810),
        (2, 6, 0.8334, 0.4711),
        (3, 0, 0.8056, 0.2839),
        (4, 0, 0.5836, 0.0116),
        (5, 1, 0.8510, 0.2986),
        (6, 1, 0.3970, 0.0286),
    ]


def test_who_carried_out_an_offer_is_who_moved_to_where_it_says(paths):
    path = paths[3]
    movers = [
        {c.challenger for c in path.challenges if c.turn == t and c.challenger_moved}
        | {c.target for c in path.challenges if c.turn == t and c.target_moved}
        for t in range(1, 11)
    ]
    moved = [
        set(np.flatnonzero(np.abs(np.diff(path.states, axis=0))[t].sum(axis=1)).tolist())
        for t in range(10)
    ]
    assert all(far <= taken for far, taken in zip(moved, movers, strict=True))


def test_the_bargain_that_actor_0_offers_to_actor_6(paths):
    risk = paths[3].risks[0]
    made = offers(ktab.THREE, risk, *challenges(ktab.THREE, risk))[0]
    assert (made.challenger, made.target) == (0, 6)
    assert (100 * made.to_challenger).round(2).tolist() == [75.61, 24.78, 71.95]
