"""Prepared cases that several tests share; each is built once a process."""

from __future__ import annotations

from functools import cache

from sim.processes.world import World
from sim.records.results.outcome import Outcome
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import play, run_replicate
from sim.scenario.load import Resolved, load

FIXED = ("run.assumptions=fixed",)
"""Also where no fixture of pytest holds assumptions at their medians: golden digests are blessed by
a command.
"""


@cache
def resolved(name: str) -> Resolved:
    return load(name, FIXED)


@cache
def case(name: str, alone: bool = False) -> Case:
    return prepare_case(resolved(name), alone=alone)


@cache
def outcome(name: str, replicate: int, entropy: int = 0x7E57) -> Outcome:
    return run_replicate(case(name), entropy, replicate)


@cache
def world(name: str, replicate: int, entropy: int = 0x7E57, alone: bool = False) -> World:
    return play(case(name, alone), entropy, replicate)
