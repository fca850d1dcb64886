"""The facts of a seed make the state of the case, and each of them can be seen to do something."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.records.moments import Tied
from sim.scenario.facts.chronicle import folded
from sim.scenario.find import shipped
from sim.scenario.load import load
from sim.studies.fact_effects import fact_effects
from tests.support.long_runs import cases

CASE = "venezuela-2024"
RESOLVED = load(CASE)
FACTS = list(RESOLVED.facts)
MOVING = [known for known in FACTS if known.fact.kind != "context"]
SUPERSEDED = {
    "barbados": "talks_with_platform_suspended",
    "gold_relief": "gold_revoked",
    "machado_ban": "ban_upheld",
    "mexico_memorandum": "talks_with_platform_suspended",
    "oil_relief": "oil_ended",
    "talks_with_us_suspended": "talks_restart",
}


@pytest.mark.parametrize("key", [known.key for known in MOVING])
def test_a_fact_changed_the_state_of_the_day_on_which_it_became_known(key: str) -> None:
    day = next(known.fact.known_on for known in FACTS if known.key == key)
    before = [k for k in FACTS if k.key not in LATER.get(key, ())]

    assert folded(before, day) != folded([k for k in before if k.key != key], day)


LATER = {
    "barbados": ("talks_with_platform_suspended",),
    "mexico_memorandum": ("barbados", "talks_with_platform_suspended"),
    "oil_relief": ("oil_ended",),
    "gold_relief": ("gold_revoked",),
    "talks_with_us_suspended": ("talks_restart",),
}
"""Facts that happened later but became known to a reader on the same day."""


def test_what_is_live_and_what_is_superseded_on_the_as_of_date() -> None:
    found = {effect.key: effect for effect in fact_effects(RESOLVED)}
    live = [key for key, effect in found.items() if effect.state == "live"]

    assert {k: e.by for k, e in found.items() if e.state == "superseded"} == SUPERSEDED
    assert len(live) + len(SUPERSEDED) == len(MOVING)


@pytest.mark.slow
def test_every_live_fact_moves_an_event_or_the_case_cannot_do_without_it() -> None:
    idle = [
        effect.key
        for effect in fact_effects(RESOLVED, pairs=cases(6, 3))
        if effect.state == "live" and not (effect.needed or effect.events)
    ]

    assert idle == []


def test_a_dropped_fact_is_another_history() -> None:
    without = load(CASE, ["facts.gonzalez_unity=false"]).scenario.candidacy
    with_it = RESOLVED.scenario.candidacy

    assert (with_it.carrier, without.carrier) == ("gonzalez", "")


def test_a_changed_fact_is_another_history() -> None:
    later = load(CASE, ["facts.oil_ended.until=2024-07-20"])

    assert later.scenario.licences["GL44"].status == "winding_down"
    assert later.provenance["licences.GL44.status"].facts == ("oil_ended",)


def test_an_earlier_as_of_date_folds_less() -> None:
    known = [k for k in FACTS if k.fact.known_on.isoformat() <= "2024-03-15"]
    state = {".".join(k): leaf.value for k, leaf in folded(known, dt.date(2024, 3, 15)).items()}

    assert state["licences.GL44.status"] == "in_force"
    assert state["negotiation.tracks.government_platform.state"] == "deal"


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("facts.oilended=false", "no fact is called 'oilended'"),
        ('facts.oil_ended.step="over"', '"over" is none of issued, renewed, wind_down, ended'),
        ("facts.oil_ended.until=2023-01-01", "lies before date"),
        ("facts.new={kind='poll', text='x y z'}", "'known_on' is missing"),
        ("facts.new={kind='rumour', text='x y z'}", "no kind of fact is called 'rumour'"),
        ("facts.new=7", "a fact is a table; false drops one"),
    ],
)
def test_a_wrong_fact_is_refused_in_words(override: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(CASE, [override])


def test_a_date_stays_where_it_is_when_the_vote_moves_and_a_number_moves_with_it() -> None:
    moved = load(CASE, ["facts.election_day.sets.'vote.days'=[2024-12-01]"]).scenario
    meeting = moved.uncertainties["negotiation.tracks.government_us.meeting_day"]

    assert meeting.choice == (-150.5, -143.5)
    assert moved.calendar.tabulation_limit == Tied("close", 2.0)


@pytest.fixture
def seed_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped("seeds") / CASE, tmp_path / "seeds" / CASE)
    return tmp_path / "seeds" / CASE


def test_what_a_fact_gives_no_table_of_the_seed_gives_too(seed_copy: Path) -> None:
    with (seed_copy / "parameters" / "calendar.toml").open("a") as file:
        file.write("poll_ban = 2024-07-20\n")

    with pytest.raises(InputError, match="let one file alone set this key"):
        load(CASE)
