"""Polls and canvasses reach those who see them, and shifts of support move every belief by one
rule.
"""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.models.numbers.kalman import belief_challenger_leads, lead_mean
from sim.processes import beliefs
from sim.processes.beliefs import government_pi
from sim.processes.world import World, record
from sim.records.events import BeliefUpdated, PollPublished, SupportShift
from tests.support.quiet_world import QuietElectorate, quiet_world
from tests.support.strategy_case import parameters

P = parameters()

BELIEVERS = ("government", "platform", "us", "eu", "security_forces", "citizens")


def ran(until: float = 0.0, replicate: int = 0, lead: float = 0.2) -> World:
    world = quiet_world(P, replicate=replicate)
    assert isinstance(world.electorate, QuietElectorate)
    world.electorate.lead = lead
    beliefs.start(world)
    world.env.run(until=until)
    return world


def test_a_poll_is_learned_by_all_and_a_canvass_by_the_government_alone() -> None:
    found = [
        (round(e.day, 1), type(e).__name__, getattr(e, "actor", ""))
        for e in ran(until=-22.0).ledger
    ]

    assert found == [
        (-24.0, "BeliefUpdated", "government"),
        (-22.4, "PollPublished", ""),
        *[(-22.4, "BeliefUpdated", actor) for actor in BELIEVERS],
    ]


def test_polls_stop_at_the_ban_and_canvasses_at_the_last_review() -> None:
    world = ran(until=180.0)

    assert max(e.day for e in world.ledger.of(PollPublished)) < -6.0
    assert max(e.day for e in world.ledger.of(BeliefUpdated)) == -3.0


def test_about_three_polls_a_family_appear_before_the_ban() -> None:
    counts = [len(ran(replicate=r).ledger.of(PollPublished)) for r in range(200)]
    expected = 2 * 20 / 7

    assert abs(np.mean(counts) - expected) < 4 * math.sqrt(expected / 200)


def test_the_governments_belief_follows_the_lead_that_its_machine_sees() -> None:
    means = [
        np.mean([lead_mean(ran(replicate=r, lead=lead).beliefs["government"]) for r in range(40)])
        for lead in (-0.1, 0.2, 0.3)
    ]

    assert means == sorted(means)


def test_a_transfer_moves_every_mean_at_its_own_value() -> None:
    world = quiet_world(P, beliefs.start)
    before = {actor: lead_mean(world.beliefs[actor]) for actor in BELIEVERS}
    world.env.run(until=-25.9)
    record(world, SupportShift(world.env.now, -math.log(0.9), 0.0, 0.0, "national", "transfer"))
    world.env.run(until=-25.8)
    after = {actor: lead_mean(world.beliefs[actor]) for actor in BELIEVERS}

    assert all(after[actor] < before[actor] for actor in BELIEVERS)
    assert after["platform"] - before["platform"] == pytest.approx(-0.0466, abs=5e-5)


def test_the_walk_of_support_is_not_told_to_anybody() -> None:
    world = quiet_world(P, beliefs.start)
    world.env.run(until=-25.9)
    record(world, SupportShift(world.env.now, 0.1, 0.0, 0.0, "national", "walk"))
    world.env.run(until=-25.8)

    assert lead_mean(world.beliefs["government"]) == 0.05


def test_after_the_close_the_government_knows() -> None:
    world = ran(until=-1.0)
    before = government_pi(world)
    world.conduct.held = True
    world.electorate.hold(world.conduct, world.env.now)
    world.env.run(until=0.8)

    assert before == belief_challenger_leads(world.beliefs["government"])
    assert government_pi(world) == 1.0
