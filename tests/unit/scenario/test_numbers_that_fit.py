"""Numbers of a country at the ends of what they may be, and numbers that do not fit one another."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from sim.errors import InputError
from sim.output.provenance import explanation
from sim.records.events import Inaugurated, PollPublished, PollsClosed, ProtestDay
from sim.replicate.build import Case, prepare_case
from sim.replicate.check import check_with_notes
from sim.replicate.replicate import play
from sim.scenario.keys.provenance import explain
from sim.scenario.load import load
from sim.scenario.write.new_country import new_country
from tests.support.cases import FIXED

CONTESTED = (
    "support.lead_mean=0.3",
    "government.night=totals_only",
    "types.obedience=1.0",
    "seven_parties.contest=yes",
)


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return new_country("x-1", dt.date(2028, 12, 7), regions=3, tables=60, folder=tmp_path)


def case(file: Path | str, *overrides: str) -> Case:
    return prepare_case(load(file, (*FIXED, *overrides)))


def problem(file: Path | str, *overrides: str) -> str:
    with pytest.raises(InputError) as caught:
        case(file, *overrides)
    return caught.value.problems[0].message


def abroad(file: Path) -> None:
    states = file.parent / "seeds" / "x-1" / "states.csv"
    states.write_text(
        "state,registered,tables,centres,past_share,abroad\n"
        "Home,30000,50,25,0.5,0\nAway,900,2,1,0.4,1\n"
    )


def test_small_candidates_may_have_no_votes(country: Path) -> None:
    world = play(case(country, "ballot.small_share=0.0"), 1, 0)

    assert world.electorate.truth is not None
    assert world.electorate.truth.cast.votes[2].sum() == 0


def test_nobody_abroad_votes_where_that_is_said(country: Path) -> None:
    abroad(country)
    world = play(case(country, "turnout.abroad_share=0.0"), 1, 0)
    register, truth = world.register, world.electorate.truth
    assert register is not None
    assert truth is not None
    away = register.centre_abroad[register.centre]

    assert (int(truth.intended[away].sum()), bool(np.all(truth.intended[~away] > 0))) == (0, True)


def test_a_bound_that_is_refused_itself_is_said(country: Path) -> None:
    told = [
        next(x for x in explanation(explain(str(country), key)).splitlines() if "bounds" in x)
        for key in ("ballot.small_share", "turnout.present_share")
    ]

    assert [line.split("bounds")[1].strip() for line in told] == [
        "at least 0, below 1",
        "above 0, below 1",
    ]


def test_a_lead_leaves_room_for_the_others() -> None:
    assert problem("gambia-2016", "support.lead_mean=0.9") == (
        "a lead of 0.9 where others leave 0.85 of the votes to the two"
    )


def test_no_table_of_a_synthetic_register_exceeds_what_a_table_may_hold() -> None:
    register = case("gambia-2016").register
    assert register is not None

    assert (int(register.registered.min()), int(register.registered.max())) == (57, 991)


def test_tables_that_cannot_hold_the_voters_are_refused(country: Path) -> None:
    assert problem(country, "frame.table_max_voters=500.0") == (
        "Region 1: 20 tables of at most 500 voters cannot hold 12000 voters"
    )


def test_a_sample_larger_than_the_register_is_refused_with_its_line(country: Path) -> None:
    with pytest.raises(InputError, match=r"--set:1:15: quick_count.n: 61 tables to sample"):
        case(country, "quick_count.n=61")


def test_what_hangs_on_the_size_of_a_country_is_said(country: Path) -> None:
    seed = country.parent / "seeds/x-1/parameters/case.toml"
    seed.write_text(seed.read_text().replace("n = 30", "strata = 4"))
    notes = check_with_notes(country)[1]

    assert [line.split(" ")[0] for line in notes] == ["quick_count.n", "numbers"]
    assert check_with_notes("venezuela-2024")[1] == ()


def test_protests_follow_the_size_of_the_country() -> None:
    events = [
        play(case("gambia-2016", *CONTESTED, f"streets.scale={scale}"), 1, 0).ledger.of(ProtestDay)
        for scale in (1.0, 0.04)
    ]

    assert [round(sum(e.n_events for e in found), -2) for found in events] == [900, 0]


def test_a_country_without_polls_has_none(country: Path) -> None:
    stated = "beliefs.families={independent={gap_days=5.0}}"
    polls = [len(play(case(country, *o), 1, 0).ledger.of(PollPublished)) for o in ((), (stated,))]

    assert polls == [0, 12]


def test_a_mission_that_is_only_planned_is_not_there(country: Path) -> None:
    (facts := country.parent / "seeds/x-1/facts").mkdir()
    step = 'kind = "observer"\nobserver = "union"\ntext = "A mission."\nsource = "assumption"\n'
    cast = country.parent / "seeds/x-1/parameters/case.toml"
    cast.write_text(
        cast.read_text() + '[cast.union]\nname = "U"\nroles = ["observer"]\n'
        "[cast.union.observer]\nmedian_days = 2.0\n"
    )
    said = {}
    for done in ("planned", "organised", "invited", "refused"):
        text = f'format = 2\n[facts.a]\n{step}step = "{done}"\nknown_on = 2028-01-01\n'
        (facts / "a.toml").write_text(text)
        observer = load(country).scenario.cast["union"].observer
        said[done] = observer.presence if observer is not None else ""

    assert said == {
        "planned": "broad",
        "organised": "present",
        "invited": "present",
        "refused": "broad",
    }


def test_a_vote_is_held_however_early_the_inauguration_is(country: Path) -> None:
    text = (given := country.parent / "seeds/x-1/parameters/case.toml").read_text()
    given.write_text(text.replace("inauguration = 2029-01-21", "inauguration = 2028-12-10"))
    world = play(case(country), 1, 0)

    assert [len(world.ledger.of(kind)) for kind in (PollsClosed, Inaugurated)] == [1, 1]
