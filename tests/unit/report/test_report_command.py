"""`sim report` and `sim plot` on real runs."""

from __future__ import annotations

from pathlib import Path

import pytest

import sim as package
from tests.support.commands import sim


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("runs") / "bellmar"
    package.run("bellmar", replicates=20, jobs=1, overrides=["calls.operators=39"]).save(path)
    return path


@pytest.mark.slow
def test_a_run_folder_gives_the_same_page_twice_with_stories(
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pages = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        target = tmp_path / name / "page.html"
        ran = sim(monkeypatch, capsys, "report", folder, "--out", target)
        assert ran.code == 0
        pages.append(target.read_bytes())

    assert pages[0] == pages[1]
    assert len(pages[0]) < 3_000_000
    text = pages[0].decode()
    assert "replicates as stories" in text
    assert "--set calls.operators=39" in text
    assert ran.out.startswith("In 20 of 20 simulated elections")


@pytest.mark.slow
def test_a_scenario_that_has_changed_since_loses_its_stories_and_says_so(tmp_path: Path) -> None:
    from sim.output.report.run.run_report import run_page
    from sim.output.report.run.subject import of_folder

    file = tmp_path / "mine.toml"
    file.write_text('title = "Mine"\nextends = "bellmar"\n')
    package.run(file, replicates=2, jobs=1).save(tmp_path / "run")
    file.write_text('title = "Mine"\nextends = "bellmar"\n[quick_count]\nn = 60\n')
    page = run_page(of_folder(tmp_path / "run"), "sim report")

    method = next(s for s in page.sections if s.name == "Method").blocks[0]
    assert method.paragraphs[-1] == (  # type: ignore[union-attr]
        f"Left out, since the scenario {file} has changed since the run: dates, polls, maps, the "
        "evening, stories."
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "start"), [("svg", b"<svg"), ("png", b"\x89PNG"), ("pdf", b"%PDF")]
)
def test_plot_draws_each_kind_of_file(
    folder: Path,
    tmp_path: Path,
    ending: str,
    start: bytes,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    target = tmp_path / f"x.{ending}"
    ran = sim(monkeypatch, capsys, "plot", "flow", folder, "--out", target)

    assert ran.code == 0
    assert target.read_bytes().startswith(start)
    assert "replicates" in ran.out


def test_plot_refuses_another_ending_before_it_runs_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = sim(monkeypatch, capsys, "plot", "flow", "bellmar", "--out", tmp_path / "x.gif")

    assert ran.code == 2
    assert "a picture ends in .svg, .png, .pdf" in ran.err


def test_plot_says_how_many_runs_a_kind_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = sim(monkeypatch, capsys, "plot", "differences", "bellmar", "--out", tmp_path / "x.svg")

    assert (ran.code, ran.err) == (
        2,
        "sim: sim plot differences takes a base and one to five alternatives; 1 given\n",
    )


def test_options_of_a_run_are_refused_for_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = sim(monkeypatch, capsys, "report", tmp_path, "-n", 5)

    assert ran.code == 2
    assert "is a run folder: --set, --entropy, --axis and -n are for scenarios" in ran.err
