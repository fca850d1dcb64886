"""Votes that leave candidates in proportion: exact sums, never below zero, equal to a slow and
obvious version.
"""

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.manipulations.base import in_proportion, taken_from_others

CELLS = st.lists(st.integers(0, 900), min_size=2, max_size=10)


def slowly(weights, amount):
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    exact = [Fraction(w * amount, total) for w in weights]
    parts = [int(x) for x in exact]
    order = sorted(range(len(weights)), key=lambda k: (-(exact[k] - parts[k]), -weights[k], k))
    for k in order[: amount - sum(parts)]:
        parts[k] += 1
    return parts


@settings(max_examples=300, deadline=None)
@given(CELLS, st.floats(0, 1))
def test_it_is_the_largest_remainder_method(weights, part):
    amount = int(part * sum(weights))
    column = in_proportion(np.array(weights, dtype=np.int32)[:, None], np.array([amount]))[:, 0]
    assert column.tolist() == slowly(weights, amount)


@settings(max_examples=200, deadline=None)
@given(CELLS, st.floats(0, 1), st.integers(0, 9))
def test_what_is_left_is_never_negative_and_the_named_row_stays(weights, part, row):
    votes, row = np.array(weights, dtype=np.int32)[:, None], row % len(weights)
    taken = int(part * (votes.sum() - votes[row, 0]))
    left = taken_from_others(votes, row, np.array([taken]))
    assert (int(left.min()) >= 0, int(left[row, 0]), int(votes.sum() - left.sum())) == (
        True,
        weights[row],
        taken,
    )
