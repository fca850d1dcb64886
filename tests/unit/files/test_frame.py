"""The frame of any country: sums, determinism, clear refusals."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.errors import InputError
from sim.models.electorate.frame import synthesise
from sim.models.numbers.apportion import adams_divisor, largest_remainder, tables_under
from tests.support.electorate_case import SMALL_COUNTRY, frame_parameters, small_country


def test_largest_remainder_gives_the_last_seats_to_the_largest_remainders():
    assert largest_remainder(np.array([1.4, 2.5, 3.1]), 7).tolist() == [1, 3, 3]


def test_adams_divisor_is_the_smallest_that_needs_no_more_tables():
    sizes = np.array([100, 250, 1000])
    divisor = adams_divisor(sizes, 7)
    assert (divisor, tables_under(sizes, divisor).tolist()) == (pytest.approx(250), [1, 1, 4])


def test_a_small_country_has_the_stated_totals_by_state():
    frame = small_country()
    state = frame.centre_state[frame.centre]
    assert np.bincount(state, frame.registered).tolist() == [90_000, 60_000, 500]
    assert np.bincount(state).tolist() == [180, 120, 5]
    assert np.bincount(frame.centre_state).tolist() == [60, 50, 5]


def test_voters_abroad_share_one_parish_and_the_last_zone():
    frame = small_country()
    assert len(set(frame.centre_parish[frame.centre_abroad].tolist())) == 1
    assert set(frame.centre_zone[frame.centre_abroad].tolist()) == {frame.zones - 1}


def test_the_same_table_and_parameters_give_the_same_frame_and_another_seed_another():
    again = synthesise(replace(SMALL_COUNTRY), frame_parameters(), "small")
    other = synthesise(SMALL_COUNTRY, frame_parameters(seed=1), "small")
    assert again is small_country()
    assert (again.digest == small_country().digest, other.digest == again.digest) == (True, False)


def test_centres_stand_in_canonical_order_and_tables_follow_them():
    frame = small_country()
    assert np.all(np.diff(frame.centre_state) >= 0)
    assert np.all(np.diff(frame.centre_parish) >= 0)
    assert np.all(np.diff(frame.centre) >= 0)


@pytest.mark.parametrize(
    "change",
    [
        {"size_sd": 0.5},
        {"table_sd": 0.1},
        {"centre_min_voters": 300.0},
        {"centre_max_voters": 4000.0},
        {"parish_centres": 5.0},
        {"zones": 2},
        {"size_slope": 0.0},
        {"parish_sd": 0.1},
        {"small_centre_voters": 900.0},
        {"small_centre_sd": 0.1},
        {"centre_sd": 0.1},
    ],
)
def test_every_parameter_of_the_frame_moves_it(change):
    assert synthesise(SMALL_COUNTRY, frame_parameters(**change)).digest != small_country().digest


def test_a_register_that_its_centres_cannot_hold_is_refused():
    crowded = replace(SMALL_COUNTRY, registered=(2_000, 60_000, 500))
    with pytest.raises(InputError, match="North: 60 centres of 40 to 9000 voters cannot hold 2000"):
        synthesise(crowded, frame_parameters())


def test_fewer_tables_than_centres_are_refused():
    with pytest.raises(InputError, match="South: 49 tables for 50 centres"):
        synthesise(replace(SMALL_COUNTRY, tables=(180, 49, 5)), frame_parameters())
