"""Nothing from after the as-of date: no fact, no source of a number; each guard shown with a
planted offender.
"""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from sim.documents.fields import declared_paths, find_spec
from sim.errors import InputError
from sim.records.parameters.root import Parameters
from sim.scenario.checks import source_problem
from sim.scenario.find import list_scenario_files, shipped
from sim.scenario.keys.origins import unsourced
from sim.scenario.load import load
from sim.scenario.seeds.seed import facts_known
from sim.scenario.seeds.seed_files import load_seed

CASE = "venezuela-2024"
AS_OF = dt.date(2024, 7, 2)


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the seed that may be changed, found before the shipped one."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(shipped("seeds") / CASE, tmp_path / "seeds" / CASE)
    return tmp_path / "seeds" / CASE


def test_no_fact_from_after_the_as_of_date_reaches_a_scenario() -> None:
    resolved = load(CASE)

    assert [
        known.key
        for known in (*resolved.facts, *resolved.seed.facts)
        if known.fact.known_on > AS_OF
    ] == []
    assert resolved.seed.outcomes.outcomes == ()
    assert (len(resolved.facts), resolved.dropped_facts) == (107, 12)


def test_a_planted_later_fact_is_dropped_and_counted(planted: Path) -> None:
    with (planted / "facts" / "events.toml").open("a") as handle:
        handle.write(
            '\n[facts.planted]\nkind = "context"\ndate = 2024-07-28\n'
            'why = "a result, known too late"\n'
            'text = "what nobody knew"\nsource = "Later2024"\nknown_on = 2024-07-29\n'
        )
    resolved = load(CASE)

    assert "planted" not in [fact.key for fact in resolved.facts]
    assert resolved.dropped_facts == 13
    assert "planted" in [
        fact.key for fact in load(CASE, ["as_of=2024-07-29", "vote.days=[2024-08-28]"]).facts
    ]


def test_an_earlier_as_of_date_knows_less() -> None:
    seed = load_seed(shipped("seeds") / CASE)

    assert [facts_known(seed.facts, dt.date(year, 7, 2))[1] for year in (2014, 2023, 2024)] == [
        118,
        113,
        12,
    ]


def test_no_outcome_is_known_on_the_as_of_date() -> None:
    seed = load_seed(shipped("seeds") / CASE)

    assert [outcome.key for outcome in seed.outcomes.outcomes if outcome.known_on <= AS_OF] == []


@pytest.mark.parametrize("name", [path.stem for path in list_scenario_files()])
def test_every_number_of_a_scenario_names_a_dated_source_or_is_an_assumption(name: str) -> None:
    resolved = load(name)

    assert [
        problem.render()
        for problem in unsourced(resolved.provenance, resolved.seed, resolved.scenario.as_of)
    ] == []


def test_a_planted_number_without_a_source_turns_the_guard_red() -> None:
    resolved = load(CASE, ["night.exit_cost=0.4"])

    assert [
        problem.render() for problem in unsourced(resolved.provenance, resolved.seed, AS_OF)
    ] == [
        '--set:1:1: night.exit_cost: states no source\n    write source = "key" or "assumption" '
        "in its table"
    ]


def test_a_planted_number_from_later_data_turns_the_guard_red(planted: Path) -> None:
    resolved = load(CASE)
    told = list(unsourced(resolved.provenance, resolved.seed, dt.date(2024, 4, 1)))

    assert {problem.message for problem in told if problem.path == "calendar.campaign_end"} == {
        "rests on 'Calendar2024', known on 2024-04-30, after the as-of date 2024-04-01"
    }
    with pytest.raises(InputError) as caught:
        load(CASE, ["as_of=2024-03-01"])
    assert [problem.hint for problem in caught.value.problems if problem.path == "vote.days"] == [
        "the fact election_day gives it, known since 2024-03-05 only"
    ]
    file = planted / "parameters" / "calendar.toml"
    file.write_text(file.read_text().replace('"Calendar2024"', '"Later2024"'))
    with pytest.raises(
        InputError,
        match="rests on 'Later2024', known on 2025-01-11, after the as-of date 2024-07-02",
    ):
        load(CASE)


def test_defaults_of_the_package_name_a_source_that_resolves() -> None:
    seed = load_seed(shipped("seeds") / CASE)
    wrong = {}
    for path in declared_paths(Parameters):
        spec = find_spec(Parameters, path)
        assert not isinstance(spec, int)
        for key in filter(None, spec.source.split(", ")):
            wrong[".".join(path)] = source_problem(key, seed, AS_OF)

    assert {path: said for path, said in wrong.items() if said} == {}
