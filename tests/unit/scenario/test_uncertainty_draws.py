"""Distributions by name: the inverse of one uniform, from one stream each."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sim.rng import Streams
from sim.scenario.drawn.uncertainties import Uncertainty
from sim.scenario.keys.apply import draw_uncertainties
from sim.scenario.load import load

U = (0.025, 0.5, 0.9)


@pytest.mark.parametrize(
    ("given", "quantiles"),
    [
        ({"uniform": (2.0, 4.0)}, [2.05, 3.0, 3.8]),
        ({"log_uniform": (0.1, 10.0)}, [0.112202, 1.0, 6.309573]),
        ({"normal": (0.0, 1.0)}, [-1.959964, 0.0, 1.281552]),
        ({"normal": (0.0, 1.0), "bounds": (0.0, 9.0)}, [0.031338, 0.67449, 1.644854]),
        ({"lognormal": (2.0, 0.4)}, [0.913165, 2.0, 3.339322]),
        ({"beta": (1.0, 2.0)}, [0.012579, 0.292893, 0.683772]),
        ({"triangular": (0.0, 0.5, 1.0)}, [0.111803, 0.5, 0.776393]),
        ({"choice": ("a", "b", "c"), "weights": (1.0, 0.0, 1.0)}, ["a", "c", "c"]),
    ],
)
def test_quantiles_are_those_of_the_distribution(
    given: dict[str, object], quantiles: list[object]
) -> None:
    drawn = [Uncertainty.model_validate(given).at(u) for u in U]

    assert [round(value, 6) if isinstance(value, float) else value for value in drawn] == quantiles


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"beta": (1.0, 1.0), "uniform": (0.0, 1.0)},
        {"beta": (0.0, 1.0)},
        {"uniform": (1.0, 1.0)},
        {"log_uniform": (0.0, 1.0)},
        {"normal": (0.0, 0.0)},
        {"triangular": (0.0, 2.0, 1.0)},
        {"choice": ()},
        {"choice": (1, 2), "weights": (1.0,)},
        {"weights": (1.0,)},
        {"beta": (1.0, 1.0), "bounds": (0.0, 1.0)},
        {"normal": (0.0, 1.0), "bounds": (50.0, 60.0)},
    ],
)
def test_a_distribution_that_is_none_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Uncertainty.model_validate(given)


def test_an_uncertainty_more_moves_no_other_draw() -> None:
    few = load("venezuela-2024").scenario
    more = load("venezuela-2024", ['uncertainties."night.exit_cost"={uniform=[0.1,0.8]}']).scenario
    one, two = draw_uncertainties(few, Streams(7, 3)), draw_uncertainties(more, Streams(7, 3))

    assert set(two) - set(one) == {"night.exit_cost"}
    assert {key: two[key] for key in one} == one
