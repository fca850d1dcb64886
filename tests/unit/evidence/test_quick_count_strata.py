"""Strata of a quick count with few returns, none, or none drawn: what counts, and what is said."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimators.sheets.collected_coverage import selectivity
from sim.models.quick_count.collapse import grouped, likest
from sim.models.quick_count.ratio import ratio_estimate
from sim.records.seen.evidence import Announced, Frame, Sheets
from tests.support.quick_counts import POINTS, country, evidence, finding, first_of_each

EVERY = pytest.mark.parametrize("key", POINTS)
REGIONS = (0.80, 0.45, 0.50)
NAMES = ("Norte", "Centro", "Sur")
LEAD = 0.1667
"""Of three regions of equal size: 2 (.80 + .45 + .50) / 3 - 1."""


def three_regions(returned, drawn=(30, 30, 30), past=(0.4, 0.55, 0.52)):
    stratum, votes = country(REGIONS)
    rows = [first_of_each(stratum, each) for each in (drawn, returned)]
    return evidence(stratum, votes, *rows, past=past, names=NAMES)


def test_a_stratum_with_one_return_keeps_its_weight():
    # 80 of 100 in one half of the country, 40 of 100 in the other
    found = ratio_estimate([[80, 40, 40]], [100] * 3, [0, 1, 1], [100, 100])
    assert found.ratio[0] == pytest.approx(0.600)


@EVERY
def test_one_return_from_a_third_of_the_country_does_not_turn_the_order(key):
    found = finding(key, three_regions((1, 30, 30)))
    assert found.estimate == pytest.approx(LEAD, abs=0.04)
    assert found.low <= LEAD <= found.high
    assert "shares that of the strata most like it in earlier share" in found.statement
    assert "1 of 3 strata (Norte) has too few returns" in found.statement


@EVERY
def test_a_region_without_a_return_is_counted_by_the_one_most_like_it_and_named(key):
    past = (0.51, 0.4, 0.52)  # Norte voted like Sur, not like its neighbour in the alphabet
    found = finding(key, three_regions((0, 30, 30), past=past))
    assert found.estimate == pytest.approx(2 * (0.50 + 0.45 + 0.50) / 3 - 1, abs=0.02)
    assert "No return came from 1 of 3 strata" in found.statement
    assert "(Norte by Sur), and the margin rests on that." in found.statement
    assert found.details["strata"]["without_return"] == {"Norte": ["Sur"]}


TRUE = np.array([1750, 1250])
"""Votes of 3,000 as the three regions cast them."""


@pytest.mark.parametrize("key", [*POINTS, "loss_sensitivity"])
def test_a_stand_in_gives_no_verdict_against_a_true_result(key):
    seen = replace(three_regions((0, 30, 30)), announced=Announced(TRUE))
    found = finding(key, seen)
    assert found.verdict == "undecided"
    assert "No return came from 1 of 3 strata" in found.statement


@EVERY
def test_what_no_result_in_the_silent_region_explains_stays_inconsistent(key):
    seen = replace(three_regions((0, 30, 30)), announced=Announced(np.array([99, 1])))
    assert finding(key, seen).verdict == "inconsistent"


@EVERY
def test_a_region_in_which_nothing_was_drawn_widens_the_interval_by_its_weight(key):
    found = finding(key, three_regions((0, 30, 30), drawn=(0, 30, 30)))
    assert "No table was drawn in 1 of 3 strata (Norte), 33.3 % of the weight" in found.statement
    assert found.low <= LEAD <= found.high
    assert found.high - found.low == pytest.approx(2 / 3, abs=0.04)


def test_nothing_is_called_safe_where_a_region_was_not_drawn():
    found = finding("loss_sensitivity", three_regions((0, 30, 30), drawn=(0, 30, 30)))
    assert found.details["missing_share"] == pytest.approx(1 / 3)
    assert "nothing is missing" not in found.statement


def test_no_announcement_is_contradicted_by_what_only_the_undrawn_region_could_explain():
    seen = three_regions((0, 30, 30), drawn=(0, 30, 30))
    assert finding("quick_count_ratio", seen).verdict == "consistent"


@pytest.mark.parametrize("key", [*POINTS, "loss_sensitivity"])
def test_a_census_has_no_sampling_error(key):
    stratum, votes = country((0.6, 0.4), tables=30)
    found = finding(key, evidence(stratum, votes, np.arange(60), np.arange(60)))
    lead = float((votes[0] - votes[1]).sum() / votes.sum())
    if key == "loss_sensitivity":
        assert found.details["lead"] == pytest.approx(abs(lead), abs=1e-12)
    else:
        assert (found.low, found.high) == pytest.approx((lead, lead), abs=1e-12)


@EVERY
def test_without_a_list_of_all_tables_there_is_no_finite_population_factor(key):
    stratum, votes = country((0.6,), tables=60)
    seen = evidence(stratum, votes, np.arange(60), np.arange(60), tables_known=False)
    found = finding(key, seen)
    share = votes[0] / 400
    margin = 2 * 1.96 * float(share.std(ddof=1)) / 60**0.5
    assert (found.high - found.low) / 2 == pytest.approx(margin, rel=0.1)
    assert "no finite-population correction" in found.statement


def test_sparse_early_returns_are_said_with_the_number_of_strata():
    rng = np.random.default_rng(2)
    stratum, votes = country(rng.uniform(0.3, 0.7, 300), tables=4)
    drawn = first_of_each(stratum, [2] * 300)
    early = first_of_each(stratum, [1] * 220 + [0] * 80)
    found = finding("quick_count_ratio", evidence(stratum, votes, drawn, early))
    assert "220 of 300 strata (stratum 1, stratum 2, " in found.statement
    assert "No return came from 80 of 300 strata" in found.statement
    assert len(found.details["strata"]["without_return"]) == 80


def test_the_missing_weight_is_of_votes_and_not_of_tables():
    # 2 of 100 tables drawn in a large region, 10 of 10 in a small one; the large one is silent
    stratum = np.repeat([0, 1], [100, 10])
    votes = np.stack([np.full(110, 60), np.full(110, 40)])
    drawn = np.r_[0:2, 100:110]
    found = finding("quick_count_ratio", evidence(stratum, votes, drawn, np.arange(100, 110)))
    assert found.details["missing_share"] == pytest.approx(100 / 110)


def test_likeness_goes_by_earlier_share_and_then_by_size():
    everybody = np.ones(4, dtype=bool)
    by_share = np.array([[0.3, 0.5, 0.31, 0.9], [1.0, 1.0, 9.0, 1.0]])
    unknown = np.array([[np.nan] * 4, [1.0, 5.0, 2.0, 0.0]])
    assert likest(by_share, 0, everybody).tolist() == [2]
    assert likest(unknown, 0, everybody).tolist() == [2, 3]


def test_thin_strata_join_the_likest_and_not_the_next_in_the_file():
    share = np.array([[0.1, 0.9, 0.11, 0.88, 0.5]])
    n = np.array([1.0, 1.0, 1.0, 1.0, 9.0])
    assert grouped(n, n < 2, 2, share).tolist() == [0, 1, 0, 1, 2]


def test_registers_that_are_not_known_count_as_unknown_and_not_as_zero():
    known = np.array([500, 700, 0, 0])
    zeros = np.zeros(4, dtype=np.int32)
    frame = Frame(known, np.arange(4, dtype=np.int32), zeros)
    nothing = np.zeros(2, dtype=np.int64)
    sheets = Sheets(np.array([0, 2], dtype=np.int32), np.ones((2, 2), dtype=np.int64), nothing)
    assert selectivity(frame, sheets) == {"registered": -100.0}


def test_the_slope_of_loss_that_makes_a_tie_weighs_strata_as_the_estimate_does():
    # drawn out of proportion: 20 of 100 tables and 20 of 20; the same country drawn in proportion
    stratum = np.repeat([0, 1], [100, 20])
    ana = 100 * np.repeat([0.55, 0.75], [100, 20]) + 10 * np.sin(np.arange(120))
    votes = np.stack([np.rint(ana), 100 - np.rint(ana)]).astype(np.int64)
    lost = [
        evidence(stratum, votes, rows, rows, tables_known=True)
        for rows in (np.r_[0:20, 100:120], np.arange(120))
    ]
    announced = Announced(votes.sum(axis=1), share_counted=0.2, tables=120)
    slopes = [
        finding("loss_sensitivity", replace(seen, announced=announced)).details for seen in lost
    ]
    assert slopes[0]["selection_slope_for_tie"] == pytest.approx(
        slopes[1]["selection_slope_for_tie"], rel=0.15
    )
