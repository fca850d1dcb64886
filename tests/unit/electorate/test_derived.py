"""What follows from a record is made once for it, kept on it and nowhere else."""

from __future__ import annotations

import gc
import pickle
import weakref
from dataclasses import dataclass, replace

import numpy as np
import pytest

from sim.fast.derived import Derives, derived
from sim.models.chain.evening import places
from sim.models.chain.levels import log_register
from sim.models.electorate.geography import geography
from sim.models.quick_count.sampling import strata_of
from tests.support.registers import small_register


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Row(Derives):
    numbers: tuple[int, ...]


@derived
def powers(row: Row, exponent: int) -> list[int]:
    return [number**exponent for number in row.numbers]


def test_a_column_is_made_once_for_each_record_and_argument() -> None:
    row = Row((1, 2, 3))

    assert powers(row, 2) is powers(row, 2)
    assert (powers(row, 2), powers(row, 3)) == ([1, 4, 9], [1, 8, 27])
    assert powers(replace(row, numbers=(4,)), 2) == [16]


def test_what_was_made_is_not_pickled_and_goes_with_its_record() -> None:
    row = Row(tuple(range(1000)))
    before = len(pickle.dumps(row))
    powers(row, 9)
    there = weakref.ref(row)
    assert len(pickle.dumps(row)) == before
    gc.disable()
    try:
        del row
        assert there() is None
    finally:
        gc.enable()


@pytest.mark.parametrize(
    ("quick", "args"), [(places, ()), (log_register, ()), (geography, ()), (strata_of, (4, True))]
)
def test_a_registers_columns_are_those_of_the_plain_function(quick, args) -> None:
    register = small_register(4)
    kept, plain = quick(register, *args), quick.__wrapped__(register, *args)

    assert quick(register, *args) is kept
    assert all(map(np.array_equal, arrays(kept), arrays(plain)))


def arrays(record: object) -> list[object]:
    if isinstance(record, np.ndarray):
        return [record]
    if isinstance(record, tuple):
        return list(record)
    return [part for name in type(record).__slots__ for part in arrays(getattr(record, name))]
