"""The contract of an effect: at the status quo the same night, only what it touches changes, undo
takes back what delivery did.
"""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from typing import Any

import numpy as np
import pytest

from sim.models.strategy.night.night_inputs import NightInputs
from sim.processes.before import sanctions
from sim.processes.effects.base import Promise
from sim.processes.effects.register import EFFECTS
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters

P = parameters()
ISSUE = {issue.effect: key for key, issue in P.issues.items()}
FULL = Promise(1.0, 0.4, 0.15, 0.04, 0.9, (0.8, 1.2), (0.15, 0.7))
NUMBERS = [f.name for f in fields(NightInputs)][:12]


def night() -> NightInputs:
    numbers: dict[str, Any] = {name: np.full(3, 0.2) for name in NUMBERS}
    numbers["audited"] = np.zeros(3)
    return NightInputs(**numbers, credibility=np.zeros((3, 2)), reach=np.zeros((3, 2)))


def moved(before: NightInputs, after: NightInputs) -> set[str]:
    return {
        f.name
        for f in fields(NightInputs)
        if not np.array_equal(getattr(before, f.name), getattr(after, f.name))
    }


def test_every_effect_has_an_issue_in_the_case() -> None:
    assert sorted(ISSUE) == sorted(EFFECTS)


@pytest.mark.parametrize("key", EFFECTS)
def test_at_the_status_quo_the_night_is_the_same_object(key: str) -> None:
    inputs = night()

    assert EFFECTS[key].night(inputs, replace(FULL, part=0.0, level=0.0, relief=0.0)) is inputs


@pytest.mark.parametrize("key", EFFECTS)
def test_only_what_an_effect_touches_changes(key: str) -> None:
    inputs = night()

    assert moved(inputs, EFFECTS[key].night(inputs, FULL)) == EFFECTS[key].touches


@pytest.mark.parametrize("key", [key for key in EFFECTS if key != "relief"])
def test_undo_takes_back_what_delivery_did(key: str) -> None:
    world = quiet_world(P)
    columns = [world.conduct, world.negotiation, world.sanctions]
    before = [str(asdict(column)) for column in columns]
    issue = ISSUE.get(key, "detentions")  # the case need not have an issue of each effect
    EFFECTS[key].deliver(world, issue, 1.0)
    EFFECTS[key].undo(world, issue, 1.0)
    world.negotiation.guaranteed.clear()

    assert [str(asdict(column)) for column in columns] == before


def test_relief_that_is_undone_is_gone_after_its_wind_down() -> None:
    world = quiet_world(P, sanctions.start)
    before = world.sanctions.relief_share
    EFFECTS["relief"].deliver(world, ISSUE["relief"], 1.0)
    given = world.sanctions.relief_share
    EFFECTS["relief"].undo(world, ISSUE["relief"], 1.0)
    world.env.run(until=30.0)

    assert (given > before, world.sanctions.relief_share) == (True, before)
