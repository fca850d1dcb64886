"""Normal numbers by look-up: exact moments, close to the normal law, one number a place whatever
follows.
"""

import numpy as np
from scipy.special import ndtr

from sim.fast.normals import VALUES, normal_of, normal_words, normals, values
from sim.rng import Streams


def test_mean_variance_and_skewness_are_those_of_the_normal_law():
    z = values().astype(np.float64)
    assert np.allclose([z.mean(), np.square(z).mean(), (z**3).mean()], [0, 1, 0], atol=1e-9)


def test_the_fourth_and_sixth_moments_miss_three_and_fifteen_by_little():
    z = values().astype(np.float64)
    assert [round(float((z**k).mean()), 3) for k in (4, 6)] == [3.0, 14.991]


def test_the_distribution_function_is_within_one_sixty_five_thousandth_of_phi():
    below = ndtr(values().astype(np.float64))
    gap = max(
        np.abs(below - np.arange(VALUES) / VALUES).max(),
        np.abs(below - np.arange(1, VALUES + 1) / VALUES).max(),
    )
    assert gap < 2**-16


def test_a_longer_draw_begins_with_the_shorter_one():
    short, long = (normals(Streams(7, 3)("s"), n) for n in (10, 1001))
    assert np.array_equal(short, long[:10])


def test_numbers_of_some_places_are_those_of_all():
    some = normal_of(normal_words(Streams(7, 3)("s"), 2, 50)[1, 7:9])
    assert np.array_equal(some, normals(Streams(7, 3)("s"), 2, 50)[1, 7:9])


def test_a_million_numbers_spread_as_normal_numbers_do():
    z = normals(Streams(1, 0)("s"), 10**6)
    shares = np.histogram(z, [-np.inf, -3, -2, -1, 0, 1, 2, 3, np.inf])[0] / 10**6
    expected = np.diff(ndtr([-np.inf, -3, -2, -1, 0, 1, 2, 3, np.inf]))
    assert (np.abs(shares - expected) < 5 * np.sqrt(expected / 10**6)).all()


def test_neighbours_do_not_go_together():
    z = normals(Streams(1, 0)("s"), 10**6).astype(np.float64)
    assert max(abs(float(np.mean(z[k:] * z[:-k]))) for k in (1, 2, 3, 4)) < 5e-3
