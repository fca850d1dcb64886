"""A region is announced when its last table is in, and the nation with the last of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sim.models.chain.bulletins import bulletin_at
from sim.models.chain.regions import region_bulletin, still_to_come
from sim.names import Names
from sim.records.events import NightDecision, RegionAnnounced, ResultAnnounced, ResultAnnulled
from sim.records.vote.chain import Chain, open_chain
from sim.records.vote.count import Count
from sim.records.vote.polling_hours import PollingHours
from sim.records.vote.register import Register
from sim.replicate.build import prepare_case
from sim.replicate.replicate import play, run_replicate
from sim.scenario.load import load

BY_REGION = "vote.announce=region"
WHOLE = "vote.stages=[{ share = 1.0 }, { hours = 48.0 }]"
ALL_REPORT = "transmission.channel_up=1.0"
EARLY = 28
"""An entropy with which the decision of the night falls before the second region is in."""


def four_tables(minutes: list[float]) -> tuple[Chain, Register]:
    """Return four tables in three regions, two of them in the first, as received at `minutes`."""
    none = np.zeros(3, dtype=np.float64)
    register = Register(
        "four",
        "0",
        ("North", "South", "West"),
        1,
        np.full(4, 100, dtype=np.int32),
        np.array([0, 0, 1, 2], dtype=np.int32),
        np.array([0, 1, 2], dtype=np.int16),
        np.zeros(3, dtype=np.int32),
        np.zeros(3, dtype=np.int16),
        np.array([200, 100, 100]),
        none,
        none > 1,
    )
    votes = np.array([[10, 20, 30, 5], [20, 10, 5, 40], [1, 2, 3, 4]], dtype=np.int32)
    counted = Count(votes, np.array([1, 0, 2, 1], dtype=np.int32))
    chain = open_chain(register.registered, PollingHours(0.0, 480.0, 1080.0))
    received = np.array(minutes, dtype=np.float32)
    return replace(chain, tabulated=counted, transmitted_minute=received), register


def test_the_regions_come_in_the_order_of_their_last_tables_and_the_last_is_the_nations() -> None:
    chain, register = four_tables([610, 700, 650, 720])

    assert still_to_come(chain, register, ()) == [(650.0, 1), (700.0, 0)]
    assert still_to_come(chain, register, ("South",)) == [(700.0, 0)]
    assert still_to_come(chain, register, ("South", "North")) == []


def test_a_region_of_which_a_table_never_comes_in_is_left_to_the_nation() -> None:
    chain, register = four_tables([610, np.inf, 650, 720])

    assert still_to_come(chain, register, ()) == [(650.0, 1), (720.0, 2)]


def test_totals_are_those_of_the_regions_so_far_and_end_as_the_nations() -> None:
    chain, register = four_tables([610, 700, 650, 720])
    south = region_bulletin(chain, register, (), 1, 1, 0.9)
    north = region_bulletin(chain, register, ("South",), 0, 2, 1.0)
    last = region_bulletin(chain, register, ("South", "North"), 2, 3, 1.1)

    assert (south.totals.tolist(), south.invalid, south.share_counted) == ([30, 5, 3], 2, 0.25)
    assert (north.totals.tolist(), north.turnout_share) == ([60, 35, 6], 104 / 300)
    assert last.totals.tolist() == bulletin_at(chain, 3, 720).totals.tolist() == [65, 75, 10]


def told(scenario: str, *overrides: str, entropy: int = 7) -> list[tuple[float, str]]:
    """Return hour and region of each bulletin, and hour and option of what is decided."""
    case = prepare_case(load(scenario, ["run.assumptions=fixed", *overrides]))
    kinds = RegionAnnounced, NightDecision, ResultAnnounced, ResultAnnulled
    return [
        (round(e.day * 24, 2), getattr(e, "region", "") or getattr(e, "option", "nation"))
        for e in play(case, entropy, 0).ledger
        if isinstance(e, kinds)
    ]


def test_an_evening_by_region_as_it_is_told() -> None:
    assert told("bellmar", BY_REGION, WHOLE, ALL_REPORT) == [
        (20.55, "Highlands"),
        (21.11, "Coast"),
        (23.15, "count"),
        (23.15, "nation"),
        (67.0, "nation"),
    ]


def test_a_decision_before_the_count_is_in_leaves_the_regions_their_turn() -> None:
    given = load("gambia-2016", ["run.assumptions=fixed", BY_REGION, WHOLE, ALL_REPORT])
    world = play(prepare_case(given), EARLY, 0)
    ledger, standing = world.ledger, world.electorate.standing
    regions, nation = ledger.of(RegionAnnounced), ledger.of(ResultAnnounced)

    assert ledger.of(NightDecision)[0].day < regions[1].day
    assert [e.number for e in (*regions, *nation)] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert standing is not None
    assert [b.number for b in standing.bulletins] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert sorted(e.totals for e in regions) == [e.totals for e in regions]


def test_a_region_says_itself() -> None:
    event = RegionAnnounced(0.9, "Coast", "opposition", 0.028, 0.673, 2, (5, 6, 1))

    assert event.says(Names()) == (
        "Bulletin 2: the region Coast is announced (the challenger by 2.8 points there); "
        "67.3 % of all tables so far."
    )


@pytest.mark.parametrize("option", ["altered_tables", "annul"])
def test_an_order_of_the_night_ends_the_bulletins_of_the_regions(option: str) -> None:
    lost = "support.lead_mean=0.2", "types.obedience=1.0", f"government.night={option}"
    evening = told("gambia-2016", BY_REGION, WHOLE, ALL_REPORT, *lost, entropy=EARLY)
    before = [what for _, what in evening].index(option)

    assert 0 < before < 3
    assert {what for _, what in evening[before + 1 :]} == {"nation"}


def test_by_region_or_not_every_outcome_and_finding_is_the_same() -> None:
    whole = "run.assumptions=fixed", WHOLE, ALL_REPORT
    cases = [prepare_case(load("bellmar", [*whole, *more])) for more in ([BY_REGION], [])]

    for replicate in range(6):
        by_region, nation = (run_replicate(case, 7, replicate).values for case in cases)
        assert by_region == nation


def test_what_is_seen_before_the_nation_is_announced_holds_no_announcement() -> None:
    world = play(prepare_case(load("bellmar", [BY_REGION, WHOLE, ALL_REPORT])), 7, 0)
    before = world.electorate.claim(22 / 24), world.electorate.evidence(22 / 24)

    assert [b.scope for b in before[0].bulletins] == ["Highlands", "Coast"]
    assert (before[0].last, before[0].winner, before[1].announced) == (None, None, None)


def test_what_was_done_to_the_rows_shows_in_the_regions_too() -> None:
    """A planned override of the tabulation alters the rows before the first region speaks."""
    more = ["manipulations.tabulation_override.enabled=true", BY_REGION, WHOLE, ALL_REPORT]
    first, altered = (
        play(prepare_case(load("bellmar", given)), 7, 0).ledger.of(RegionAnnounced)
        for given in (more[1:], more)
    )

    assert [a.totals[0] > b.totals[0] for a, b in zip(altered, first, strict=True)] == [True, True]
