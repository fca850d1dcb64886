"""What every parameter with a declared distribution inherits: a default that is its median, and
draws that every seed accepts.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sim.documents.fields import Spec, declared_paths, find_spec
from sim.records.parameters.root import Parameters
from sim.replicate.build import prepare_case
from sim.replicate.carried import Carried
from sim.scenario.checks import support_problem
from sim.scenario.drawn.assumptions import SET, not_drawn
from sim.scenario.drawn.uncertainties import Uncertainty
from sim.scenario.load import load

SEEDS = ("venezuela-2024", "bellmar")


def declared(what: str) -> Iterator[Spec]:
    for path in declared_paths(Parameters):
        spec = find_spec(Parameters, path)
        if isinstance(spec, Spec) and what in spec.extra:
            yield spec


def law(spec: Spec, what: str) -> Uncertainty:
    return Uncertainty.model_validate(spec.extra[what])


def test_a_default_is_the_median_of_what_it_is_drawn_from() -> None:
    wrong = [
        ".".join(spec.path)
        for spec in declared("drawn")
        if not spec.field.is_required()
        and spec.field.default != pytest.approx(law(spec, "drawn").at(0.5), rel=0.005, abs=1e-9)
    ]

    assert wrong == []


def test_a_factor_has_the_median_1() -> None:
    wrong = [
        ".".join(spec.path)
        for spec in declared("spread")
        if law(spec, "spread").at(0.5) != pytest.approx(1.0, rel=0.05)
    ]

    assert wrong == []


def test_a_drawn_parameter_is_a_number_within_its_bounds_that_may_be_drawn() -> None:
    wrong = [
        ".".join(spec.path)
        for spec in declared("drawn")
        if support_problem(spec, law(spec, "drawn")) or not_drawn(".".join(spec.path))
    ]

    assert wrong == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_two_thousand_sets_of_a_seed_load(seed: str) -> None:
    case = prepare_case(load(seed, ("run.assumptions=drawn",)))

    for number in range(2000):
        Carried().scenario(case.scenario, case.assumptions, 0x5EED, SET * number)


@pytest.mark.parametrize("seed", SEEDS)
def test_fifty_sets_of_a_seed_load(seed: str) -> None:
    case = prepare_case(load(seed, ("run.assumptions=drawn",)))

    for number in range(50):
        Carried().scenario(case.scenario, case.assumptions, 0x5EED, SET * number)
