from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from sim.cli.app import app
from sim.errors import ComparisonError, InputError

FAST = ["venezuela-2024", "--axis", "night.exit_cost=0.3,0.72", "-n", "5", "--jobs", "1", "--alone"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def sim(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(arguments))
    if isinstance(result.exception, Exception) and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


def test_a_sweep_prints_json_and_resumes() -> None:
    first, second = (
        json.loads(sim("sweep", *FAST, "--outcome", "contested", "--json")) for _ in range(2)
    )

    assert [(found["computed"], found["skipped"]) for found in (first, second)] == [(2, 0), (0, 2)]
    assert first["points"] == second["points"]
    assert [point["values"] for point in first["points"]] == [
        {"night.exit_cost": 0.3},
        {"night.exit_cost": 0.72},
    ]


def test_a_sweep_writes_its_whole_table(tmp_path: Path) -> None:
    import polars as pl

    sim("sweep", *FAST, "--table", "all.parquet")

    assert pl.read_parquet(tmp_path / "all.parquet").height == 10


AXIS = ["--axis", "night.exit_cost=0.3"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--axis", "night.exit_costs=1"], "did you mean 'night.exit_cost'"),
        (["--axis", "night.exit_cost"], "write --axis a.b=1,2,3"),
        (["--axis", "night.exit_cost=0:1"], "a range is for sim sensitivity"),
        ([], "no axis: this would be one point"),
        ([*AXIS, "--until", "contested"], "write OUTCOME:HALFWIDTH"),
        ([*AXIS, "--outcome", "contest"], "did you mean 'contested'"),
        ([*AXIS, "--dask", "elsewhere"], "write local, tls://host:port or tcp://host:port"),
        (["--design", "nowhere.csv"], "cannot be read as a table of points"),
    ],
)
def test_a_wrong_argument_says_what_to_write(arguments: list[str], said: str) -> None:
    with pytest.raises(InputError) as error:
        sim("sweep", "venezuela-2024", *arguments)

    assert said in str(error.value)


def test_a_study_takes_no_axes_of_the_command_line() -> None:
    with pytest.raises(InputError, match="is a study with axes of its own"):
        sim("sweep", "witness_expulsion", "--axis", "night.exit_cost=1")


def test_compare_reads_run_folders_and_its_exit_code_is_the_verdict() -> None:
    for name, level in (("a", "0.95"), ("b", "0.75")):
        sim(
            "run",
            "bellmar",
            "-n",
            "12",
            "--set",
            f"sheets.witness_level={level}",
            "--out",
            name,
            "--jobs",
            "1",
        )
    chosen = ["--outcome", "copies_share_24h"]
    shown = json.loads(
        sim("compare", "a", "b", *chosen, "--json", "--fail-on", "different", code=6)
    )
    sim(
        "compare",
        "a",
        "b",
        *chosen,
        "--equivalence",
        "copies_share_24h=0.9",
        "--fail-on",
        "undecided",
    )

    (pair,) = shown["alternatives"]
    assert (shown["verdict"], pair["paired"], pair["alpha"], pair["comparisons"]) == (
        "different",
        True,
        0.05,
        1,
    )
    assert "Error rate: the chance that the one comparison says different" in sim(
        "compare", "a", "b", *chosen, "--numbers"
    )


def test_compare_refuses_runs_of_other_luck_and_says_why() -> None:
    for name, entropy in (("a", "1"), ("b", "2")):
        sim("run", "bellmar", "-n", "3", "--entropy", entropy, "--out", name, "--jobs", "1")

    with pytest.raises(ComparisonError, match=r"other entropy \(0x1 and 0x2\).*--unpaired"):
        sim("compare", "a", "b")
    assert "3 independent replicates" in sim("compare", "a", "b", "--unpaired")


def test_a_tornado_names_what_moves_an_outcome_and_what_does_not() -> None:
    axes = ["--axis", "sheets.witness_level=0.7:0.99", "--axis", "quick_count.n=40:150"]
    shown = sim(
        "sensitivity",
        "bellmar",
        *axes,
        "--outcome",
        "copies_share_24h",
        "--tornado",
        "-n",
        "8",
        "--jobs",
        "1",
    )

    lines = [line.split() for line in shown.splitlines() if "copies_share_24h" in line]
    assert [
        ("sheets.witness_level" in " ".join(line), "distinguishable" in line) for line in lines
    ] == [(True, False), (False, True)]


def test_sobol_indices_need_a_power_of_two() -> None:
    with pytest.raises(InputError, match="a Sobol design takes a power of two"):
        sim(
            "sensitivity",
            "bellmar",
            "--axis",
            "sheets.witness_level=0.7:0.9",
            "--outcome",
            "contested",
            "--points",
            "6",
        )


def test_discover_says_density_coverage_and_limits_in_words() -> None:
    arguments = [
        "--axis",
        "sheets.witness_level=0.7:0.99",
        "--outcome",
        "copies_share_24h",
        "--above",
        "0.85",
    ]
    shown = sim(
        "discover",
        "bellmar",
        *arguments,
        "--points",
        "24",
        "-n",
        "2",
        "--resamples",
        "5",
        "--jobs",
        "1",
    )

    assert "Event: copies_share_24h > 0.85." in shown
    assert "sheets.witness_level at least 0." in shown


def test_discover_asks_which_category_or_limit() -> None:
    for name, said in (
        ("vote_winner", "say which with --is VALUE"),
        ("deaths_30d", "say what counts with --above or --below"),
    ):
        with pytest.raises(InputError, match=said):
            sim("discover", "bellmar", "--outcome", name)
