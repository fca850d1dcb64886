"""Comparative statics of the night, situation by situation: the sign that each paper gives."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.strategy.night.night_inputs import NightValues
from sim.models.strategy.night.night_tables import day_grid
from sim.records.decisions.night import Anticipated
from tests.slow_twins.night_case import Case
from tests.support.night_cases import MEDIANS, value
from tests.support.strategy_case import parameters

TOLD = 1e-9
CASES = st.builds(
    Case,
    lead=st.floats(0.01, 0.5),
    copies=st.floats(0.05, 0.95),
    loyalty=st.floats(0.4, 0.95),
    guarantees=st.floats(0, 0.5),
    price=st.floats(0, 0.5),
    opinion=st.floats(0.3, 0.95),
    opinion_lead=st.floats(0.0, 0.3),
)


def margin(found: NightValues) -> float:
    """Return by how much the count beats the best override."""
    return float(found.utility[0, 0] - found.utility[0, 1:].max())


def changed(path: str, number: float) -> Any:
    return parameters(**MEDIANS, **{path: number})


@settings(max_examples=25, deadline=None)
@given(case=CASES, less=st.floats(0.02, 0.3))
def test_a_less_loyal_command_is_likelier_to_leave(case: Case, less: float) -> None:
    before, after = value([case]), value([replace(case, loyalty=case.loyalty - less)])

    assert (after.survival <= before.survival + TOLD).all()
    assert margin(after) >= margin(before) - TOLD


@settings(max_examples=25, deadline=None)
@given(case=CASES, more=st.floats(0.02, 0.5))
def test_guarantees_make_an_orderly_exit_worth_more(case: Case, more: float) -> None:
    before, after = value([case]), value([replace(case, guarantees=case.guarantees + more)])

    assert after.utility[0, 0] > before.utility[0, 0]
    assert (after.exit >= before.exit - TOLD).all()
    assert margin(after) >= margin(before) - TOLD


@settings(max_examples=20, deadline=None)
@given(case=CASES, more=st.floats(0.05, 0.5))
def test_a_dearer_fall_and_a_dearer_price_never_favour_an_override(case: Case, more: float) -> None:
    fall = [margin(value([case], p=changed("night__fall_penalty", x))) for x in (0.4, 0.4 + more)]
    loss = [margin(value([case], p=changed("night__sanctions_loss", x))) for x in (0.3, 0.3 + more)]

    assert fall[1] >= fall[0]
    assert loss[1] >= loss[0]


@settings(max_examples=20, deadline=None)
@given(case=CASES)
def test_statements_copies_calls_streets_and_court_move_survival_as_they_should(case: Case) -> None:
    def q(**known: Any) -> Any:
        return value([case], Anticipated(**known)).survival

    bad, good = q(statements=(1.0, 1.0, 1.0)), q(statements=(-1.0, -1.0, -1.0))
    called, silent = q(withheld=(True, None, None, None)), q(withheld=(False, None, None, None))

    assert (bad <= good + TOLD).all()
    assert (called <= silent + TOLD).all()
    assert (q(protest=False) >= q() - TOLD).all()
    assert (q(petition=True, certified=True) >= q(certified=False) - TOLD).all()


@settings(max_examples=20, deadline=None)
@given(case=CASES, low=st.floats(0.3, 1.2), more=st.floats(0.05, 1.0))
def test_more_coordination_never_helps_the_incumbent(case: Case, low: float, more: float) -> None:
    a, b = (value([case], p=changed("command__coordination", x)) for x in (low, low + more))

    assert (b.survival <= a.survival + 1e-6).all()


def test_more_copies_lower_the_odds_of_altered_tables_by_more_than_those_of_totals() -> None:
    few, many = value([Case(0.2, 0.1, 0.77, 0.1, 0.2)]), value([Case(0.2, 0.9, 0.77, 0.1, 0.2)])
    lost = (few.survival - many.survival)[0]

    assert lost[0] > lost[1] > 0


@settings(max_examples=15, deadline=None)
@given(case=CASES)
def test_the_three_ends_of_an_override_add_up(case: Case) -> None:
    found = value([case])

    assert found.survival + found.fall + found.exit == pytest.approx(np.ones((1, 3)))
    assert (found.fall >= 0).all()
    assert (found.exit >= -1e-12).all()


def test_who_is_ahead_has_no_override() -> None:
    found = value([Case(0.0, 0.5, 0.8, 0.0, 0.1), Case(0.1, 0.5, 0.8, 0.0, 0.1)])

    assert found.utility[0].tolist() == [1.0, -np.inf, -np.inf, -np.inf]
    assert np.isfinite(found.utility[1]).all()


def test_one_situation_is_worth_the_same_among_others() -> None:
    cases = [Case(0.1 * i, 0.1 * i, 0.8, 0.1, 0.2) for i in range(1, 6)]

    assert value(cases).utility[2] == pytest.approx(value(cases[2:3]).utility[0])


def test_the_days_end_at_the_inauguration() -> None:
    ends = [(grid[-1], float(lengths.sum())) for grid, lengths in map(day_grid, (30, 41, 166))]

    assert ends == [(28, 30.0), (40, 41.0), (152, 166.0)]
