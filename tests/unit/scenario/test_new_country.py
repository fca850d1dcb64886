"""A country from the template: it loads, plays, and is refused in words where it cannot be."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.replicate.build import prepare_case
from sim.replicate.replicate import run_replicate
from sim.scenario.load import load
from sim.scenario.write.new_country import new_country
from tests.support.commands import sim

VOTE = dt.date(2028, 12, 7)


@pytest.mark.parametrize(("regions", "tables"), [(1, 1), (7, 300), (40, 400)])
def test_a_new_country_plays_with_as_many_tables_as_asked(
    tmp_path: Path, regions: int, tables: int
) -> None:
    file = new_country("x-1", VOTE, regions=regions, tables=tables, folder=tmp_path)
    case = prepare_case(load(file))
    done = run_replicate(case, 1, 0)

    assert case.register is not None
    assert (done.error, len(case.register.registered)) == (None, tables)
    assert done.values["winner_matches"] is True


def test_the_template_is_short() -> None:
    from sim.scenario.write.new_country import CASE, SCENARIO, SEED, SOURCES

    lines = [x for text in (CASE, SCENARIO, SEED, SOURCES) for x in text.splitlines() if x]
    assert len(lines) < 80


@pytest.mark.parametrize("name", ["A", "../x", "", "a b"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="is no name of a country"):
        new_country(name, VOTE, folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("new", "--country", "ghana-2028", "--vote", "2028-12-07")

    assert sim(monkeypatch, capsys, *words).code == 0
    Path("ghana-2028.toml").write_text("mine")
    assert sim(monkeypatch, capsys, *words).code == 4
    assert Path("ghana-2028.toml").read_text() == "mine"
    assert sim(monkeypatch, capsys, *words, "--replace").code == 0


def test_the_gambia_is_under_120_lines() -> None:
    root = Path(__file__).parents[3]
    files = [*(root / "seeds/gambia-2016").rglob("*.toml"), root / "scenarios/gambia-2016.toml"]
    assert sum(len(file.read_text().splitlines()) for file in files) < 120


def test_the_page_of_a_country_shows_what_is_shipped() -> None:
    root = Path(__file__).parents[3]
    page = (root / "docs/your_own_country.md").read_text(encoding="utf-8")
    rows = (root / "seeds/gambia-2016/states.csv").read_text(encoding="utf-8").splitlines()
    files = [*(root / "seeds/gambia-2016").rglob("*.toml"), root / "scenarios/gambia-2016.toml"]
    lines = sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files)

    assert "\n".join(rows[:3]) in page
    assert {row.split(",")[-1] for row in rows[1:]} == {f"{470_550 / (470_550 + 114_177):.3f}"}
    assert f"`scenarios/gambia-2016.toml`, {lines} lines with its facts" in page


@pytest.mark.parametrize("regions", [1, 7, 40])
def test_what_is_written_passes_a_whole_check_and_the_contract_of_scenarios(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    regions: int,
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("new", "--country", "x-1", "--vote", "2028-12-07", "--regions", regions)
    assert sim(monkeypatch, capsys, *words).code == 0
    checked = sim(monkeypatch, capsys, "check", "x-1.toml", "--json")
    ((found,), problems) = json.loads(checked.out)["scenarios"], json.loads(checked.out)["problems"]
    case = prepare_case(load("x-1.toml"))

    assert (checked.code, problems, found["failures"]) == (0, [], [])
    assert [run_replicate(case, 0x7E57, r).error for r in range(3)] == [None, None, None]
    assert len(Path("x-1.toml").read_text().splitlines()) <= 40
