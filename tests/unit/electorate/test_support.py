from __future__ import annotations

import numpy as np
import pytest
from pydantic import ValidationError

from sim.models.electorate.support import (
    NO_SHIFTS,
    Shifts,
    draw_national,
    lead_of,
    lead_on,
    logit,
    logit_on,
    others_share,
    poll_bias_centre,
    small_total,
    turnout_share,
)
from sim.models.strategy.response import logistic
from sim.rng import Streams
from tests.support.electorate_case import ballot, contest, support, three_large, turnout, two_alone


def national(
    replicate=0, days=26, contest=contest, turnout_changes=None, ballot_changes=None, **changes
):
    return draw_national(
        Streams(7, replicate),
        support(**changes),
        turnout(**(turnout_changes or {})),
        ballot(**(ballot_changes or {})),
        contest(),
        -26,
        days,
    )


QUIET = {"common_error_sd": 0.0, "walk_sd": 0.0}
SURE = {"lead_mean": 0.1, "lead_sd": 0.0, "independent": None, "government": None, "walk_sd": 0.0}
NO_SMALL = {"small_share": 0.0}


def test_with_all_the_weight_the_government_aligned_family_is_right():
    n = national(family_weight=1.0, **QUIET)
    assert n.logit_now == pytest.approx(1.031, abs=0.25)


def test_the_centre_is_a_weighted_mean_of_the_families():
    silent = {
        "independent": {"mean_logit": -1.0, "error_sd": 0.0},
        "government": {"mean_logit": 1.0, "error_sd": 0.0},
    }
    assert national(family_weight=0.25, **silent, **QUIET).logit_now == pytest.approx(-0.5)


def test_a_lead_takes_the_place_of_the_polls():
    given = {"lead_mean": 0.2, "lead_sd": 0.0, "independent": None, "government": None}
    n = national(**given, walk_sd=0.0, ballot_changes={"small_sd": 0.0})
    assert lead_on(n, 0) == pytest.approx(0.2)


@pytest.mark.parametrize(
    "given", [{"lead_mean": 0.2}, {"lead_sd": 0.2}, {"independent": None, "government": None}]
)
def test_a_prior_that_is_not_whole_is_refused(given):
    with pytest.raises(ValidationError, match=r"belong together|no prior"):
        support(**given)


def test_the_common_error_is_a_student_t_with_four_degrees_of_freedom():
    """Quantiles .75 and .975 of the published table: .741 and 2.776."""
    silent = {"independent": {"mean_logit": 0.0, "error_sd": 0.0}, "family_weight": 0.0}
    t = np.abs([national(r, **silent, common_error_sd=1.0).logit_now for r in range(4000)])
    assert np.quantile(t, [0.5, 0.95]) == pytest.approx([0.741, 2.776], rel=0.06)


def test_the_walk_adds_up_day_by_day_and_longer_walks_move_nothing():
    short, long = national(days=26), national(days=60)
    assert long.walk[:27] == short.walk
    assert logit_on(short, 0.25) == short.logit_now + short.walk[26]
    assert logit_on(short, -26.0) == short.logit_now


def test_a_day_beyond_the_drawn_walk_is_an_error():
    with pytest.raises(IndexError):
        logit_on(national(days=26), 1.0)


def test_shifts_add_up_and_move_their_own_logit():
    n, shifts = national(), NO_SHIFTS.plus(0.1, 0.2, -0.3).plus(0.1, 0.0, 0.0)
    assert shifts == Shifts(0.2, 0.2, -0.3)
    assert logit_on(n, 0, shifts) == pytest.approx(logit_on(n, 0) + 0.2)
    assert logit(small_total(n, shifts)) == pytest.approx(n.logit_small + 0.2)
    assert logit(turnout_share(n, shifts)) == pytest.approx(n.logit_turnout - 0.3)


def test_the_lead_is_challenger_minus_incumbent_as_a_share_of_valid_votes():
    assert lead_of(0.3, 0.05) == pytest.approx(0.95 * 0.7 - 0.95 * 0.3)


def test_the_family_that_is_right_shows_no_bias_but_its_own_error():
    silent = {"independent": {"mean_logit": -0.976, "error_sd": 0.0}, "family_weight": 0.0}
    n, p = national(**silent, **QUIET), support()
    assert poll_bias_centre(n, p.independent) == pytest.approx(0.0)
    gap = 2 * (logistic(1.031) - logistic(-0.976)) * (1 - others_share(n))
    assert poll_bias_centre(n, p.government) == pytest.approx(-gap)


def test_without_small_candidates_the_lead_is_that_of_the_two():
    alone = [national(contest=two_alone, **{**SURE, "ballot_changes": x}) for x in ({}, NO_SMALL)]
    assert [round(lead_on(n, 0), 9) for n in alone] == [0.1, 0.1]
    assert [others_share(n) for n in alone] == [0.0, 0.0]


def test_nobody_votes_for_small_candidates_of_no_share():
    n = national(ballot_changes=NO_SMALL)
    assert (small_total(n), len(n.small_split)) == (0.0, 8)


def test_every_small_candidate_has_a_share_and_they_sum_to_one():
    split = national().small_split
    assert (len(split), min(split) > 0, sum(split)) == (8, True, pytest.approx(1))


def test_a_third_large_candidate_takes_its_share_from_both_camps():
    n = national(contest=three_large)
    assert others_share(n) == pytest.approx(small_total(n) + 0.2 * (1 - small_total(n)))
    assert abs(lead_on(n, 0)) < 1 - others_share(n)


@pytest.mark.parametrize(
    "changes",
    [
        {"family_weight": 1.0},
        {"family_weight": 0.5},
        {"lead_mean": 0.1, "lead_sd": 0.2},
        {"independent": {"mean_logit": -0.5, "error_sd": 0.12}},
        {"independent": {"mean_logit": -0.976, "error_sd": 0.5}},
        {"common_error_sd": 0.1},
        {"walk_sd": 0.04},
        {"turnout_changes": {"present_share": 0.7}},
        {"turnout_changes": {"present_sd": 0.1}},
        {"turnout_changes": {"participation_share": 0.6}},
        {"turnout_changes": {"participation_sd": 0.1}},
        {"ballot_changes": {"small_share": 0.1}},
        {"ballot_changes": {"small_sd": 0.1}},
        {"ballot_changes": {"split_sd": 0.1}},
    ],
)
def test_every_national_parameter_moves_the_draw(changes):
    assert national(**changes) != national()
