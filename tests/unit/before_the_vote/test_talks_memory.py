"""What the article says of the talks moves them: whose breaches are remembered, who offered, when
they meet, and what a contested announcement does to a table.
"""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sim.models.strategy.table.talks import in_office_hours
from sim.processes import beliefs
from sim.processes.before import negotiation, sanctions
from sim.processes.before.negotiation import memories, unanswered
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import ResultContested, RoundHeld, TrackMoved
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters, run

ABROAD, HOME = "government_us", "government_platform"
SUNDAY = 6


@pytest.mark.parametrize(
    ("day", "u", "met"),
    [(-26.0, 0.0, -26 + 9 / 24), (-22.4, 1.0, -23 + 18 / 24), (0.9, 0.5, 1 + 13.5 / 24)],
)
def test_a_meeting_is_held_in_the_hours_of_a_working_day(day: float, u: float, met: float) -> None:
    assert in_office_hours(day, u, SUNDAY, (9.0, 18.0)) == pytest.approx(met)


def test_no_round_of_the_case_is_held_at_night_or_on_a_weekend() -> None:
    rounds = [e.day for k in range(30) for e in run(parameters(), k).ledger.of(RoundHeld)]
    odd = [d for d in rounds if not 9 <= d % 1 * 24 <= 18 or weekday(d) > 4]

    assert len(rounds) > 10
    assert odd == []


def weekday(day: float) -> int:
    return (date(2024, 7, 28) + timedelta(days=day // 1)).weekday()


def test_each_side_is_remembered_for_its_own_breaches_at_its_own_table() -> None:
    world = started()
    abroad, home = memories(world, ABROAD), memories(world, HOME)

    assert (round(abroad[0], 4), round(abroad[1], 4)) == (1.1459, 0.5818)
    assert (home[0], home[1]) == (abroad[0], 0.0)


def started(*forcings: Forcing, **changes: object) -> World:
    world = quiet_world(
        parameters(**changes), beliefs.start, negotiation.start, sanctions.start, forcings=forcings
    )
    world.env.run(until=-25.9)
    return world


def test_an_open_table_adds_to_the_price_of_a_breach() -> None:
    world = started(Forcing("government", "meet", "yes"))
    before = world.sanctions.price_of_breach
    world.env.run(until=-24.4)

    assert world.negotiation.shadows[ABROAD] > 0.02
    assert world.sanctions.price_of_breach > before


@pytest.mark.parametrize(("option", "moved"), [("yes", ["suspended"]), ("no", [])])
def test_a_sender_may_leave_the_table_over_a_contested_announcement(
    option: str, moved: list[str]
) -> None:
    meet = (Forcing("government", "meet", "yes"), Forcing("us", "suspend_talks", option))
    still = {f"negotiation__rates__talks_to_{state}": 0.0 for state in ("suspended", "collapsed")}
    world = started(*meet, negotiation__round_rate=0.001, **still)
    world.env.run(until=1.5)
    record(world, ResultContested(1.5, HOME))
    assert unanswered(world, ABROAD)
    world.env.run(until=9.0)

    after = [e.after for e in world.ledger.of(TrackMoved) if e.track == ABROAD and e.day > 1.5]
    assert (after, unanswered(world, ABROAD)) == (moved, False)
