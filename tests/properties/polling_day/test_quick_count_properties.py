"""What any quick count must satisfy, over generated designs: names and order of strata do not
matter, a census is exact, the estimate is right on average, one more return moves it by its weight.
"""

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.quick_counts import POINTS, evidence, finding

EVERY = pytest.mark.parametrize("key", POINTS)
MANY = settings(max_examples=60, deadline=None)


@st.composite
def designs(draw, most=400):
    """Return (stratum, votes, drawn, reported, past): 1 to 6 strata of 1 to 6 tables; at least one
    table is drawn in each and two returns are in hand, so that strata have 0, 1 or more returns.
    """
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    strata = draw(st.integers(1, 6))
    tables = np.array([draw(st.integers(1 if strata > 1 else 2, 6)) for _ in range(strata)])
    stratum = np.repeat(np.arange(strata), tables)
    size = rng.integers(1, most, len(stratum))
    ana = rng.integers(0, size + 1)
    votes = np.stack([ana, size - ana])
    take = [draw(st.integers(1, int(n))) for n in tables]
    drawn = np.concatenate(
        [rng.permutation(np.flatnonzero(stratum == h))[:n] for h, n in enumerate(take)]
    )
    if len(drawn) < 2:
        drawn = np.arange(len(stratum))
    returned = rng.permutation(drawn)[: draw(st.integers(2, len(drawn)))]
    past = draw(st.sampled_from([None, rng.random(strata)]))
    return stratum, votes, drawn, returned, past


def shuffled(stratum, past, order):
    """The same strata under other numbers: stratum h becomes order[h]."""
    turned = None if past is None else past[np.argsort(order)]
    return order[stratum], turned


@EVERY
@MANY
@given(design=designs(), seed=st.integers(0, 999))
def test_names_and_order_of_strata_change_nothing(key, design, seed):
    stratum, votes, drawn, returned, past = design
    order = np.random.default_rng(seed).permutation(int(stratum.max()) + 1)
    one = finding(key, evidence(*design[:4], past=past))
    other_stratum, other_past = shuffled(stratum, past, order)
    two = finding(key, evidence(other_stratum, votes, drawn, returned, past=other_past))
    assert two.estimate == pytest.approx(one.estimate, abs=1e-12)
    if key != "quick_count_normal_no_pooling":  # its interval is of draws in the order of strata
        assert (two.low, two.high) == pytest.approx((one.low, one.high), abs=1e-9)


@pytest.mark.parametrize("key", [*POINTS, "loss_sensitivity"])
@MANY
@given(design=designs())
def test_a_census_is_exact(key, design):
    stratum, votes, _, _, past = design
    every = np.arange(len(stratum))
    found = finding(key, evidence(stratum, votes, every, every, past=past))
    lead = float((votes[0] - votes[1]).sum() / votes.sum())
    if key == "loss_sensitivity":
        assert found.details["lead"] == pytest.approx(abs(lead), abs=1e-12)
        assert found.details["missing_share"] == 0
    else:
        assert (found.estimate, found.low, found.high) == pytest.approx((lead,) * 3, abs=1e-12)


@EVERY
@MANY
@given(design=designs(most=10**6))
def test_a_margin_of_zero_is_that_of_a_census_and_of_nothing_else(key, design):
    # with so many votes a table, no two tables are alike by chance
    stratum, _, _, returned, past = design
    found = finding(key, evidence(*design[:4], past=past))
    assert (found.high - found.low < 1e-12) == (len(returned) == len(stratum))


@EVERY
@pytest.mark.parametrize("take", [(1, 2, 1), (1, 1, 3), (2, 2, 2), (1, 1, 1)])
def test_over_all_samples_of_a_tiny_list_the_estimate_is_right_on_average(key, take):
    # every table has as many votes, so that the ratio has no bias of its own
    stratum = np.repeat([0, 1, 2], [3, 4, 5])
    ana = np.array([90, 70, 20, 30, 80, 10, 55, 5, 60, 45, 95, 15])
    votes = np.stack([ana, 100 - ana])
    parts = [combinations(np.flatnonzero(stratum == h).tolist(), n) for h, n in enumerate(take)]
    estimates = []
    for chosen in product(*parts):
        rows = np.concatenate(chosen)
        estimates.append(finding(key, evidence(stratum, votes, rows, rows)).estimate)
    assert np.mean(estimates) == pytest.approx(2 * ana.mean() / 100 - 1, abs=1e-12)


@EVERY
@MANY
@given(design=designs(), pick=st.integers(0, 10**6))
def test_one_more_return_moves_the_estimate_by_no_more_than_the_weight_it_stands_for(
    key, design, pick
):
    stratum, votes, drawn, returned, past = design
    away = sorted(set(drawn.tolist()) - set(returned.tolist()))
    if not away:
        return
    new = away[pick % len(away)]
    before = finding(key, evidence(*design[:4], past=past))
    after = finding(key, evidence(stratum, votes, drawn, np.append(returned, new), past=past))
    moved = [weight_of(seen, stratum[new], votes, stratum) for seen in (before, after)]
    # the lead lies in [-1, 1]; what strata without a return count by may change with the new one
    assert abs(after.estimate - before.estimate) <= 2 * max(moved) + 1e-9


def weight_of(found, h, votes, stratum):
    """Bound the share of the valid votes that stratum h and the strata it may stand in for hold."""
    x = votes.sum(axis=0)
    silent = found.details["strata"]["without_return"]
    strata = {h, *(int(name.split()[1]) - 1 for name in silent)}
    tables = np.bincount(stratum)
    most, least = float(x.max()), float(x.min())
    inside = most * sum(tables[s] for s in strata)
    rest = least * sum(n for s, n in enumerate(tables) if s not in strata)
    return inside / (inside + rest)


@MANY
@given(designs(), st.integers(0, 5))
def test_a_stratum_that_was_not_drawn_only_widens_the_interval(design, extra):
    stratum, votes, drawn, returned, _ = design
    more = np.append(stratum, [stratum.max() + 1] * (extra + 1))
    wider_votes = np.hstack([votes, np.full((2, extra + 1), 200)])
    one = finding("quick_count_ratio", evidence(stratum, votes, drawn, returned))
    two = finding("quick_count_ratio", evidence(more, wider_votes, drawn, returned))
    part = (extra + 1) / len(more)
    assert two.estimate == pytest.approx(one.estimate, abs=1e-12)
    if one.low > -1 and one.high < 1:
        wider = ((1 - part) * one.low - part, (1 - part) * one.high + part)
        assert (two.low, two.high) == pytest.approx(wider, abs=1e-9)


@MANY
@given(designs())
def test_unknown_numbers_of_tables_never_lower_the_standard_error(design):
    past = design[4]
    one, two = (
        finding("quick_count_ratio", evidence(*design[:4], past=past, tables_known=known))
        for known in (True, False)
    )
    errors = [f.details["shares"]["Ana"]["standard_error"] for f in (one, two)]
    if not two.details["strata"]["sharing_a_spread"]:  # else other strata may share
        assert errors[1] >= errors[0] - 1e-12
