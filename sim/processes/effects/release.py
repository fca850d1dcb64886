"""Detained people go free."""

from __future__ import annotations

from sim.processes.effects.base import Effect, nothing

EFFECT = Effect("release", "detained people go free", nothing, nothing, after_vote=True)
