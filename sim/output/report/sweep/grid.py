"""A sweep as a grid of levers and outcomes, with the point that stands for the baseline."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from sim.documents.fields import Spec, find_spec
from sim.output.report.comparison.differences import SIDES
from sim.output.report.method.assumption_list import shown, value_at
from sim.output.report.page.words import capital
from sim.output.tables.differences import PREFERRED
from sim.records.results.outcome import Failures, Measure
from sim.records.results.summary import SummaryLine
from sim.scenario.schema import Scenario
from sim.sources import ASSUMPTION
from sim.studies.sweeps.sweep import Sweep
from sim.studies.sweeps.sweep_plan import SCENARIO_AXIS

MOST_OUTCOMES, MOST_POINTS = 8, 1500


@dataclass(frozen=True, slots=True)
class Lever:
    """An axis: dotted path, what it is called, its unit, whether its default is an assumption, and
    its values in order.
    """

    path: str
    name: str
    unit: str
    assumed: bool
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome that is a chance: its key, the category that stands for it, and its name."""

    key: str
    category: str
    name: str


@dataclass(frozen=True)
class Swept:
    """A finished sweep with its title, its description, and the outcomes that are asked for, () for
    those of the scenario.
    """

    done: Sweep
    title: str
    description: str
    asked: tuple[str, ...]

    @property
    def failures(self) -> Failures | None:
        """Return how many replicates failed, or None."""
        return self.done.failed

    @cached_property
    def levers(self) -> tuple[Lever, ...]:
        """Return the axes in their order."""
        return tuple(_lever(self, path) for path in self.done.points[0])

    @property
    def full(self) -> bool:
        """Return whether the points are every combination of the axes' values, once each."""
        points = {tuple(map(str, p.values())) for p in self.done.points}
        size = math.prod(len(x.values) for x in self.levers)
        return len(points) == len(self.done.points) == size <= MOST_POINTS

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Return the outcomes asked for that are chances, else the three and more."""
        return tuple(self.asked or ("vote_winner", "announced_winner", SIDES_LAST))

    @cached_property
    def lines(self) -> list[list[SummaryLine]]:
        """Return the summary of each point."""
        return [lines for _, _, lines in self.done.summary(self.names)]

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        """Return the outcomes that are chances, with one category each, in the order asked for."""
        found = []
        for name in self.names:
            measure = self.done.measures[name]
            kind = measure.kind
            held = {x.category for lines in self.lines for x in lines if x.outcome == name}
            if kind == "bool":
                found.append(Outcome(name, "", _bool_name(measure)))
            elif kind == "category":
                best = [who for who in PREFERRED if who in held] or sorted(held)
                found.append(Outcome(name, best[0], _side_name(measure, best[0])))
        return tuple(found[:MOST_OUTCOMES])

    def line(self, point: int, outcome: Outcome) -> SummaryLine | None:
        """Return the figure of an outcome at a point; a category that never occurs there has
        none.
        """
        for line in self.lines[point]:
            if line.outcome == outcome.key and line.category in (outcome.category, "true"):
                return line
        return None

    @cached_property
    def baseline(self) -> int:
        """Return the point of the scenario's own values, else the nearest in number of axes."""
        own = [_own(self, path) for path in self.done.points[0]]
        same = [
            sum(str(shown(a)) == str(shown(b)) for a, b in zip(p.values(), own, strict=True))
            for p in self.done.points
        ]
        return same.index(max(same))


SIDES_LAST = "office_holder_inauguration"


def _own(swept: Swept, path: str) -> object:
    if path == SCENARIO_AXIS:
        return swept.done.resolved.name
    return value_at(swept.done.resolved.as_json()["scenario"], path)


def _lever(swept: Swept, path: str) -> Lever:
    values = tuple(dict.fromkeys(point[path] for point in swept.done.points))
    found = None if path == SCENARIO_AXIS else find_spec(Scenario, tuple(path.split(".")))
    if not isinstance(found, Spec):
        return Lever(path, capital(path), "", False, values)
    stored = swept.done.resolved.as_json()["provenance"]
    source = stored[path]["source"] if isinstance(stored, Mapping) and path in stored else ""
    unit = "" if found.unit in ("key", "1") else found.unit
    return Lever(path, capital(found.note or path), unit, source == ASSUMPTION, values)


def _bool_name(measure: Measure) -> str:
    words = measure.definition.split(";")[0].split(" (")[0].rstrip(".")
    return capital(words.removeprefix("whether ").removeprefix("Whether "))


def _side_name(measure: Measure, who: str) -> str:
    name = measure.name
    subject = "Nobody" if who == "none" else f"The {who}"
    return f"{subject} {SIDES[name]}" if name in SIDES else f"{_bool_name(measure)}: {who}"
