"""Every shipped scenario loads, runs at small size, and differs from every other in some
outcome.
"""

from __future__ import annotations

import itertools

import pytest

from sim.scenario.find import list_scenario_files
from tests.support.cases import outcome

NAMES = [path.stem for path in list_scenario_files()]
REPLICATES = range(3)


def alike(a: str, b: str, replicate: int) -> bool:
    return outcome(a, replicate).values == outcome(b, replicate).values


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_runs_at_small_size(name: str) -> None:
    assert [outcome(name, r).error for r in REPLICATES] == [None, None, None]


def test_no_scenario_equals_another_in_all_outcomes() -> None:
    same = [
        (a, b)
        for a, b in itertools.combinations(NAMES, 2)
        if all(alike(a, b, r) for r in (*REPLICATES, 3, 4, 5, 6))
    ]

    assert same == []


def test_files_of_scenarios_stay_short() -> None:
    assert [
        p.name
        for p in list_scenario_files()
        if len(p.read_text(encoding="utf-8").splitlines()) > 40
    ] == []
