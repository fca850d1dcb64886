"""Relief from sanctions: instruments come into force, and can be ended again."""

from __future__ import annotations

from dataclasses import replace

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.before.licence_book import issue as bring_into_force
from sim.processes.before.licence_book import terms_of, wind_down
from sim.processes.effects.base import Effect, Promise
from sim.processes.world import World


def night(inputs: NightInputs, promise: Promise) -> NightInputs:
    """Return the night on which more relief is at stake."""
    if promise.relief == 0:
        return inputs
    return replace(inputs, price=inputs.price + promise.relief)


def brought(world: World, issue: str, part: float) -> tuple[str, ...]:
    """Return the instruments of the highest level that a part of full relief reaches."""
    brings = world.p.issues[issue].brings
    named = brings[int(part * (len(brings) - 1) + 1e-9)] if brings else ()
    return tuple(key for key in named if key in world.sanctions.book)


def deliver(world: World, issue: str, part: float) -> None:
    """Bring the instruments of a level into force."""
    for key in brought(world, issue, part):
        bring_into_force(world, key, terms_of(world, key).value)


def undo(world: World, issue: str, part: float) -> None:
    """Begin to end them."""
    for key in brought(world, issue, part):
        wind_down(world, key)


EFFECT = Effect(
    "relief",
    "instruments of sanctions relief come into force",
    deliver,
    undo,
    night,
    frozenset({"price"}),
    after_vote=True,
    reversible=True,
)
