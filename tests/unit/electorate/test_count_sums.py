"""Sums of a count: exact whatever their size, and the same however few or many tables are
flagged.
"""

import numpy as np
import pytest

from sim.records.vote.count import Count

VOTES = np.arange(24, dtype=np.int32).reshape(2, 12)


def count(votes):
    return Count(votes, np.zeros(votes.shape[1], dtype=np.int32))


@pytest.mark.parametrize("flagged", [0, 1, 5, 6, 7, 11, 12])
def test_flagged_tables_add_up_as_if_added_one_by_one(flagged):
    tables = np.arange(12) < flagged
    assert count(VOTES).totals_at(tables).tolist() == [sum(row[:flagged]) for row in VOTES.tolist()]


def test_sums_beyond_the_range_of_the_votes_own_type_are_exact():
    assert count(np.full((2, 9), 2**29, dtype=np.int32)).totals.tolist() == [9 * 2**29] * 2
