"""KTAB's published run of the spatial model on seven actors and three dimensions (MIT): every
state, every actor.
"""

import re

import numpy as np
import pytest

from sim.models.bargaining import smp
from sim.models.bargaining.base import Spatial
from tests.large_files import large, needs

NAME = "negotiation/ktab/ref_dummyData_3Dim.history.txt"
HISTORY = large(NAME)

# capability, then position and salience for three dimensions
ACTORS = np.array(
    [
        (102.543, 75.79, 49.53, 6.37, 5.91, 70.45, 28.15),
        (53.393, 82.72, 30.33, 73.50, 21.22, 64.00, 24.79),
        (129.643, 82.45, 48.47, 90.89, 13.55, 0.07, 34.62),
        (75.920, 62.52, 20.76, 50.82, 39.24, 62.33, 22.21),
        (63.224, 82.34, 40.96, 45.77, 25.43, 73.31, 22.59),
        (120.048, 84.48, 22.92, 33.70, 39.35, 88.11, 15.42),
        (54.178, 70.96, 31.75, 33.46, 27.93, 90.36, 26.03),
    ]
)
PROBLEM = Spatial(ACTORS[:, 0], ACTORS[:, 1::2] / 100, ACTORS[:, 2::2] / 100)


@pytest.fixture(scope="module")
def path():
    return smp.resolve(PROBLEM, 30)


def published():
    """Return positions (11, 7, 3) on 0..100 and probabilities (11, 7) as printed."""
    positions, chances = np.zeros((11, 7, 3)), np.zeros((11, 7))
    for line in HISTORY.read_text().splitlines():
        found = re.match(r"SActor-(\d+), (?:Pstn(\d)|prob )\s*:\s*(.*)", line)
        if found:
            values = [float(cell) for cell in found[3].split()]
            if found[2]:
                positions[:, int(found[1]), int(found[2]) - 1] = values
            else:
                chances[:, int(found[1])] = values
    return positions, chances


@needs(NAME)
def test_every_state_of_the_published_run_is_reproduced_to_print_rounding(path):
    positions, chances = published()
    assert path.states.shape == (11, 7, 3)
    assert np.abs(100 * path.states - positions).max() < 0.0501
    assert np.abs(path.probabilities - chances).max() < 5e-5


def test_first_and_last_probabilities(path):
    assert path.probabilities[0].round(4).tolist() == [
        0.0047,
        0.0302,
        0.0054,
        0.1492,
        0.6001,
        0.1447,
        0.0656,
    ]
    assert path.probabilities[-1].round(4).tolist() == [
        0.3340,
        0.3340,
        0.0183,
        0.0957,
        0.1512,
        0.4009,
        0.1512,
    ]


def test_attitudes_to_risk_at_the_start(path):
    assert path.risks[0].round(3).tolist() == [-0.5, -0.459, -0.499, -0.274, 1.0, -0.232, -0.43]


def test_challenges_of_the_first_turn(path):
    chance, gain = smp.challenges(PROBLEM, path.risks[0])
    rows = [
        (i, int(j), round(float(chance[i, j]), 4), round(float(gain[i, j]), 4))
        for i, j in enumerate(gain.argmax(axis=1))
    ]
    assert rows == [
        (0, 6, 0.7643, 0.0947),
        (1, 0, 0.7964, 0.2810),
        (2, 6, 0.8334, 0.4711),
        (3, 0, 0.8056, 0.2839),
        (4, 0, 0.5836, 0.0116),
        (5, 1, 0.8510, 0.2986),
        (6, 1, 0.3970, 0.0286),
    ]


def test_the_bargain_that_actor_0_offers_to_actor_6(path):
    made = smp.bargains(PROBLEM, *smp.challenges(PROBLEM, path.risks[0]))
    assert made[0][:2] == (0, 6)
    assert (100 * made[0][2]).round(2).tolist() == [75.61, 24.78, 71.95]
