"""A pilgrimage is allowed."""

from __future__ import annotations

from sim.processes.effects.base import Effect, nothing

EFFECT = Effect("pilgrimage", "a pilgrimage is allowed", nothing, nothing)
