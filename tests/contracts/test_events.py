"""What every event inherits: a sentence of its own, with the case's names."""

from __future__ import annotations

import dataclasses
import typing

import pytest

from sim.ledger import Event
from sim.names import Names
from sim.records import events
from sim.replicate.build import PROCESSES

KINDS = sorted(
    (kind for kind in Event.__subclasses__() if kind.__module__.startswith("sim.")),
    key=lambda kind: kind.__name__,
)
assert PROCESSES, "whatever a process notes is loaded with it"
EXAMPLES = {float: 0.25, int: 3, str: "government_us/1/energy_relief/2", bool: True, tuple: (0.5,)}


def example(kind: type[Event]) -> Event:
    """Return an event of this kind with a plain value in each field."""
    types = typing.get_type_hints(kind)
    values = {}
    for field in dataclasses.fields(kind):
        known = typing.get_origin(types[field.name]) or types[field.name]
        values[field.name] = EXAMPLES.get(known, 0.25)
    return kind(**values)


def test_every_kind_of_event_that_others_wait_for_is_listed() -> None:
    shared = {k.__name__ for k in KINDS if k.__module__.startswith("sim.records.events")}
    assert shared == set(events.__all__)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_event_says_itself_in_one_sentence(kind: type[Event]) -> None:
    said = example(kind).says(Names())

    assert "says" in vars(kind)
    assert said.endswith(".")
    assert kind.__name__ not in said


def test_an_event_without_a_sentence_is_named() -> None:
    @dataclasses.dataclass(frozen=True, slots=True)
    class Silent(Event):
        pass

    with pytest.raises(TypeError, match="Silent has no sentence"):
        Silent(0.0).says(Names())
