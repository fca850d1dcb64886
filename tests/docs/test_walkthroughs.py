"""Every line of the four walk-throughs that begins with `sim ` works as it stands, in a copy of
docs/examples and with few replicates.
"""

from __future__ import annotations

import shlex
import shutil
import tomllib
from pathlib import Path

import pytest

import sim as library
from tests.docs.pages import DOCS, EXAMPLES, WALKS, blocks, commands, small, text
from tests.support.commands import sim

QUICK = ("new", "show", "export", "assess", "audit", "plan")
MOST = 4


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(EXAMPLES, tmp_path / "try")
    monkeypatch.chdir(tmp_path / "try")
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path / "try"


def quick(line: str) -> bool:
    return shlex.split(line)[1] in QUICK and "--scenario" not in line


def results(lines, monkeypatch, capsys) -> list[tuple[str, int, bool]]:
    """Return (line, exit code, whether anything was printed) of each line, one after the other."""
    found = []
    for line in lines:
        ran = sim(monkeypatch, capsys, *shlex.split(small(line, MOST))[1:])
        found.append((line, ran.code, ran.out != ""))
    return found


@pytest.mark.parametrize("name", WALKS)
def test_the_quick_commands_of_a_walk_through_work(name, folder, monkeypatch, capsys) -> None:
    lines = [line for line in commands(DOCS / f"{name}.md") if quick(line)]
    assert results(lines, monkeypatch, capsys) == [(line, 0, True) for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("name", WALKS)
def test_all_commands_of_a_walk_through_work(name, folder, monkeypatch, capsys) -> None:
    lines = commands(DOCS / f"{name}.md")
    assert len(lines) >= 2
    assert results(lines, monkeypatch, capsys) == [(line, 0, True) for line in lines]


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_through_is_half_a_page(name: str) -> None:
    assert 200 < len(text(DOCS / f"{name}.md").split()) < 600


def test_the_sample_is_what_the_command_draws(folder, monkeypatch, capsys) -> None:
    line = next(line for line in commands(DOCS / "observers.md") if "--out drawn" in line)
    results([line], monkeypatch, capsys)

    assert (folder / "drawn.csv").read_text() == (folder / "sample.csv").read_text()


def test_the_files_shown_to_journalists_are_those_of_the_examples() -> None:
    page = DOCS / "journalist.md"
    assert text(EXAMPLES / "sheets.csv").startswith(blocks(page, "csv")[0])
    assert tomllib.loads(blocks(page, "toml")[0]) == tomllib.loads(
        text(EXAMPLES / "announced.toml")
    )


def test_the_figures_told_to_journalists_are_those_of_the_findings(folder) -> None:
    seen = library.assess(
        folder / "sheets.csv",
        frame=folder / "frame.csv",
        announced=folder / "announced.toml",
        incumbent="Ferrer",
    )
    said = " ".join(finding.statement for finding in seen.findings)
    figures = ["61,446", "51.62 %", "43.97 %", "2,634", "rounded to 0.1 %"]

    assert [(f, f in said, f in text(DOCS / "journalist.md")) for f in figures] == [
        (f, True, True) for f in figures
    ]
    assert sorted(f.estimator for f in seen.findings if f.verdict == "inconsistent") == [
        "rounded_percentages",
        "totals_impossibility",
    ]
