"""Reports by hour of a national quick count, and the rule of boxes on the synthetic frame."""

import itertools
import math

import numpy as np
import pytest

from sim.models.chain.box_check import drawn_boxes
from sim.rng import Streams
from tests.support.electorate_case import venezuela

OBSERVED = [27, 807, 1916, 1801, 1234, 522]


def arrivals_by_hour(
    n: int, median: float, sigma: float, ceiling: float, hours: int
) -> list[float]:
    """Return the expected reports in each of the first `hours` hours: n x ceiling x steps of the
    lognormal.
    """
    reached = [
        0.5 * math.erfc(-math.log(h / median) / (sigma * math.sqrt(2))) if h else 0.0
        for h in range(hours + 1)
    ]
    return [n * ceiling * (later - earlier) for earlier, later in itertools.pairwise(reached)]


def test_fitted_arrivals_of_7787_stations_by_hour():
    fitted = arrivals_by_hour(7787, 3.33, 0.433, 0.887, 6)
    assert fitted == pytest.approx([19, 807, 1971, 1790, 1119, 601], abs=3)
    assert np.abs(np.subtract(fitted, OBSERVED)).max() < 120


def test_the_rule_of_boxes_opens_557_in_a_thousand_of_the_synthetic_frame():
    drawn = drawn_boxes(venezuela(), Streams(1, 0))
    assert (drawn.size, round(float(drawn.mean()), 3)) == (30000, 0.557)
