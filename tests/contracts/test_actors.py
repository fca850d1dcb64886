"""The contract of every registered actor: a pure choice on what it declares that it sees."""

from __future__ import annotations

import pickle
from dataclasses import fields, replace
from functools import cache
from typing import Any

import pytest
from numpy.random import Generator

from sim.actors.base import Actor
from sim.actors.register import ACTORS
from sim.records.view import View
from sim.rng import Streams
from tests.strategy_case import parameters

MOVED: dict[str, Any] = {
    "day": -3.0,
    "track": "government_platform",
    "track_states": ("talks",),
    "broad_observation": True,
    "stopped": True,
    "delays": 2,
    "order": "postpone",
    "petition": True,
    "sheets_published": True,
    "tables_published": True,
    "announced_winner": "opposition",
    "contested": True,
    "breaches": 2.0,
    "punished": True,
    "statements": ("carter: negative",),
    "findings": ("inconsistent",),
    "measures": ("bar_candidate",),
    "boycott": True,
    "commitment_issue": "detentions",
    "licence": "GL5",
}
FULL = View(
    "",
    day=-10.0,
    track="government_us",
    lead_mean=0.1,
    lead_sd=0.1,
    pi=0.8,
    relief_share=0.27,
    price_of_breach=0.17,
    q_imp=0.61,
    copies_share_expected=0.44,
    observer_strength=0.25,
    loyalty_seen=0.85,
    guarantees=0.1,
    internal_lead=0.2,
    protest_level=0.3,
    copies_share=0.4,
    copies_lead=0.2,
    announced_winner="incumbent",
    announced_lead=-0.08,
    outrage=0.4,
    surplus_self=0.02,
    surplus_other=0.02,
    threat_stake=0.5,
    commitment_issue="observation",
    lag_months=0.4,
    licence="GL8",
)


@cache
def actor(key: str) -> Actor:
    return ACTORS[key](parameters())


def cases() -> list[tuple[str, str]]:
    return [(key, decision) for key in ACTORS for decision in actor(key).decisions]


def stream() -> Generator:
    return Streams(1, 0)("contract")


def shifted(value: Any) -> Any:
    return value + 0.05 if isinstance(value, float) else value


@pytest.mark.parametrize("key", ACTORS)
def test_an_actor_carries_its_registered_key_and_can_be_pickled(key: str) -> None:
    again = pickle.loads(pickle.dumps(actor(key)))

    assert (actor(key).key, again.key, again.decisions) == (key, key, actor(key).decisions)


@pytest.mark.parametrize(("key", "decision"), cases())
def test_the_same_view_and_stream_give_the_same_action(key: str, decision: str) -> None:
    view = replace(FULL, decision=decision)
    first, second = (actor(key).decide(view, stream()) for _ in range(2))

    assert first == second
    assert first.options == actor(key).decisions[decision]
    assert sum(first.probabilities) == pytest.approx(1.0)


@pytest.mark.parametrize(("key", "decision"), cases())
def test_what_an_actor_does_not_declare_changes_nothing(key: str, decision: str) -> None:
    view = replace(FULL, decision=decision)
    unseen = [
        f.name for f in fields(View) if f.name not in actor(key).sees | {"decision", "available"}
    ]
    moved = replace(
        view, **{name: MOVED.get(name, shifted(getattr(view, name))) for name in unseen}
    )

    assert actor(key).decide(moved, stream()) == actor(key).decide(view, stream())


@pytest.mark.parametrize(("key", "decision"), cases())
def test_the_number_of_draws_depends_on_no_view(key: str, decision: str) -> None:
    left = []
    options = actor(key).decisions[decision]
    for view in (
        replace(FULL, decision=decision),
        replace(
            FULL,
            decision=decision,
            pi=0.1,
            lead_mean=-0.2,
            internal_lead=-0.2,
            contested=True,
            boycott=True,
        ),
        replace(FULL, decision=decision, available=options[-1:]),
    ):
        rng = stream()
        actor(key).decide(view, rng)
        left.append(rng.random())

    assert len(set(left)) == 1
