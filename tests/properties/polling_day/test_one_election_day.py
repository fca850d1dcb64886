"""A scenario and the power study hold the same election day, array by array, whatever is done to
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import pytest

from sim.models.chain.bulletins import bulletins
from sim.models.chain.evening import untouched
from sim.power import elections
from sim.power.elections import Electorate, electorate, run_evening, vote
from sim.power.worlds import PowerWorld, all_worlds
from sim.processes.day.electorate import NationalElectorate
from sim.processes.day.orders import acting
from sim.processes.day.standing import Setting, Standing
from sim.processes.world import closing_day
from sim.records.vote.chain import STAGES
from sim.records.vote.election_day import ElectionDay
from sim.replicate.build import Case, build_world
from sim.rng import Streams
from tests.support.cases import case

ENTROPY = 0xDA7
ONE_A_STAGE = (
    "register_padding",
    "slow_service",
    "ballot_stuffing",
    "witness_expulsion",
    "sheet_alteration",
    "sheet_refusal",
    "forged_copies",
    "transmission_stop",
    "tabulation_override",
    "fabricated_totals",
)
HIGH = {w.manipulation: w for w in all_worlds() if w.intensity == "high" and not w.displaced}
WORLDS = [PowerWorld(), *(HIGH[key] for key in ONE_A_STAGE)]
PLACES = [
    *(("bellmar", r) for r in range(3)),
    ("venezuela-2024", 0),
    *(pytest.param("venezuela-2024", r, marks=pytest.mark.slow) for r in (1, 2)),
]


def by_the_scenario(held: Case, e: Electorate, done: PowerWorld) -> Standing:
    """Hold the day on the clock of a scenario in which nobody decides anything, and announce
    twice.
    """
    patience = e.p.day.patience.model_copy(update={"on": e.p.day.patience.on or done.patience})
    day = e.p.day.model_copy(update={"patience": patience})
    changes = {"manipulations": done.manipulations(e.p.manipulations), "day": day}
    world = build_world(held, ENTROPY, e.streams.replicate)
    world.p = e.p.model_copy(update=changes)
    given = Setting(world.p, held.contest, held.register, Streams(ENTROPY, e.streams.replicate))
    world.electorate = NationalElectorate(given, held.as_of_day)
    world.electorate.start(world)
    world.env.run(until=closing_day(world))
    world.electorate.announcement("count", 0.0, closing_day(world))
    second = closing_day(world) + world.p.vote.stages[-1].hours / 24
    world.electorate.next_announcement(second)
    standing = world.electorate.standing
    assert standing is not None
    return standing


def leaves(record: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if is_dataclass(record):
        for field in fields(record):
            if field.name != "bulletins":
                yield from leaves(getattr(record, field.name), f"{path}.{field.name}")
    elif isinstance(record, tuple) and any(map(is_dataclass, record)):
        for number, part in enumerate(record):
            yield from leaves(part, f"{path}[{number}]")
    else:
        yield path, record


def differing(mine: ElectionDay, theirs: ElectionDay) -> list[str]:
    one, other = dict(leaves(mine)), dict(leaves(theirs))
    assert one.keys() == other.keys()
    return [path for path in one if not np.array_equal(one[path], other[path])]


def differences(name: str, replicate: int, done: PowerWorld) -> list[str]:
    """Return the arrays of a world's day in which scenario and power study differ, bulletins
    last.
    """
    held, e = case(name), electorate(case(name), ENTROPY, replicate)
    scenario, study = by_the_scenario(held, e, done), run_evening(e, vote(e, done), done, e.p)
    last = [day.totals.tolist() for day in (scenario.bulletins[-1], study.chain.bulletins[-1])]
    return differing(scenario.day, study) + ["bulletins"] * (last[0] != last[1])


def test_each_stage_of_the_chain_has_a_manipulation_here() -> None:
    assert [world.acts_on for world in WORLDS] == ["", *STAGES]


@pytest.mark.parametrize("done", WORLDS, ids=lambda world: world.name)
@pytest.mark.parametrize(("name", "replicate"), PLACES)
def test_a_scenario_and_the_power_study_hold_the_same_day(
    name: str, replicate: int, done: PowerWorld
) -> None:
    assert differences(name, replicate, done) == []


def test_two_stages_swapped_by_one_of_the_two_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = {"machine": "sheet", "sheet": "machine"}

    def acting_late(wanted: Any, streams: Streams) -> Any:
        act = acting(wanted, streams)
        return lambda stage, chain, known: act(swapped.get(stage, stage), chain, known)

    monkeypatch.setattr(elections, "acting", acting_late)

    assert ".chain.sheet.votes" in differences("bellmar", 0, HIGH["ballot_stuffing"])
    assert differences("bellmar", 0, PowerWorld()) == []


def test_a_bulletin_before_the_tabulation_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def announced_first(chain: Any, known: Any, p: Any, apply: Any = untouched) -> Any:
        ready = replace(chain, tabulated=chain.sheet)
        said = apply("announcement", replace(ready, bulletins=bulletins(ready, p)), known)
        return apply("tabulation", said, known)

    monkeypatch.setattr(elections, "tabulate_and_announce", announced_first)

    assert differences("bellmar", 0, HIGH["tabulation_override"]) == ["bulletins"]
