"""A family of outcomes: the same outcomes for each part that a case declares, `track.<key>.…`.

A part that the case lacks has no outcome; one that did not come up has the value None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sim.measures.base import Played
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import Measure, OwnMeasure, Value

Read = Callable[[Played, str], Value]
"""(a finished replicate, the key of the part) -> the value."""


@dataclass(frozen=True, slots=True)
class Of:
    """What reads an outcome of one part off a finished replicate; it can be sent to a worker."""

    part: str
    read: Read

    def __call__(self, played: Played) -> Value:
        """Return the value."""
        return self.read(played, self.part)


@dataclass(frozen=True, slots=True)
class Member:
    """One outcome of a family; fields as of `Measure`."""

    name: str
    kind: str
    unit: str
    direction: int
    definition: str
    read: Read


@dataclass(frozen=True, slots=True)
class Family:
    """A family. of_what: what its parts are, in words. group: as of `Measure`. parts: the keys
    that a case declares.
    """

    name: str
    of_what: str
    group: str
    parts: Callable[[Parameters], Sequence[str]]
    members: tuple[Member, ...]

    def of(self, p: Parameters) -> Iterator[tuple[str, OwnMeasure]]:
        """Yield (name, outcome) of each part of a case."""
        for part in self.parts(p):
            for one in self.members:
                name = f"{self.name}.{part}.{one.name}"
                said = f"{part}: {one.definition}"
                about = one.kind, one.unit, one.direction, said
                measure = Measure(name, self.group, *about)
                yield name, OwnMeasure(measure, Of(part, one.read))


def yes_no(name: str, direction: int, definition: str, read: Read) -> Member:
    """Return a yes/no outcome."""
    return Member(name, "bool", "share", direction, definition, read)
