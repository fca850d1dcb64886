"""Assumptions: which numbers are drawn, once a set, and what ends a draw."""

from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.replicate.build import Case, case_at, prepare_case
from sim.replicate.carried import Carried
from sim.replicate.replicate import run_block
from sim.scenario.drawn.assumptions import SET
from sim.scenario.load import load
from sim.scenario.schema import Scenario

DRAWN = "run.assumptions=drawn"
LAW = 'assumptions."sheets.witness_level"={ uniform = [0.7, 0.9] }'
PATH = "sheets.witness_level"


def bellmar(*overrides: str) -> Case:
    return prepare_case(load("bellmar", (DRAWN, *overrides)))


def at(case: Case, number: int) -> Scenario:
    return Carried().scenario(case.scenario, case.assumptions, 7, SET * number)


def value(case: Case, number: int) -> float:
    return at(case, number).sheets.witness_level


def test_replicates_of_one_set_share_their_assumptions_and_sets_differ() -> None:
    case, carried = bellmar(LAW), Carried()

    about = case.scenario, case.assumptions, 7
    found = [carried.scenario(*about, r).sheets.witness_level for r in range(2 * SET)]

    assert [len(set(found[:SET])), len(set(found[SET:])), len(set(found))] == [1, 1, 2]


def test_a_set_does_not_depend_on_the_block_in_which_it_is_computed() -> None:
    case = bellmar(LAW)

    whole = run_block(case, 7, range(6))
    parts = [*run_block(case, 7, range(3)), *run_block(case, 7, range(3, 6))]

    assert [o.values for o in whole] == [o.values for o in parts]
    assert [o.set for o in whole] == [0, 0, 0, 0, 1, 1]


def test_a_value_that_a_later_file_gives_ends_the_draw() -> None:
    assert value(bellmar(LAW, "sheets.witness_level=0.75"), 3) == 0.75


def test_a_design_point_ends_the_draw_and_moves_no_other() -> None:
    more = 'assumptions."sheets.capacity_mean"={ uniform = [0.4, 0.6] }'
    case = bellmar(LAW, more)
    point = case_at(case, {PATH: 0.75})

    assert value(point, 3) == 0.75
    assert at(point, 3).sheets.capacity_mean == at(case, 3).sheets.capacity_mean


def test_fixed_assumptions_are_not_drawn() -> None:
    case = prepare_case(load("bellmar", ("run.assumptions=fixed", LAW)))

    assert value(case, 0) == load("bellmar").scenario.sheets.witness_level
    assert run_block(case, 7, range(1))[0].set is None


@pytest.mark.parametrize(
    ("law", "said"),
    [
        ('assumptions."frame.size_sd"={ uniform = [1, 2] }', "is not drawn as an assumption"),
        ('assumptions."sheets.witness_level"={ uniform = [0.5, 2] }', "beyond the bounds"),
        ('assumptions."sheets.nowhere"={ uniform = [0, 1] }', "no parameter is called"),
    ],
)
def test_a_distribution_that_cannot_be_drawn_is_refused(law: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load("bellmar", (law,))


def test_a_path_that_is_drawn_twice_is_refused() -> None:
    twice = 'uncertainties."sheets.witness_level"={ uniform = [0.7, 0.9] }'

    with pytest.raises(InputError, match="is not drawn as an assumption"):
        load("bellmar", (twice, LAW))


def test_the_mode_and_every_law_are_part_of_the_digest() -> None:
    other = 'assumptions."sheets.witness_level"={ uniform = [0.7, 0.91] }'

    given = [(DRAWN,), ("run.assumptions=fixed",), (DRAWN, LAW), (DRAWN, other)]

    assert len({load("bellmar", one).digest for one in given}) == 4
