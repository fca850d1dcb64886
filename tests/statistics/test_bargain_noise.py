"""How sure the end of the 13-actor run is when capabilities may be wrong by 5 %."""

import numpy as np
import pytest

from sim.fieldwork.bargaining.choice import Choice, solver
from sim.fieldwork.bargaining.noise import Noise, perturbed, perturbed_ends
from tests.reference.bargaining.ktab_runs import TWO


@pytest.mark.slow
def test_the_range_of_thirteen_actors_is_six_points_wide():
    """An independent program gave 33.5 to 39.5; a 5 % point of 100 draws has a standard error of
    about .4 here, so that 1.2 is three of them.
    """
    noise = Noise(capability=0.05, draws=100)
    found = perturbed_ends(TWO, solver(Choice()), 100, noise)
    low, _, high = 100 * np.quantile(found.outcomes[:, 0], (0.05, 0.5, 0.95))
    assert (low, high) == (pytest.approx(33.5, abs=1.2), pytest.approx(39.5, abs=1.2))


def test_perturbed_tables_stay_within_their_bounds():
    rng = np.random.default_rng(3)
    for _ in range(200):
        found = perturbed(TWO, Noise(0.3, 0.9, 0.5), rng.uniform(-1, 1, size=(13, 5)))
        assert found.salience.sum(axis=1).max() <= 1 + 1e-12
        assert 0.0 <= found.position.min() <= found.position.max() <= 1.0
        assert np.abs(found.capability / TWO.capability - 1).max() <= 0.3 + 1e-12


def test_more_noise_uses_the_same_luck():
    u = np.random.default_rng(3).uniform(-1, 1, size=(13, 5))
    some, more = (perturbed(TWO, Noise(capability=e), u).capability for e in (0.05, 0.1))
    assert np.allclose(more - TWO.capability, 2 * (some - TWO.capability))
