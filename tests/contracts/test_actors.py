"""The contract of every registered actor: a pure choice on what it declares that it sees."""

from __future__ import annotations

import pickle
from dataclasses import MISSING, fields, replace
from functools import cache
from typing import Any

import pytest
from numpy.random import Generator

from sim.actors.base import Actor
from sim.actors.incumbent import MEASURES
from sim.actors.register import ROLES, actors_of
from sim.records.decisions import view as v
from sim.records.decisions.night import Anticipated, Stance, Witness
from sim.records.decisions.view import View
from sim.rng import Streams
from tests.support.strategy_case import parameters

ABROAD = {
    "lead_mean": 0.1,
    "copies_share": 0.4,
    "copies_lead": 0.2,
    "sheets_published": True,
    "tables_published": False,
    "contested": True,
    "measures": ("arrests",),
    "boycott": False,
    "q_imp": 0.61,
    "belief": 0.7,
    "verdicts": 0.3,
    "annulled": False,
    "certified": False,
}
FAMILIES: tuple[tuple[type[View], tuple[str, ...], dict[str, Any]], ...] = (
    (v.View, (), {}),
    (v.TableView, ("meet", "suspend_talks", "attend"), {"track": "government_us"}),
    (v.SigningView, ("sign",), {"surplus_self": 0.02}),
    (
        v.KeepingView,
        ("comply",),
        {
            "commitment_issue": "observation",
            "lag_months": 0.4,
            "relief_share": 0.27,
            "q_imp": 0.61,
            "worth": -0.02,
            "pi": 0.8,
        },
    ),
    (
        v.ThreatView,
        ("threaten", "punish", "government concede"),
        {"relief_share": 0.27, "stake": 2.0, "dropped": 0},
    ),
    (
        v.LicenceView,
        ("renew", "issue", "amend", "wind_down", "end"),
        {"licence": "GL8", "breaches": 1},
    ),
    (v.MeasureView, MEASURES, {"lead_mean": 0.1, "lead_sd": 0.1, "price_of_breach": 0.17}),
    (
        v.ExpulsionView,
        ("expulsion",),
        {"lead_mean": 0.1, "lead_sd": 0.1, "broad_observation": False},
    ),
    (v.StopView, ("transmission_stop",), {"lead_mean": 0.1, "internal_lead": 0.2}),
    (
        v.NightView,
        ("night",),
        {
            "lead_mean": 0.1,
            "internal_lead": 0.2,
            "loyalty_seen": 0.7,
            "copies_seen": 0.44,
            "opinion_challenger": 0.85,
            "opinion_lead": 0.15,
            "observers": (Witness(0.8, 0.15),),
            "members": (Stance("critical", 0.5),),
            "delays": 0,
            "stopped": False,
            "price": 0.16,
            "guarantees": 0.1,
            "anticipated": Anticipated(),
            "exit_cost": 0.32,
            "value": 0.2,
            "audited": False,
            "days_left": 166.0,
            "commanded": True,
            "conditions": 0,
        },
    ),
    (v.OrderView, ("carry_out",), {"obedience": 0.9}),
    (
        v.ContestView,
        ("contest",),
        {
            "pi": 0.8,
            "copies_share": 0.4,
            "copies_lead": 0.2,
            "announced_winner": "incumbent",
            "boycott": False,
        },
    ),
    (v.PublicationView, ("publish_sheets",), {"copies_share": 0.4}),
    (v.OutrageView, ("repression",), {"outrage": 0.4}),
    (v.MobilisationView, ("mobilise",), {"outrage": 0.4, "unity": 0.8, "measures": ("arrests",)}),
    (v.ProtestView, ("protest",), {"protest_level": 0.3}),
    (v.CertifyView, ("certify",), {"early": True}),
    (v.AcceptanceView, ("minor recognise",), {"pledged": False, "contested": True}),
    (
        v.AbroadView,
        ("recognise", "ask_for_tables", "designate", "narrow_licence", "call_winner"),
        ABROAD,
    ),
    (
        v.StatementView,
        ("statement",),
        {"tables_published": True, "doubt": 0.3, "findings": ("consistent",)},
    ),
)
"""Each family of decisions: its record, its decisions (with the actor before it where two actors
mean two things), a view.
"""
MOVED = {
    "measures": ("bar_candidate",),
    "findings": ("inconsistent",),
    "announced_winner": "opposition",
    "track": "government_platform",
    "licence": "GL5",
    "commitment_issue": "detentions",
    "day": -3.0,
    "observers": (Witness(0.4, 0.3),),
    "members": (Stance("guarded", 0.5),),
    "anticipated": Anticipated(published=True),
}


def view_of(key: str, decision: str) -> View:
    """Return a view on which the actor can take this decision; a plain one where it decides on
    nothing that happened.
    """
    role = "minor" if type(actor(key)).__name__ == "Minor" else key
    for name in (f"{role} {decision}", decision):
        for family, decisions, values in FAMILIES:
            if name in decisions and (key, name) != ("platform", "concede"):
                return family(decision, -10.0, **values)
    return View(decision, -10.0)


@cache
def everybody() -> dict[str, Actor]:
    """Return the actors of the case, and one of each role that nobody plays in it."""
    p = parameters()
    played = {role for member in p.cast.values() for role in member.roles}
    return actors_of(p) | {role: ROLES[role](p, role) for role in ROLES if role not in played}


def actor(key: str) -> Actor:
    return everybody()[key]


ACTORS = tuple(everybody())


def cases() -> list[tuple[str, str]]:
    return [(key, decision) for key in ACTORS for decision in actor(key).decisions]


def stream() -> Generator:
    return Streams(1, 0)("contract")


def moved(name: str, value: Any) -> Any:
    if name in MOVED:
        return MOVED[name]
    return (
        not value
        if isinstance(value, bool)
        else value + 1
        if isinstance(value, int)
        else value + 0.05
    )


@pytest.mark.parametrize("key", ACTORS)
def test_an_actor_carries_its_registered_key_and_can_be_pickled(key: str) -> None:
    again = pickle.loads(pickle.dumps(actor(key)))

    assert (actor(key).key, again.key, again.decisions) == (key, key, actor(key).decisions)


@pytest.mark.parametrize(("key", "decision"), cases())
def test_the_same_view_and_stream_give_the_same_action(key: str, decision: str) -> None:
    first, second = (actor(key).decide(view_of(key, decision), stream()) for _ in range(2))

    assert first == second
    assert first.options == actor(key).decisions[decision]
    assert sum(first.probabilities) == pytest.approx(1.0)


@pytest.mark.parametrize(("key", "decision"), cases())
def test_what_an_actor_does_not_declare_changes_nothing(key: str, decision: str) -> None:
    view = view_of(key, decision)
    unseen = [
        f.name for f in fields(view) if f.name not in actor(key).sees | {"decision", "available"}
    ]
    other = replace(view, **{name: moved(name, getattr(view, name)) for name in unseen})

    assert other != view
    assert actor(key).decide(other, stream()) == actor(key).decide(view, stream())


@pytest.mark.parametrize(("key", "decision"), cases())
def test_the_number_of_draws_depends_on_no_view(key: str, decision: str) -> None:
    view, left = view_of(key, decision), []
    other = {
        f.name: moved(f.name, getattr(view, f.name))
        for f in fields(view)
        if f.name not in ("decision", "available")
    }
    for changes in ({}, other, {"available": actor(key).decisions[decision][-1:]}):
        rng = stream()
        actor(key).decide(replace(view, **changes), rng)
        left.append(rng.random())

    assert len(set(left)) == 1


@pytest.mark.parametrize(("family", "values"), [(family, values) for family, _, values in FAMILIES])
def test_a_view_must_be_given_whole_and_somebody_looks_at_each_of_its_fields(
    family: type[View], values: dict[str, Any]
) -> None:
    deciders = [actor(key) for key, decision in cases() if type(view_of(key, decision)) is family]

    assert {f.name for f in fields(family) if f.default is MISSING} == {"decision", "day", *values}
    assert set(values) <= set().union(*(decider.sees for decider in deciders))


def test_an_actor_that_is_asked_what_it_does_not_decide_says_so() -> None:
    for key in ("government", "us", "qatar", "carter", "citizens", "allies", "platform"):
        with pytest.raises(KeyError, match="unheard_of"):
            actor(key).decide(View("unheard_of", 0.0), stream())


def test_each_decision_is_explained_in_words() -> None:
    actors = actors_of(parameters()).items()
    assert [key for key, actor in actors if set(actor.decisions) != set(actor.meanings)] == []
