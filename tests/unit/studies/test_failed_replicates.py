"""A case that fails in replicate 2, through every verb: how many failed, where the first is, how to
re-live it, exit code 3.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import sim as verbs
from sim.errors import ReplicateError, ReplicatesFailed
from sim.fieldwork.export import replicate_parts
from sim.fieldwork.plan_chances import planned_chances
from sim.power import power_study
from sim.processes.world import World
from sim.replicate import build
from tests.support.commands import Ran, sim

POISONED = 2
FAILED = "ValueError: planted"
AXES = ["--axis", "night.exit_cost=0.3,0.72"]


@pytest.fixture(autouse=True)
def _a_process_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = build.PROCESSES["campaign"]

    def campaign(world: World) -> None:
        if world.streams.replicate == POISONED:
            raise ValueError("planted")
        real(world)

    monkeypatch.setitem(build.PROCESSES, "campaign", campaign)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.toml").write_text(
        'title = "Mine"\nextends = "bellmar"\n[sheets]\nwitness_level = 0.8\n'
    )


def ran(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> Ran:
    return sim(monkeypatch, capsys, *words)


@pytest.mark.parametrize(
    ("words", "counted"),
    [
        (["run", "bellmar", "-n", "5"], "1 of 5 replicates failed, first replicate 2"),
        (
            ["sweep", "bellmar", *AXES, "-n", "5"],
            "2 of 10 replicates failed, first point 0, replicate 2",
        ),
        (
            ["compare", "bellmar", "mine.toml", "-n", "5"],
            "1 of 5 replicates failed, first replicate 2",
        ),
        (
            [
                "sensitivity",
                "bellmar",
                *AXES,
                "--outcome",
                "turnout_true_share",
                "--points",
                "2",
                "-n",
                "4",
            ],
            "of 24 repl",
        ),
        (
            [
                "sensitivity",
                "bellmar",
                *AXES,
                "--outcome",
                "turnout_true_share",
                "--tornado",
                "-n",
                "4",
            ],
            "2 of 8 repl",
        ),
        (
            [
                "discover",
                "bellmar",
                "--axis",
                "sheets.witness_level=0.5:0.9",
                "--outcome",
                "copies_share_24h",
                "--above",
                "0.6",
                "--points",
                "20",
                "-n",
                "3",
                "--resamples",
                "2",
            ],
            "20 of 60 replicates failed, first point 0, replicate 2",
        ),
    ],
)
def test_a_verb_counts_the_failed_replicates_and_ends_with_3(
    words: list[str],
    counted: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ran(monkeypatch, capsys, *words, "--jobs", "1")

    assert (
        said.code,
        counted in said.err,
        FAILED in said.err,
        "re-live it: sim trace bellmar" in said.err,
    ) == (3, True, True, True)
    assert said.out


def test_the_command_that_is_named_re_lives_the_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = ran(
        monkeypatch,
        capsys,
        "sweep",
        "bellmar",
        *AXES,
        "-n",
        "3",
        "--jobs",
        "1",
        "--set",
        "sheets.witness_level=0.8",
    ).err
    command = next(line for line in told.splitlines() if line.startswith("re-live it: "))

    assert command == (
        "re-live it: sim trace bellmar --replicate 2 --entropy 0xbe11 --set "
        "sheets.witness_level=0.8 --set night.exit_cost=0.3"
    )
    again = ran(monkeypatch, capsys, *command.split()[3:])
    assert (again.code, FAILED in again.err) == (3, True)


def test_one_replicate_that_fails_is_told_up_to_its_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.warns(ReplicatesFailed):
        traced = verbs.trace("venezuela-2024", POISONED)
    shown = ran(monkeypatch, capsys, "trace", "venezuela-2024", "-r", POISONED, "--json")

    assert (
        len(traced.ledger) > 0,
        traced.outcome.values,
        str(traced.outcome.error).startswith(FAILED),
    ) == (True, {}, True)
    assert json.loads(shown.out.splitlines()[-1])["error"] == traced.outcome.error


def test_a_replicate_that_fails_is_not_exported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(ReplicateError, match=FAILED), pytest.warns(ReplicatesFailed):
        replicate_parts("bellmar", POISONED)
    said = ran(monkeypatch, capsys, "export", "bellmar", "-r", POISONED, "--out", "day")

    assert (said.code, FAILED in said.err, Path("day").exists()) == (3, True, False)


def test_chances_of_a_call_say_how_many_replicates_failed() -> None:
    with pytest.warns(
        ReplicatesFailed, match="14 of 42 replicates failed, first replicate 2 of world none"
    ):
        found = planned_chances("bellmar", 60, 4, 3, jobs=1)

    assert [(row.world, row.replicates) for row in found.rows][:2] == [
        ("none", 2),
        ("ballot_stuffing", 2),
    ]


def test_a_failed_election_of_the_power_study_is_a_row_and_not_the_end(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = power_study.electorate

    def electorate(case: build.Case, entropy: int, replicate: int) -> object:
        if replicate == 1:
            raise ValueError("planted")
        return real(case, entropy, replicate)

    monkeypatch.setattr(power_study, "electorate", electorate)
    words = (
        "power",
        "bellmar",
        "-n",
        "3",
        "--jobs",
        "1",
        "--manipulation",
        "fabricated_totals",
        "--estimator",
        "rounded_percentages",
        "--json",
    )
    said = ran(monkeypatch, capsys, *words)

    assert (
        said.code,
        "1 of 3 replicates failed, first replicate 1: ValueError: planted" in said.err,
    ) == (3, True)
    assert {row["n"] for row in json.loads(said.out)["rows"]} == {2}


def test_python_verbs_warn_and_their_lines_count(tmp_path: Path) -> None:
    with pytest.warns(ReplicatesFailed, match="1 of 4 replicates failed, first replicate 2"):
        run = verbs.run("bellmar", replicates=4, jobs=1)
    with pytest.warns(
        ReplicatesFailed, match="1 of 4 replicates failed, first point 0, replicate 2"
    ):
        swept = verbs.sweep(
            "bellmar", {"night.exit_cost": [0.3]}, replicates=4, jobs=1, folder=tmp_path / "s"
        )
    with pytest.warns(ReplicatesFailed):  # all shards are found there now
        again = verbs.sweep(
            "bellmar", {"night.exit_cost": [0.3]}, replicates=4, jobs=1, folder=tmp_path / "s"
        )

    assert {line.failed for line in run.summary()} == {1}
    assert [{line.failed for line in done.summary()[0][2]} for done in (swept, again)] == [{1}, {1}]
    assert (again.computed, len(again.failures)) == (0, 1)


def test_a_comparison_of_stored_runs_knows_what_failed_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        ran(monkeypatch, capsys, "run", "bellmar", "-n", "4", "--jobs", "1", "--out", name)
    said = ran(monkeypatch, capsys, "compare", "a", "b", "--json")

    (pair,) = json.loads(said.out)["alternatives"]
    assert (said.code, pair["failures"], pair["replicates"]) == (3, 2, 3)


SOBOL = "--axis night.exit_cost=0.3,0.72 --outcome turnout_true_share --points 2 -n 2"
BOX = "--axis sheets.witness_level=0.5:0.9 --outcome copies_share_24h --above 0.6 --points 20 -n 2"


@pytest.mark.parametrize(
    "words",
    [
        "run bellmar -n 3",
        "sweep bellmar --axis night.exit_cost=0.3,0.72 -n 3",
        "compare bellmar mine.toml -n 3",
        f"sensitivity bellmar {SOBOL}",
        f"sensitivity bellmar {SOBOL} --tornado",
        f"discover bellmar {BOX}",
    ],
)
def test_a_case_of_which_every_replicate_fails_is_told_so(
    words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def campaign(world: World) -> None:
        raise ValueError("planted")

    monkeypatch.setitem(build.PROCESSES, "campaign", campaign)
    said = ran(monkeypatch, capsys, *words.split(), "--jobs", "1")

    assert (said.code, "replicates failed, first" in said.err) == (3, True)
    assert FAILED in said.err
