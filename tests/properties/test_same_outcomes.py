"""Same scenario, entropy and replicate: the same outcomes, whoever computes them and in whatever
order.
"""

from __future__ import annotations

import pickle

import pytest

from sim.replicate.replicate import run_block, run_replicate
from sim.workers.executors import process_pool
from tests.support.cases import case, outcome

NAMES = ("bellmar", "venezuela-2024")


@pytest.mark.parametrize("name", NAMES)
def test_a_second_run_in_another_order_gives_the_same_bytes(name: str) -> None:
    again = [run_replicate(case(name), 0x7E57, r) for r in (2, 0, 1)]

    assert [pickle.dumps(o) for o in again] == [pickle.dumps(outcome(name, r)) for r in (2, 0, 1)]


@pytest.mark.parametrize("name", NAMES)
def test_two_processes_give_the_same_bytes_as_one(name: str) -> None:
    with process_pool(2) as pool:
        blocks = [pool.submit(run_block, case(name), 0x7E57, range(r, r + 1)) for r in range(3)]
        found = [future.result()[0] for future in blocks]

    assert [pickle.dumps(o) for o in found] == [pickle.dumps(outcome(name, r)) for r in range(3)]


def test_replicates_and_entropies_differ() -> None:
    values = [outcome("bellmar", r).values for r in range(3)] + [
        run_replicate(case("bellmar"), 1, 0).values
    ]

    assert len({str(v) for v in values}) == 4
