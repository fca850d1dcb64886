"""The lead followed through the night is the lead of the sheets at hand, whenever it is asked."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.models.chain.running_lead import RunningLead
from sim.records.vote.count import Count
from tests.support.registers import small_contest

SEEDS = st.integers(0, 2**32 - 1)
ASKED = st.lists(st.floats(0, 2000), max_size=12)


@given(SEEDS, st.integers(0, 40), ASKED)
def test_it_is_the_lead_of_the_sheets_at_hand(seed: int, tables: int, asked: list[float]) -> None:
    words, contest = np.random.default_rng(seed), small_contest()
    votes = words.integers(0, 500, (len(contest.candidates), tables), dtype=np.int32)
    minutes = words.choice([700.0, 900.0, 1500.0, np.inf], tables).astype(np.float32)
    rows = contest.rivals, (contest.incumbent,)
    running = RunningLead(minutes, Count(votes, np.zeros(tables, np.int32)), *rows)

    for minute in asked:
        totals = votes[:, minutes <= minute].sum(axis=1)
        gap = max(totals[row] for row in contest.rivals) - totals[contest.incumbent]
        valid = totals.sum()
        assert running.at(minute) == (gap / valid if valid else None)
