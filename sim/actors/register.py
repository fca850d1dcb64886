"""All actors, by hand: role -> what makes one from the parameters and the member's key."""

from __future__ import annotations

from collections.abc import Callable

from sim.actors.abroad.mediator import Mediator
from sim.actors.abroad.recogniser import Recogniser
from sim.actors.abroad.sender import Sender
from sim.actors.authority import Authority
from sim.actors.base import Actor
from sim.actors.challenger import Challenger
from sim.actors.citizens import Citizens
from sim.actors.court import Court
from sim.actors.forces import Forces
from sim.actors.incumbent import Incumbent
from sim.actors.minor import Minor
from sim.actors.observer import Observer
from sim.actors.several import Several
from sim.records.parameters.root import Parameters
from sim.records.who import who_of

ROLES: dict[str, Callable[[Parameters, str], Actor]] = {
    "incumbent": Incumbent,
    "authority": Authority,
    "court": Court,
    "forces": Forces,
    "challenger": Challenger,
    "sender": Sender,
    "recogniser": Recogniser,
    "mediator": Mediator,
    "observer": Observer,
    "citizens": Citizens,
}


def actors_of(p: Parameters) -> dict[str, Actor]:
    """Return who decides in a case: its cast, and the small candidates on the ballot."""
    cast = {
        key: _acting(p, key, [ROLES[role] for role in ROLES if role in member.roles])
        for key, member in p.cast.items()
        if member.roles
    }
    return cast | {key: Minor(p, key) for key in who_of(p.cast, p.candidates).minors}


def _acting(p: Parameters, key: str, roles: list[Callable[[Parameters, str], Actor]]) -> Actor:
    """Return a member's only role, or all of them as one actor."""
    made = [make(p, key) for make in roles]
    return made[0] if len(made) == 1 else Several(key, tuple(made))
