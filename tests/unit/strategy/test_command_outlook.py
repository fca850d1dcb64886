"""The officers' common outlook: worked values, the slow iteration, and its signs."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.strategy.after.command import Pressure, daily_rate, outlook, tabulate
from sim.records.parameters.after.command import Command

MEDIANS = Command()
CALM = Pressure(0.6, 0.0, 0.0, 0.8, 0.0, 0.0, 0.0)


def odds(hazard: float, coordination: float) -> float:
    table = tabulate(Command(coordination=coordination))
    return float(outlook(math.log(hazard / table.reach_days), table)[0])


def by_iteration(hazard: float, coordination: float) -> float:
    """Return the fixed point, found from q = 1 by repeating it 2,000 times."""
    q = 1.0
    for _ in range(2000):
        q = math.exp(-hazard * math.exp(coordination * (1 - q)))
    return q


@pytest.mark.parametrize(
    ("coordination", "expected"),
    [
        (0.0, [0.9512, 0.8694, 0.6065, 0.3679]),
        (1.25, [0.9480, 0.8434, 0.3025, 0.0355]),
        (2.0, [0.9458, 0.8173, 0.0311, 0.0006]),
    ],
)
def test_worked_outlooks(coordination: float, expected: list[float]) -> None:
    assert [round(odds(h, coordination), 4) for h in (0.05, 0.14, 0.5, 1.0)] == expected


@given(hazard=st.floats(0.001, 5), coordination=st.floats(0, 2.5))
def test_the_table_is_the_limit_of_the_iteration(hazard: float, coordination: float) -> None:
    assert odds(hazard, coordination) == pytest.approx(by_iteration(hazard, coordination), abs=2e-4)


@given(hazard=st.floats(0.001, 5), low=st.floats(0, 2.5), more=st.floats(0, 0.15))
def test_more_coordination_never_helps_the_incumbent(
    hazard: float, low: float, more: float
) -> None:
    assert odds(hazard, low + more) <= odds(hazard, low) + 1e-9


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"belief": 0.9}, 1),
        ({"protest": 90.0}, 1),
        ({"recognition": 1.0}, 1),
        ({"loyalty": 0.9}, -1),
        ({"relief_lost": 0.5}, 1),
        ({"certified": 1.0}, -1),
        ({"day": 40.0}, -1),
    ],
)
def test_what_pushes_and_what_holds(change: dict[str, float], sign: int) -> None:
    table = tabulate(MEDIANS)
    before, after = (daily_rate(on, MEDIANS, table)[0] for on in (CALM, replace(CALM, **change)))

    assert np.sign(after - before) == sign
