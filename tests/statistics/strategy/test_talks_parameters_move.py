"""Every number of talks, sanctions and beliefs is read and moves some run."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

from sim.processes import beliefs
from sim.processes.before import commitments, negotiation, sanctions
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import (
    CandidateBarred,
    ElectionPostponed,
    MeasureTaken,
    NightDecision,
    ResultContested,
)
from sim.records.parameters.base import Section
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters

SECTIONS = ("negotiation", "issues", "deals", "sanctions", "beliefs", "licences")
REPLICATES = range(3)
EAGER = {
    "deals__stakes": "space",
    "negotiation__round_rate": 30.0,
    "negotiation__rates__talks_to_deal": 90.0,
    "negotiation__tracks__government_platform__state": "talks",
}
OPEN = EAGER | {
    "issue_space__status_quo__count_publication": 0.0,
    "issue_space__status_quo__candidacies": 20.0,
    "negotiation__tracks__government_us__government_trust": 0.98,
    "negotiation__tracks__government_us__other_trust": 0.98,
}
MEET = Forcing("government", "meet", "yes")
THREATEN = Forcing("us", "threaten", "yes")
STAND = Forcing("government", "concede", "no")
LONG = {
    "deals__stakes": "space",
    "negotiation__round_rate": 100.0,
    "negotiation__rates__talks_to_suspended": 0.0,
    "negotiation__rates__talks_to_collapsed": 0.0,
}
GAME = {
    "negotiation__round_rate": 30.0,
    "negotiation__rates__talks_to_deal": 90.0,
    "negotiation__tracks__government_platform__state": "talks",
}
LASTING = {
    "deals__stakes": "space",
    "negotiation__tracks__government_us__state": "deal",
    "negotiation__tracks__government_us__meeting_day": None,
    "negotiation__rates__deal_to_suspended": 0.0,
    "negotiation__rates__deal_to_collapsed": 0.0,
}
KEEP = (Forcing("government", "comply", "yes"), Forcing("us", "comply", "yes"))
SETTINGS: list[tuple[dict[str, Any], tuple[Forcing, ...]]] = [
    ({}, ()),
    (GAME, (MEET,)),
    (GAME, (MEET, *KEEP)),
    ({}, (MEET, THREATEN, STAND, Forcing("us", "punish", "revoke_tranche"))),
    (
        {},
        (
            THREATEN,
            Forcing("us", "punish", "warn"),
            Forcing("government", "bar_candidate", "yes", at=-24.0),
            Forcing("government", "withdraw_invitations", "yes", at=-10.0),
        ),
    ),
    ({}, (MEET, THREATEN, Forcing("us", "wind_down", "yes", at=-20.0, target="GL41"))),
    (EAGER, (MEET, *KEEP)),
    (OPEN, (MEET,)),
    (OPEN, (MEET, *KEEP)),
    (OPEN | {"negotiation__model": "rubinstein"}, (MEET, Forcing("us", "comply", "no"))),
    (
        {},
        tuple(
            Forcing("us", step, "yes", at=-9.0, target=key)
            for step in ("wind_down", "issue")
            for key in ("GL43", "GL44")
        ),
    ),
    (LONG, (MEET,)),
    (
        LONG | {"sanctions__reference_value": 200.0, "negotiation__rates__talks_to_deal": 0.5},
        (MEET,),
    ),
    (
        LONG | {"negotiation__rates__talks_to_suspended": 0.02},
        (MEET, Forcing("government", "sign", "no")),
    ),
    (LASTING, KEEP),
    (
        EAGER
        | {
            "negotiation__rates__deal_to_suspended": 0.0,
            "negotiation__rates__deal_to_collapsed": 0.0,
        },
        (MEET, *KEEP),
    ),
    (LASTING, (Forcing("us", "comply", "yes"), THREATEN)),
    ({}, (Forcing("us", "amend", "no_new_business", at=-9.0, target="GL41"),)),
    (
        {},
        tuple(
            Forcing("us", "end", "yes", at=-9.0, target=key) for key in ("specific", "GL8", "GL5")
        ),
    ),
    (
        {},
        tuple(
            Forcing("us", "wind_down", "yes", at=-9.0, target=key)
            for key in ("specific", "GL8", "GL5")
        ),
    ),
    (
        {},
        tuple(
            Forcing("us", step, "yes", at=day, target=key)
            for step, day in (("issue", -9.0), ("wind_down", -6.0))
            for key in ("GL43", "GL44")
        ),
    ),
]


def disturb(world: World) -> None:
    def agree() -> Any:
        yield world.env.timeout(12.0)
        if world.negotiation.tracks["government_us"] == "deal":
            commitments.open_agreement(
                world, "government_us", (60.0, 80.0, 100.0, 80.0, 60.0, 60.0)
            )

    def happen() -> Any:
        for event in (
            CandidateBarred(-24.0, "x"),
            MeasureTaken(-22.0, "withdraw_invitations", 0.1),
            ElectionPostponed(-20.0, 1.0),
            NightDecision(1.9, "totals_only", (), (), 0, 0.2),
            ResultContested(2.0, "platform"),
        ):
            yield world.env.timeout(event.day - world.env.now)
            world.aftermath.contested = isinstance(event, ResultContested)
            record(world, event)
        world.conduct.boycott = world.conduct.held = True  # read 14 days after the vote

    world.env.process(agree())
    world.env.process(happen())


def trace(setting: int, replicate: int, path: str = "", value: Any = None) -> tuple[Any, ...]:
    changes, forcings = SETTINGS[setting]
    p = parameters(**changes, **({path: value} if path and path not in changes else {}))
    world = quiet_world(
        p,
        beliefs.start,
        negotiation.start,
        sanctions.start,
        disturb,
        forcings=forcings,
        replicate=replicate,
    )
    world.env.run(until=240)
    c, s = world.conduct, world.sanctions
    return (
        *world.ledger,
        c.observer_strength,
        c.broad_observation,
        c.guarantees,
        c.loyalty,
        s.exit_cost_added,
        s.price_of_breach,
    )


def idle(path: str) -> bool:
    """Numbers that cannot move a run alone: a sum of 1, a meeting that is not scheduled, the issue
    of what does not expire; and what an issue is to somebody who neither gives nor gets it.
    """
    unscheduled = "platform__meeting" in path
    unexpiring = path.endswith("issued_day") and "GL8" not in path
    return path in STILL or "instruments" in path or unscheduled or unexpiring or elsewhere(path)


STILL = {
    "negotiation__offer_patience": "read by the rubinstein model, whose package here is the same",
    "negotiation__tracks__government_us__other_patience": "as before",
    "issues__candidacies__worth__challenger": "the ballot is closed: it is on no table",
    "issues__detentions__worth__challenger": "no package of that table gives the incumbent enough",
    "issues__guarantees__detection_days": "they are delivered as they are signed: never broken",
}
"""Numbers that move nothing in this case, and why; another case may be moved by them."""


def elsewhere(path: str) -> bool:
    """Return whether an issue's number belongs to a side or a kind of stakes that it does not
    touch: temptation is the incumbent's, full_level that of issues on a scale of 100.
    """
    if not path.startswith("issues__"):
        return False
    _, key, name, *_ = path.split("__")
    p = parameters()
    by_others = "government" not in p.issues[key].by
    off_scale = key not in p.issue_space.issues
    return (name == "temptation" and (by_others or off_scale)) or (
        name == "full_level" and p.issues[key].full_level == 100.0
    )


@cache
def base(setting: int, replicate: int) -> tuple[Any, ...]:
    return trace(setting, replicate)


def numbers(table: Any, path: str) -> Iterator[tuple[str, float]]:
    pairs = (
        table.items()
        if isinstance(table, dict)
        else ((name, getattr(table, name)) for name in type(table).model_fields)
    )
    for name, value in pairs:
        if isinstance(value, Section | dict):
            yield from numbers(value, f"{path}__{name}")
        elif isinstance(value, int | float) and not isinstance(value, bool):
            yield f"{path}__{name}", value


def others(value: float) -> list[Any]:
    return (
        [value + 3, max(value - 1, 1)]
        if isinstance(value, int)
        else [value * 0.5, value * 1.5 + 0.2, value - 0.4]
    )


def moves(path: str, value: float) -> bool:
    for setting in range(len(SETTINGS)):
        for replicate in REPLICATES:
            for other in others(value):
                try:
                    if trace(setting, replicate, path, other) != base(setting, replicate):
                        return True
                except ValueError:
                    continue
    return False


@pytest.mark.slow
@pytest.mark.parametrize("section", SECTIONS)
def test_every_number_moves_some_run(section: str) -> None:
    still = [
        path
        for path, value in numbers(getattr(parameters(), section), section)
        if not idle(path) and not moves(path, value)
    ]

    assert still == []
