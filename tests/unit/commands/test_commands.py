"""The commands as a user types them: results on stdout, everything else on stderr, an exit code by
kind, never a traceback.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.support.commands import Ran, sim

Patch, Caught = pytest.MonkeyPatch, pytest.CaptureFixture[str]


@pytest.fixture
def ran(monkeypatch: Patch, capsys: Caught, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    return lambda *words: sim(monkeypatch, capsys, *words)


def test_new_check_and_run_a_scenario_of_ones_own(ran, tmp_path: Path) -> None:
    assert ran("new", "mine.toml", "--from", "bellmar").code == 0
    assert ran("check", "mine.toml", "--quick").out.startswith("ok  mine.toml")

    done: Ran = ran("run", "mine.toml", "-n", 4, "-j", 1, "--json")
    assert (done.code, json.loads(done.out)["replicates"]) == (0, 4)
    assert "written: runs" in done.err


def test_new_leaves_a_file_that_exists(ran, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# my own\n")

    again: Ran = ran("new", "mine.toml", "--from", "bellmar")

    assert (again.code, "exists already" in again.err) == (4, True)
    assert (tmp_path / "mine.toml").read_text() == "# my own\n"
    assert ran("new", "mine.toml", "--from", "bellmar", "--replace").code == 0


def test_a_mistyped_key_is_named_with_its_place_and_the_nearest_key(ran, tmp_path: Path) -> None:
    ran("new", "mine.toml", "--from", "bellmar")
    (tmp_path / "mine.toml").write_text(
        (tmp_path / "mine.toml").read_text() + "\n[quick_count]\nobserver_levle = 0.9\n"
    )

    found: Ran = ran("check", "mine.toml", "--quick")

    assert (found.code, found.out) == (2, "")
    assert "observer_levle" in found.err
    assert "observer_level" in found.err
    assert "mine.toml:" in found.err


def test_show_explains_a_value(ran) -> None:
    told: Ran = ran("show", "venezuela-2024", "--explain", "support.independent.mean_logit")

    assert told.out.startswith("support.independent.mean_logit = -0.976 logit")
    assert "known on" in told.out


def test_show_an_unknown_key_exits_with_2(ran) -> None:
    told: Ran = ran("show", "bellmar", "--explain", "suport.family_weight")

    assert (told.code, "did you mean" in told.err) == (2, True)


def test_set_is_the_last_overlay_and_says_so_in_errors(ran) -> None:
    wrong: Ran = ran("run", "bellmar", "-n", 2, "--set", "support.family_weight=1.5")

    assert (wrong.code, "--set" in wrong.err, "family_weight" in wrong.err) == (2, True, True)


def test_trace_tells_a_story_and_json_lines(ran) -> None:
    story: Ran = ran("trace", "bellmar", "-r", 1)
    lines: Ran = ran("trace", "bellmar", "-r", 1, "--json")

    assert "polling tables open" in story.out
    assert json.loads(lines.out.splitlines()[-1])["event"] == "Outcomes"


@pytest.mark.parametrize(
    "kind",
    [
        "scenarios",
        "seeds",
        "outcomes",
        "roles",
        "bargaining",
        "manipulations",
        "estimators",
        "events",
        "sources",
    ],
)
def test_everything_can_be_listed(ran, kind: str) -> None:
    rows = json.loads(ran("list", kind, "--json").out)

    assert len(rows) >= 2


def test_the_schema_of_a_checkout_is_made_by_setup_and_never_committed(ran) -> None:
    root = Path(__file__).parents[3]
    setup = (root / ".ci" / "setup").read_text(encoding="utf-8")

    assert "schema --out scenarios/scenario.schema.json" in setup
    assert "scenarios/scenario.schema.json" in (root / ".gitignore").read_text(encoding="utf-8")
    assert json.loads(ran("schema").out)["title"].startswith("Scenario of")


def test_a_run_of_another_scenario_is_never_overwritten(ran) -> None:
    ran("run", "bellmar", "-n", 2, "-j", 1, "--out", "here")

    other: Ran = ran(
        "run", "bellmar", "-n", 2, "-j", 1, "--out", "here", "--set", "quick_count.n=60"
    )

    assert (other.code, "another scenario" in other.err) == (4, True)


def test_a_bad_entropy_is_one_clear_line(ran) -> None:
    wrong: Ran = ran("run", "bellmar", "--entropy", "seven")

    assert (wrong.code, wrong.err.count("\n")) == (2, 1)


def test_an_unknown_scenario_names_the_nearest(ran) -> None:
    wrong: Ran = ran("run", "belmar")

    assert (wrong.code, "bellmar" in wrong.err) == (2, True)


def test_unset_candidates_and_parts_are_refused_before_anything_runs(ran) -> None:
    wrong: Ran = ran(
        "check",
        "venezuela-2024",
        "--quick",
        "--set",
        "manipulations.ballot_stuffing.beneficiary='gonzales'",
    )

    assert (wrong.code, "did you mean 'gonzalez'" in wrong.err) == (2, True)


def test_a_failed_replicate_is_a_row_with_the_command_that_relives_it(
    ran, monkeypatch: Patch
) -> None:
    import sim.replicate.replicate as module

    play = module.play
    monkeypatch.setattr(
        module, "play", lambda case, entropy, r, names: 1 / 0 if r == 1 else play(case, entropy, r)
    )

    done: Ran = ran("run", "bellmar", "-n", 3, "-j", 1, "--out", "here")
    manifest = json.loads(Path("here/manifest.json").read_text())

    assert done.code == 3
    assert [f["replicate"] for f in manifest["failures"]] == [1]
    assert manifest["failures"][0]["relive"] == "sim trace bellmar --replicate 1 --entropy 0xbe11"


def test_an_interrupted_command_says_what_is_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sim.scenario.load.load", interrupted)
    ran = sim(monkeypatch, capsys, "sensitivity", "bellmar")

    assert (ran.code, ran.err) == (130, "sim: interrupted; what was already written is kept\n")
