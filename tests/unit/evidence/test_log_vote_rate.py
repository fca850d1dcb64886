"""The log vote rate of Klimek et al. (2012): nu = ln((N - W)/W), tables without it left out."""

from math import log

import numpy as np
import pytest

from sim.models.forensics.moments import has_rate, kurtosis, log_vote_rate, skewness

VOTES, REGISTERED = np.array([25, 50, 0, 100]), np.array([100, 100, 100, 100])


def test_the_rate_is_the_log_odds_against_a_vote_without_half_a_vote():
    assert log_vote_rate(VOTES[:2], REGISTERED[:2]).tolist() == [log(3), 0.0]


def test_tables_without_a_vote_or_with_all_votes_have_no_rate():
    assert has_rate(VOTES, REGISTERED).tolist() == [True, True, False, False]


def test_moments_have_divisor_n_and_a_bell_curve_has_three():
    x = np.array([-1.0, -1.0, 1.0, 1.0])
    assert (skewness(x), kurtosis(x), kurtosis(np.array([0.0, 0, 0, 4]))) == pytest.approx(
        (0, 1, 7 / 3)
    )
