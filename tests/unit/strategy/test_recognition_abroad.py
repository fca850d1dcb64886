"""How the four stances react to the public signal."""

from __future__ import annotations

import numpy as np
import pytest

from sim.models.strategy.after.recognition import (
    Stance,
    accepts,
    accepts_uncontested,
    recognition_index,
    with_conditions,
    withheld_chance,
)
from sim.records.parameters.after.abroad import Observers, Recognisers

P = Recognisers()


def withheld(stance: str, belief: float, annulled: bool = False) -> float:
    member = Stance(stance, 1.0)
    return round(float(withheld_chance(member, belief, 0.0, annulled, 0.0, 0.0, P)), 4)


@pytest.mark.parametrize(
    ("stance", "doubts", "convinced", "annulled"),
    [
        ("critical", 0.0266, 0.5498, 0.2749),
        ("guarded", 0.1192, 0.9526, 1.0),
        ("patient", 0.3775, 0.8808, 0.8808),
        ("ally", 0.02, 0.02, 1.0),
    ],
)
def test_each_stance(stance: str, doubts: float, convinced: float, annulled: float) -> None:
    found = [withheld(stance, 0.0), withheld(stance, 1.0), withheld(stance, 1.0, True)]

    assert found == [doubts, convinced, annulled]


def test_negative_statements_make_a_guarded_member_refuse() -> None:
    found = accepts(0.8629, np.array([-1.0, 0.0, 1.0]), 0.0, False, P.guarded)

    assert found.round(4).tolist() == [0.1803, 0.0899, 0.0425]


def test_a_vote_without_the_main_candidate_is_rarely_accepted() -> None:
    found = [accepts_uncontested(*case, P.guarded) for case in ((0, 0), (0, 1), (1, 0), (1, 1))]

    assert [round(chance, 4) for chance in found] == [0.98, 0.3775, 0.1824, 0.0759]


def test_the_index_is_a_weighted_share() -> None:
    weights = [0.45, 0.15, 0.2, 0.2]

    assert float(recognition_index(weights, [1, 0, 0, 1])) == pytest.approx(0.65)
    assert float(recognition_index([0.0, 0.0], [1, 1])) == 0.0


def test_criticism_of_the_conditions_makes_the_mean_statement_worse() -> None:
    found = [
        with_conditions([-1.0, 0.5], count, Observers()).round(4).tolist() for count in range(3)
    ]

    assert found == [[-1.0, 0.5], [-0.5385, 0.6154], [-0.25, 0.6875]]
