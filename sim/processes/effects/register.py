"""Every effect that an issue can have."""

from __future__ import annotations

from types import MappingProxyType

from sim.processes.effects import (
    ballot,
    copies,
    guarantee,
    observation,
    personal,
    publication,
    release,
    relief,
)
from sim.processes.effects.base import Effect

EFFECTS: MappingProxyType[str, Effect] = MappingProxyType(
    {
        effect.key: effect
        for effect in (
            ballot.EFFECT,
            copies.EFFECT,
            publication.EFFECT,
            observation.EFFECT,
            release.EFFECT,
            guarantee.EFFECT,
            relief.EFFECT,
            personal.EFFECT,
        )
    }
)
