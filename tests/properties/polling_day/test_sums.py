"""The search for columns that add up finds them, and the quick way agrees with trying every set."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.files.counting.totals import total_rows
from sim.files.roles.sums import best_runs, search

CALM = settings(max_examples=60, deadline=None)


def drawn(seed, n, columns):
    rng = np.random.Generator(np.random.PCG64(seed))
    return rng, rng.integers(1, 500, (n, columns))


@CALM
@given(st.integers(2, 6), st.integers(0, 3), st.integers(0, 3), st.integers(0, 2**32 - 1))
def test_the_run_of_columns_that_adds_up_is_found(inside, before, after, seed):
    _, block = drawn(seed, 40, before + inside + after)
    target = block[:, before : before + inside].sum(axis=1)
    every = np.ones(40, dtype=bool)
    assert best_runs(block, target, every)[0] == (before, before + inside, 40)


@CALM
@given(st.integers(4, 8), st.integers(0, 2**32 - 1))
def test_the_search_finds_the_set_that_trying_all_sets_finds(columns, seed):
    rng, block = drawn(seed, 40, columns)
    chosen = tuple(sorted(rng.choice(columns, size=int(rng.integers(2, columns)), replace=False)))
    target = block[:, chosen].sum(axis=1)
    every = np.ones(40, dtype=bool)
    slow = [
        one
        for size in range(2, columns + 1)
        for one in itertools.combinations(range(columns), size)
        if (block[:, one].sum(axis=1) == target).all()
    ]
    found = search(block, target, every, range(columns), range(columns))
    assert (found[0].columns, found[0].holds) == (slow[0], 40)


@CALM
@given(
    st.lists(st.integers(2, 9), min_size=1, max_size=4), st.integers(0, 2**32 - 1), st.booleans()
)
def test_totals_of_parts_and_of_the_whole_are_found_and_nothing_else(parts, seed, first):
    _, block = drawn(seed, sum(parts), 4)
    rows, wanted, at = [], [], 0
    for size in parts:
        part = block[at : at + size]
        at += size
        total = [part.sum(axis=0)]
        rows += [*total, *part] if first else [*part, *total]
        wanted += [True, *[False] * size] if first else [*[False] * size, True]
    numbers = np.array(rows)
    assert total_rows(numbers, np.ones(len(rows), dtype=bool)).tolist() == wanted
