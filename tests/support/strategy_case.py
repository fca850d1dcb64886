"""The Venezuelan parameters as the tests of the strategic layer use them, and a small country with
honest institutions.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from typing import Any

from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.root import Parameters
from sim.scenario.load import load
from sim.scenario.schema import CaseParameters
from tests.support.standalone import run_standalone

ENTROPY = 0x5EED


def merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = dict(below)
    for key, value in above.items():
        old = both.get(key)
        both[key] = (
            merged(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
        )
    return both


@cache
def tree() -> dict[str, Any]:
    """Return all parameters of the case as JSON values: its tables and what its facts give."""
    scenario = load("venezuela-2024").scenario
    given: dict[str, Any] = json.loads(
        scenario.model_dump_json(include=set(Parameters.model_fields))
    )
    return given


def nested(path: str, value: Any) -> dict[str, Any]:
    head, _, rest = path.partition(".")
    return {head: nested(rest, value) if rest else value}


def parameters(**changes: Any) -> Parameters:
    """Return the case with changes; a double underscore stands for the dot of a path."""
    given = tree()
    for path, value in changes.items():
        given = merged(given, nested(path.replace("__", "."), value))
    return CaseParameters.model_validate_json(json.dumps(given, default=str))


def run(p: Parameters, replicate: int = 0, forcings: Sequence[Forcing] = ()) -> World:
    return run_standalone(p, ENTROPY, replicate, forcings)


HONEST = {
    "conduct__available": [],
    "conduct__expulsion_available": False,
    "conduct__stop_available": False,
    "night__options": ["count"],
    "types__obedience": 1.0,
}
