"""Which numbers of a scenario are assumptions that are drawn, from what, and their draw.

A parameter declares its distribution (`drawn`) or that of a factor on its value (`spread`); a
table `[assumptions]` of a file states one for a path. All replicates of one set share one draw.
Stream: `assumption/<dotted path>` of (entropy, set), one number each: a path that is fixed, or
not there, moves no other.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

from sim.documents.fields import Spec, find_spec, values_of
from sim.documents.merge import Keys
from sim.rng import Streams
from sim.scenario.drawn.uncertainties import Uncertainty, clipped
from sim.scenario.schema import Scenario, is_parameter

STREAM = "assumption/"
SET = 4
"""Replicates of one set: few, so that there are many sets; more than one, so that luck within a set
can be told from the difference between sets.
"""
NOT_DRAWN = {
    "frame": "the register of tables: another one could not be paired",
    "candidates": "the ballot, which belongs to the register",
    "ballot": "the ballot's small candidates, which belong to the register",
    "day.service_mean_seconds": "the queue: a new surface for each value",
    "day.service_cv": "the queue: a new surface for each value",
    "day.machines": "the queue: a new surface for each value",
    "day.arrival_weights": "the queue: a new surface for each value",
    "day.patience": "the queue: a new surface for each value",
    "day.surface": "the queue: how finely one computes it",
    "quick_count": "choices of observers",
    "monitoring": "choices of observers",
    "manipulations": "what somebody does, set by the scenario",
    "surrogate": "stands in for the electorate where the strategic layer runs alone",
}
"""What no distribution of an assumption may name, and why."""


@dataclass(frozen=True, slots=True)
class Assumption:
    """From what one number is drawn. factor_of: the value that a drawn factor multiplies, None
    where the number itself is drawn. bounds: hard bounds, within which a product is kept.
    """

    law: Uncertainty
    factor_of: float | None = None
    bounds: tuple[float, float] = (float("-inf"), float("inf"))

    def at(self, u: float) -> float:
        """Return the value below which the share `u` of the distribution lies."""
        drawn = float(self.law.at(u))
        if self.factor_of is None:
            return drawn
        return min(max(drawn * self.factor_of, self.bounds[0]), self.bounds[1])

    def words(self) -> str:
        """Return the distribution as a file would write it."""
        bounds = f", bounds = {list(self.law.bounds)}" if self.law.bounds else ""
        text = f"{self.law.kind} = {list(getattr(self.law, self.law.kind))}{bounds}"
        return text if self.factor_of is None else f"{self.factor_of:g} times {text}"


def assumed(
    scenario: Scenario, own: Container[Keys], seeded: Container[Keys]
) -> dict[str, Assumption]:
    """Return every assumption of a scenario that is drawn, by dotted path in declared order.

    own: paths to which the scenario's files or `--set` give a value, which ends a draw; seeded:
    those to which the seed gives one, which ends it unless the parameter declares a factor.
    """
    return {".".join(keys): found for keys, found in _assumed(scenario, own, seeded)}


def _assumed(
    scenario: Scenario, own: Container[Keys], seeded: Container[Keys]
) -> Iterator[tuple[Keys, Assumption]]:
    for keys, value in values_of(scenario):
        dotted = ".".join(keys)
        if dotted in scenario.uncertainties or not is_parameter(keys):
            continue
        stated, spec = scenario.assumptions.get(dotted), find_spec(Scenario, keys)
        if stated is not None:
            yield keys, Assumption(stated)
        elif isinstance(spec, Spec) and keys not in own:
            drawn, spread = spec.extra.get("drawn"), spec.extra.get("spread")
            if spread is not None and isinstance(value, float):
                yield keys, Assumption(Uncertainty.model_validate(spread), value, spec.bounds)
            elif drawn is not None and keys not in seeded:
                yield keys, Assumption(Uncertainty.model_validate(drawn))


def held(scenario: Scenario, drawn: Container[str]) -> tuple[str, ...]:
    """Return the parameters that declare a distribution and are not drawn from it: a file gives
    their value, or an uncertainty draws it once a replicate.
    """
    return tuple(
        ".".join(keys)
        for keys, value in values_of(scenario)
        if is_parameter(keys)
        and value is not None
        and isinstance(spec := find_spec(Scenario, keys), Spec)
        and {"drawn", "spread"} & spec.extra.keys()
        and ".".join(keys) not in drawn
    )


def draw_assumptions(assumptions: Mapping[str, Assumption], streams: Streams) -> dict[str, float]:
    """Return one value for each assumption. streams: those of (entropy, set)."""
    return {
        path: assumption.at(clipped(streams(STREAM + path).random()))
        for path, assumption in assumptions.items()
    }


def not_drawn(path: str) -> str:
    """Return why a path may not be drawn, or ""."""
    found = (why for part, why in NOT_DRAWN.items() if path == part or path.startswith(f"{part}."))
    return next(found, "")
