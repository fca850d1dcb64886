"""What was made quick equals what is slow and obvious."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.estimators.sheets.totals_impossibility import largest_sum
from sim.manipulations.base import in_proportion
from sim.manipulations.tabulation_override import STEPS, last_short
from sim.models.chain.box_check import DRAW, drawn_boxes, quotas
from sim.rng import Streams
from tests.support.registers import small_register

REGISTER = small_register(2)
seeds = st.integers(0, 2**32 - 1)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=60), st.data())
def test_the_largest_votes_are_those_at_the_end_of_the_sorted_list(
    votes: list[int], data: st.DataObject
) -> None:
    take = data.draw(st.integers(1, len(votes)))

    assert largest_sum(np.array(votes), take) == sum(sorted(votes)[-take:])


@given(st.integers(1, STEPS), st.integers(0, STEPS))
def test_the_bracket_about_a_guess_finds_what_bisecting_everything_finds(
    first_enough: int, guess: int
) -> None:
    assert last_short(lambda step: step < first_enough, guess) == first_enough - 1


@given(seeds)
def test_boxes_are_the_tables_of_a_centre_with_the_smallest_numbers(seed: int) -> None:
    streams, centre, quota = Streams(seed, 0), REGISTER.centre.tolist(), quotas(REGISTER).tolist()
    u = np.minimum(
        streams(DRAW).random(len(centre), dtype=np.float32), np.float32(0.999999)
    ).tolist()
    ranked = sorted(range(len(centre)), key=lambda table: (u[table], table))
    slow = [
        table for c, q in enumerate(quota) for table in [t for t in ranked if centre[t] == c][:q]
    ]

    assert np.flatnonzero(drawn_boxes(REGISTER, streams)).tolist() == sorted(slow)


@given(seeds)
def test_the_largest_remainders_get_what_rounding_down_leaves(seed: int) -> None:
    rng = np.random.default_rng(seed)
    weights, amount = rng.integers(0, 5, (4, 7)).astype(np.int32), rng.integers(0, 9, 7)
    split = in_proportion(weights, amount)

    for column, whole, parts in zip(weights.T, amount, split.T, strict=True):
        total = int(column.sum())
        exact = [Fraction(int(w) * int(whole), total) if total else Fraction(0) for w in column]
        down = [int(x) for x in exact]
        ranked = sorted(range(4), key=lambda k: (down[k] - exact[k], -column[k], k))
        up = set(ranked[: int(whole) - sum(down)]) if total else set()
        assert parts.tolist() == [n + (k in up) for k, n in enumerate(down)]
