"""Every option of every actor can be fixed by a scenario: the ledger shows it, and everything
before it is byte-identical. What is fixed without a date and follows the night is known on the
night: there, everything before the night.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from sim.ledger import Event
from sim.records import events as e
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.cast import observers_of
from sim.records.who import who_of
from sim.replicate.build import Case
from sim.replicate.replicate import play
from sim.scenario.forced.events import registered_decisions
from tests.support.cases import case

ENTROPY, REPLICATES = 0xF0CE, range(40)
WHO = who_of(case("venezuela-2024").scenario.cast, case("venezuela-2024").scenario.candidates)
SURE = (
    Forcing("government", "bar_candidate", "yes", at=-20.0),
    Forcing("government", "night", "totals_only"),
    Forcing("platform", "contest", "yes"),
)
"""Forcings under which rarely asked decisions come up."""
ALSO = {
    ("platform", "concede"): (
        Forcing("government", "night", "count"),
        Forcing("government", "transmission_stop", "no"),
    ),
    **{(minor, "endorse"): (Forcing(minor, "withdraw", "yes", at=-15.0),) for minor in WHO.minors},
    ("government", "handover"): (Forcing("government", "night", "count"),),
    ("electoral_authority", "admit_substitute"): (Forcing("platform", "response", "substitute"),),
}
"""Decisions that need another run of things."""
DATED = {
    **{("us", step): (5.0, "GL41") for step in ("amend", "wind_down", "end")},
    ("us", "issue"): (-20.0, "GL44"),
    **{(minor, "withdraw"): (-15.0, "") for minor in WHO.minors},
    ("electoral_authority", "admit_leader"): (-20.0, ""),
    ("security_forces", "defect"): (3.0, ""),
}
"""Decisions that nobody asks for unless a scenario dates them."""
ANTICIPATED = (
    ("government", "petition"),
    ("government", "repression"),
    ("court", "certify"),
    ("platform", "publish_sheets"),
    ("platform", "mobilise"),
    ("us", "call_winner"),
    ("eu", "recognise"),
    ("region_left", "recognise"),
    ("region_right", "recognise"),
    *((observer, "statement") for observer in WHO.observers),
    ("citizens", "protest"),
)
"""Decisions after the night that are reckoned with on it."""
PRICED = (("us", "threaten"), ("us", "punish"))
"""Decisions that, where they are sure, are part of the price of every measure before them."""
AWAY = frozenset(
    key
    for key, observer in observers_of(case("venezuela-2024").scenario.cast).items()
    if observer.presence != "present"
)
"""Observers who are not in the country, and so make no statement."""
DECISIONS = [
    (actor, decision, option)
    for actor, decisions in registered_decisions(case("venezuela-2024").scenario).items()
    for decision, options in decisions.items()
    for option in options
    if not (decision == "statement" and actor in AWAY)
]


def alone(forcings: tuple[Forcing, ...]) -> Case:
    return replace(case("venezuela-2024", alone=True), forcings=forcings)


@cache
def events(forcings: tuple[Forcing, ...], replicate: int) -> tuple[Event, ...]:
    return tuple(play(alone(forcings), ENTROPY, replicate).ledger)


def first_forced(log: tuple[Event, ...], actor: str, decision: str) -> int | None:
    """Return the place of the first fixed option of the decision."""
    return next(
        (
            i
            for i, x in enumerate(log)
            if isinstance(x, e.Decided) and x.forced and (x.actor, x.decision) == (actor, decision)
        ),
        None,
    )


def night(log: tuple[Event, ...]) -> int:
    """Return the place of the first decision of the night."""
    asked = (i for i, x in enumerate(log) if isinstance(x, e.Decided) and x.decision == "night")
    return next(asked, len(log))


@pytest.mark.parametrize(("actor", "decision", "option"), DECISIONS)
def test_an_option_can_be_fixed(actor: str, decision: str, option: str) -> None:
    day, target = DATED.get((actor, decision), (None, ""))
    fixed = Forcing(actor, decision, option, at=day, target=target)
    for base in ((), SURE, ALSO.get((actor, decision), ())):
        own = tuple(f for f in base if (f.actor, f.decision) != (actor, decision))
        for replicate in REPLICATES:
            forced = events((*own, fixed), replicate)
            at = first_forced(forced, actor, decision)
            if at is None:
                continue
            chosen = forced[at]
            assert isinstance(chosen, e.Decided)
            assert chosen.option == option
            if (actor, decision) in PRICED:
                return
            if (actor, decision) in ANTICIPATED:
                at = min(at, night(forced))
            assert repr(forced[:at]) == repr(events(own, replicate)[:at])
            return
    pytest.fail(f"{actor} never decided on {decision}")
