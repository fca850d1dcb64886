"""What the vote draw keeps for any numbers: sums, bounds, monotone counts, the same number of
draws.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.electorate.electorate import spread
from sim.models.electorate.electorate_draws import draw_electorate, words
from sim.models.electorate.support import Shifts, draw_national
from sim.models.numbers.quantile import binomial_quantile
from sim.models.numbers.small_counts import count_table, small_counts
from sim.models.polling_day.votes import ballot_shares, cast, intended, usual_ballots
from sim.rng import Streams, generator
from tests.support.electorate_case import (
    ballot,
    contest,
    small_country,
    support,
    three_large,
    turnout,
    venezuela,
)

shares = st.floats(0.02, 0.98)


def drawn(theta=0.3, tau=0.6, replicate=0, which=contest, shifts=None, withdrawn=(), **small):
    frame, b = small_country(), ballot(**small)
    streams = Streams(11, replicate)
    draws = draw_electorate(streams, frame, which())
    p = spread(frame, draws, support(), turnout(), theta, tau, 0.62)
    ballots = intended(frame, p.turnout, draws)
    n = draw_national(streams, support(), turnout(), b, which(), -26, 26)
    share = ballot_shares(which(), b, n, shifts or Shifts(), withdrawn)
    return ballots, cast(which(), ballots, share, p.incumbent, draws, count_table(428))


@settings(deadline=None, max_examples=30)
@given(shares, shares, st.integers(0, 1000), st.sampled_from([contest, three_large]))
def test_candidates_and_invalid_votes_sum_to_the_ballots_and_ballots_never_exceed_the_register(
    theta, tau, replicate, which
):
    ballots, votes = drawn(theta, tau, replicate, which)
    assert np.array_equal(votes.count.ballots, ballots)
    assert int(votes.count.votes.min()) >= 0
    assert np.all(ballots <= small_country().registered)


@settings(deadline=None, max_examples=30)
@given(shares, shares, st.sampled_from([contest, three_large]))
def test_the_incumbent_never_loses_a_vote_at_any_table_when_theta_rises(one, other, which):
    low, high = sorted((one, other))
    (_, few), (_, many) = drawn(low, which=which), drawn(high, which=which)
    assert np.all(few.count.votes[which().incumbent] <= many.count.votes[which().incumbent])
    assert np.array_equal(
        few.count.votes[list(which().small)], many.count.votes[list(which().small)]
    )


@settings(deadline=None, max_examples=30)
@given(shares, shares)
def test_ballots_never_fall_at_any_table_when_turnout_rises(one, other):
    low, high = sorted((one, other))
    assert np.all(drawn(tau=low)[0] <= drawn(tau=high)[0])


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 2000), st.floats(0, 0.03), st.floats(0, 0.03))
def test_small_counts_never_fall_when_their_share_rises(ballots, one, other):
    word = words(generator(3, "test/words"), 1, 4000)
    counts = np.empty((2, 1, 4000), dtype=np.int32)
    for share, out in zip(sorted((one, other)), counts, strict=True):
        small_counts(
            count_table(428), np.full(4000, ballots, dtype=np.float32), np.array([share]), word, out
        )
    assert np.all(counts[0] <= counts[1])


@settings(deadline=None, max_examples=50)
@given(st.integers(1, 800), st.floats(0.001, 0.999), st.floats(0.001, 0.999))
def test_q_never_falls_in_p_or_n_nor_does_its_remainder_in_n(n, one, other):
    z = generator(3, "test/normals").standard_normal(2000, dtype=np.float32)
    low, high = sorted((one, other))
    counts = binomial_quantile(n, low, z)
    more = binomial_quantile(n + 1, low, z)
    assert np.all(counts <= binomial_quantile(n, high, z))
    assert np.all(counts <= more)
    assert np.all(n - counts <= n + 1 - more)


@pytest.mark.parametrize("p", [0.03, 0.5, 0.97])
def test_q_is_the_same_whatever_the_order_in_memory(p):
    z = np.linspace(-4.0, 4.0, 12, dtype=np.float32).reshape(3, 4)
    rows, columns = binomial_quantile(2, p, z), binomial_quantile(2, p, np.asfortranarray(z))
    assert rows.tolist() == columns.tolist()


@pytest.mark.parametrize(("p", "count"), [(0.0, 0), (1.0, 5)])
def test_q_of_what_is_certain_leaves_nothing_to_chance(p, count):
    assert binomial_quantile(5, np.float32(p), np.array([-4.0, 0.0, 4.0])).tolist() == [count] * 3


def test_the_number_of_draws_depends_on_register_and_ballot_only():
    draws = draw_electorate(Streams(1, 0), small_country(), three_large())
    assert [
        a.shape
        for a in (draws.state, draws.centre, draws.table, draws.turnout, draws.small, draws.split)
    ] == [(2, 3), (2, 115), (2, 305), (305,), (3, 305), (2, 305)]


def test_a_withdrawn_candidate_leaves_a_row_of_zeros_and_moves_no_other_large_split():
    (_, all_stand), (_, one_left) = drawn(), drawn(withdrawn={8})
    assert int(one_left.count.votes[8].sum()) == 0
    assert int(all_stand.count.votes[8].sum()) > 0
    assert abs(int(one_left.count.votes[2:].sum()) - int(all_stand.count.votes[2:].sum())) < 300


def test_a_mean_above_the_cap_is_capped_and_counted():
    _, votes = drawn(shifts=Shifts(d_log_minor=8.0))
    assert votes.small_cap_cells > 100
    assert np.array_equal(votes.count.ballots, drawn()[0])


def test_more_small_votes_than_ballots_are_cut_from_the_last_rows():
    word = np.full((9, 1), 0xFFFFFFFF, dtype=np.uint32)
    frame = small_country()
    draws = draw_electorate(Streams(1, 0), frame, contest())
    one = type(draws)(
        draws.state, draws.centre, draws.table[:, :1], draws.turnout[:1], word, draws.split[:, :1]
    )
    votes = cast(
        contest(),
        np.array([12], dtype=np.int32),
        np.full(9, 0.1),
        np.array([0.3], np.float32),
        one,
        count_table(428),
    )
    assert (int(votes.count.ballots[0]), int(votes.count.invalid[0])) == (12, 0)
    assert votes.count.votes[:, 0].tolist()[:2] == [0, 0]


def test_usual_ballots_come_from_the_register_where_none_are_set():
    assert usual_ballots(venezuela(), ballot(), turnout()) == 428
    assert usual_ballots(venezuela(), ballot(lookup_ballots=None), turnout()) == 417


def test_every_parameter_of_the_ballot_moves_the_votes():
    usual = drawn()[1].count
    assert int(drawn(invalid_share=0.01)[1].count.invalid.sum()) > int(usual.invalid.sum())
    assert int(drawn(small_share=0.02)[1].count.votes[2:].sum()) < int(usual.votes[2:].sum())
