"""What is true of this case and nobody knows, drawn once at the start; a scenario may fix each."""

from __future__ import annotations

from sim.models.strategy.night import types as models
from sim.processes.world import World

TYPE = "types/{kind}"


def draw(world: World) -> None:
    """Draw the types of the case: every number is drawn, given or not."""
    p, given, columns = world.p.night, world.p.types, world.conduct
    z = {kind: normal(world, kind) for kind in ("exit_cost", "value", "loyalty", "loyalty_seen")}
    u = float(world.streams(TYPE.format(kind="obedience")).random())
    columns.exit_cost = first(given.exit_cost, models.exit_cost(z["exit_cost"], p))
    columns.value = first(given.value_of_opposition, models.value_of_opposition(z["value"], p))
    columns.loyalty = first(given.loyalty, models.loyalty(z["loyalty"], p))
    columns.loyalty_seen = models.loyalty_seen(columns.loyalty, z["loyalty_seen"], p)
    columns.obedience = first(given.obedience, models.obedience(u, p))
    columns.guarantees = max(columns.guarantees, given.guarantees)


def normal(world: World, kind: str) -> float:
    """Return the standard normal number of a type."""
    return float(world.streams(TYPE.format(kind=kind)).standard_normal())


def first(given: float | None, drawn: float) -> float:
    """Return the value that a scenario gives, else the drawn one."""
    return drawn if given is None else given


def copies_seen(world: World) -> float:
    """Return the copies that the incumbent expects witnesses to hold, over tables."""
    held = world.electorate.copies_expected_share()
    return models.copies_seen(held, normal(world, "copies_seen"), world.p.night)


def exit_cost(world: World) -> float:
    """Return X as it stands: with the designations so far, and less if the successor is
    moderate.
    """
    entry = world.p.candidates.get(world.conduct.carrier or "")
    factor = world.p.night.moderate_factor if entry is not None and entry.moderate else 1.0
    return max(world.conduct.exit_cost * factor + world.sanctions.exit_cost_added, 0.0)
