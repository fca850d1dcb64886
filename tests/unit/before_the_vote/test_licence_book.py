"""Licences as state machines: what can follow what, and what it does to relief."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.processes.before import licence_book, sanctions
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import LicenceEnded, LicenceIssued, LicenceRenewed, ReliefLost, RevenueBegan
from sim.records.moments import Tied
from tests.support.quiet_world import quiet_world, said
from tests.support.strategy_case import parameters

P = parameters()
STEPS = {
    "issue": lambda world, key: licence_book.issue(world, key, 100.0),
    "renew": licence_book.renew,
    "amend": lambda world, key: licence_book.amend(world, key, 50.0),
    "wind_down": licence_book.wind_down,
    "end": licence_book.end,
}


def book() -> World:
    return quiet_world(P, licence_book.open_book)


def test_the_book_opens_with_the_relief_of_the_case() -> None:
    world = book()

    assert said(world) == ["-26.0 ReliefChanged 0.27 270"]
    assert (world.sanctions.price_of_breach, world.sanctions.q_imp) == pytest.approx(
        (0.1859, 0.6353), abs=5e-5
    )


def test_a_renewed_general_licence_is_in_force_from_the_start() -> None:
    world = quiet_world(parameters(licences__GL44__renewed=True), licence_book.open_book)

    assert world.sanctions.relief_share == 0.52
    assert world.sanctions.price_of_breach == pytest.approx(0.4338, abs=5e-5)


def test_a_licence_counts_in_full_until_its_wind_down_is_over() -> None:
    world = book()
    licence_book.wind_down(world, "specific")
    world.env.run(until=60)

    assert said(world)[1:] == [
        "-26.0 WindDownBegan specific 19",
        "19.0 LicenceEnded specific",
        "19.0 ReliefChanged 0.21 210",
        "19.0 ReliefLost us 0.06",
    ]


def test_issuing_again_stops_a_wind_down() -> None:
    world = book()
    licence_book.wind_down(world, "specific")
    licence_book.issue(world, "specific", 60.0)
    world.env.run(until=60)

    assert said(world)[2:] == ["-26.0 LicenceIssued specific 60"]


def test_a_licence_without_wind_down_ends_at_once() -> None:
    world = book()
    licence_book.wind_down(world, "GL5")

    assert said(world)[1:] == ["-26.0 WindDownBegan GL5 -26", "-26.0 LicenceEnded GL5"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(["GL44", "specific", "GL5"])),
        max_size=12,
    )
)
def test_no_licence_ends_twice_or_is_renewed_while_it_is_not_in_force(
    steps: list[tuple[str, str]],
) -> None:
    world = book()
    for step, key in steps:
        STEPS[step](world, key)
        world.env.run(until=world.env.now + 20)
    for key in ("GL44", "specific", "GL5"):
        alive = P.licences[key].status == "in_force"
        for event in world.ledger:
            if (
                isinstance(event, LicenceEnded | LicenceRenewed | LicenceIssued)
                and event.key == key
            ):
                assert alive or isinstance(event, LicenceIssued)
                alive = not isinstance(event, LicenceEnded)


def test_self_renewing_licences_renew_on_the_first_of_the_month_and_expiring_ones_are_decided() -> (
    None
):
    world = quiet_world(P, sanctions.start)
    world.env.run(until=180)
    days = {
        key: [e.day for e in world.ledger.of(LicenceRenewed) if e.key == key]
        for key in ("GL41", "GL5", "GL8")
    }

    assert days == {"GL41": [4, 35, 65, 96, 126, 157], "GL5": [16], "GL8": [110]}


def test_a_licence_that_is_not_renewed_is_wound_down_and_ends() -> None:
    world = quiet_world(P, sanctions.start, forcings=[Forcing("us", "renew", "no", target="GL8")])
    world.env.run(until=180)

    assert [text for text in said(world) if "GL8" in text or "0.26" in text] == [
        "110.0 WindDownBegan GL8 140",
        "140.0 LicenceEnded GL8",
        "140.0 ReliefChanged 0.26 260",
    ]


def test_a_scenario_takes_any_licence_step_on_any_day() -> None:
    steps = [
        Forcing("us", "issue", "yes", at=-20.0, target="GL44"),
        Forcing("us", "amend", "no_new_business", at=-10.0, target="GL41"),
        Forcing("us", "wind_down", "yes", at=-5.0, target="GL44"),
        Forcing("us", "end", "yes", at=Tied("WindDownBegan", 1.0), target="GL44"),
    ]
    world = quiet_world(P, sanctions.start, forcings=steps)
    world.env.run(until=0)

    assert said(world, ReliefLost)[1:] == [
        "-20.0 LicenceIssued GL44 250",
        "-20.0 ReliefChanged 0.52 520",
        "-10.0 LicenceAmended GL41 100",
        "-10.0 ReliefChanged 0.42 420",
        "-5.0 WindDownBegan GL44 40",
        "-4.0 LicenceEnded GL44",
        "-4.0 ReliefChanged 0.17 170",
    ]


def test_a_country_without_sanctions_has_no_relief_and_no_price_of_breach() -> None:
    p = P.model_copy(
        update={"licences": {}, "sanctions": P.sanctions.model_copy(update={"instruments": {}})}
    )
    world = quiet_world(p, sanctions.start)
    world.env.run(until=180)

    assert said(world) == []
    assert world.sanctions.price_of_breach == 0.0


def test_revenue_comes_45_days_after_issue_and_what_can_be_taken_back_at_once() -> None:
    world = book()
    licence_book.issue(world, "GL44", 250.0)
    shares = [(world.sanctions.relief_share, world.sanctions.revenue_share)]
    world.env.run(until=18.9)
    shares.append((world.sanctions.relief_share, world.sanctions.revenue_share))
    world.env.run(until=19.1)
    shares.append((world.sanctions.relief_share, world.sanctions.revenue_share))

    assert [(round(r, 2), round(m, 2)) for r, m in shares] == [(0.52, 0.27)] * 2 + [(0.52, 0.52)]
    assert [e.day for e in world.ledger.of(RevenueBegan)] == [19.0]


def test_a_licence_that_ends_before_it_pays_never_pays() -> None:
    world = book()
    licence_book.issue(world, "GL44", 250.0)
    world.env.run(until=-10.0)
    licence_book.end(world, "GL44")
    world.env.run(until=30.0)

    assert world.ledger.of(RevenueBegan) == []
    assert round(world.sanctions.revenue_share, 2) == 0.27


def test_a_wind_down_that_is_stopped_goes_on_paying() -> None:
    world = book()
    licence_book.wind_down(world, "GL41")
    licence_book.issue(world, "GL41", 60.0)

    assert world.sanctions.book["GL41"].flows is True
