"""All actors, by hand: key -> what makes one from the parameters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from sim.actors.base import Actor
from sim.actors.citizens import Citizens
from sim.actors.court import Court
from sim.actors.electoral_authority import ElectoralAuthority
from sim.actors.government import Government
from sim.actors.mediator import Mediator
from sim.actors.minor_candidates import MinorCandidates
from sim.actors.missions import Missions
from sim.actors.platform import Platform
from sim.actors.security_forces import SecurityForces
from sim.actors.third_states import ThirdStates
from sim.actors.us import SanctioningState
from sim.records.parameters.root import Parameters

ACTORS: dict[str, Callable[[Parameters], Actor]] = {
    "government": Government,
    "electoral_authority": ElectoralAuthority,
    "court": Court,
    "security_forces": SecurityForces,
    "platform": Platform,
    "minor_candidates": MinorCandidates,
    "us": SanctioningState,
    "mediator": Mediator,
    "allies": partial(ThirdStates, "allies"),
    "eu": partial(ThirdStates, "eu"),
    "region_left": partial(ThirdStates, "region_left"),
    "region_right": partial(ThirdStates, "region_right"),
    "missions": Missions,
    "citizens": Citizens,
}
