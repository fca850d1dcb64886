"""Traces that a historian believes: no replicate of any shipped scenario breaks a rule of
`tests.support.trace_rules`, with assumptions drawn. A few of each scenario here, 2,000 in all with
`ESCRUTINIO_LONG=1 python -m pytest -m slow`.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from sim.ledger import Ledger
from sim.records import events as e
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import play
from sim.scenario.load import load
from tests.support.long_runs import cases
from tests.support.trace_rules import RULES

SHIPPED = sorted(path.stem for path in (Path(__file__).parents[2] / "scenarios").glob("*.toml"))
ENTROPY, FEW = 0x7E57, 3
ALL = cases(full=math.ceil(2000 / len(SHIPPED)), usual=20)
Broken = dict[str, list[str]]


@cache
def drawn(name: str) -> Case:
    return prepare_case(load(name, ["run.assumptions=drawn"]))


@cache
def broken(name: str, first: int, last: int) -> Broken:
    """Return what breaks each rule in replicates first .. last - 1 of a scenario."""
    found: Broken = {rule: [] for rule in RULES}
    for replicate in range(first, last):
        world = play(drawn(name), ENTROPY, replicate)
        for rule, breaks in RULES.items():
            found[rule] += [f"{name} {replicate}: {text}" for text in breaks(world)]
    return found


def everywhere(rule: str, first: int, last: int) -> list[str]:
    return [text for name in SHIPPED for text in broken(name, first, last)[rule]]


@pytest.mark.parametrize("rule", RULES)
def test_no_trace_breaks_a_rule_of_what_can_be(rule: str) -> None:
    assert everywhere(rule, 0, FEW) == []


@pytest.mark.slow
@pytest.mark.parametrize("rule", RULES)
def test_none_of_many_traces_breaks_a_rule_of_what_can_be(rule: str) -> None:
    assert everywhere(rule, FEW, FEW + ALL) == []


def first_bulletins(replicates: int) -> list[float]:
    """Return the days of the first bulletins of the baseline, without annulled votes."""
    worlds = [play(drawn("venezuela-2024"), ENTROPY, replicate) for replicate in range(replicates)]
    firsts = (world.ledger.first(e.ResultAnnounced) for world in worlds)
    return [first.day for first in firsts if first is not None]


def test_first_bulletins_spread_over_the_night() -> None:
    days = first_bulletins(40)
    hours = Counter(math.floor(24 * (day % 1)) for day in days)

    assert len(hours) >= 5
    assert max(hours.values()) <= len(days) / 2


PLANTED = {
    "sent_away": (
        e.MeasureTaken(-5.0, "withdraw_invitations", 1.0),
        e.MissionStatement(3.5, "carter", "negative"),
    ),
    "stopped_late": (e.TransmissionStopped(30.0, 99.0, ""),),
    "lame_signatures": (
        e.ForcesDefected(20.0, "belief"),
        e.AgreementSigned(21.0, "government_us", (), 0),
    ),
    "idle_threats": (e.ThreatMade(1.5, "us", "government", "bar_candidate"),),
    "causeless_falls": (e.ForcesDefected(150.0, "protest"),),
    "out_of_hours": (e.CourtPetitioned(9.1, "platform"),),
    "weekend_rounds": (e.CourtRuled(6.5, "certified"),),
    "late_outlooks": (e.TransitionAgreed(20.0, 0.5), e.OutlookMoved(21.0, 0.5)),
    "late_recognition": (e.OfficeTaken(20.0, "interim"), e.RecognitionWithheld(21.5, "eu")),
    "hasty_answers": (e.ThreatMade(5.5, "us", "government", "x"), e.ThreatDropped(5.5, "x")),
    "blind_praise": (
        e.ResultContested(0.9, "platform"),
        e.MissionStatement(1.0, "carter", "positive"),
    ),
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_rule_sees_what_breaks_it(rule: str) -> None:
    world = play(drawn("honest_incumbent_wins"), ENTROPY, 0)
    before, events = RULES[rule](world), [*world.ledger, *PLANTED[rule]]
    world.ledger = Ledger()
    for event in sorted(events, key=lambda x: x.day):
        world.ledger.append(event)

    assert before == []
    assert RULES[rule](world) != []
