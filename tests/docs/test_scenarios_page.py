"""The examples of docs/scenarios.md load and its commands work."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from sim.scenario.load import load
from tests.docs.pages import DOCS, EXAMPLES, blocks, commands, small, text
from tests.support.commands import sim

PAGE = DOCS / "scenarios.md"
HEAD = 'title = "x"\nextends = "{}"\n\n'
BASES = ("", "venezuela-2024", "bellmar", "bellmar", "bellmar", "bellmar")


@pytest.mark.parametrize("number", range(len(BASES)))
def test_an_example_loads(tmp_path: Path, number: int) -> None:
    base = BASES[number]
    file = tmp_path / "mine.toml"
    file.write_text((HEAD.format(base) if base else "") + blocks(PAGE, "toml")[number])

    assert load(file).scenario.title in {"x", "Half of the observers stay at home"}


def test_every_example_of_the_page_is_tried() -> None:
    assert len(blocks(PAGE, "toml")) == len(BASES)


def test_the_readme_shows_the_scenario_of_the_examples(tmp_path: Path) -> None:
    shown = blocks(DOCS.parent / "README.md", "toml")[0]
    file = tmp_path / "mine.toml"
    file.write_text(shown, encoding="utf-8")

    assert (load(file).scenario.title, shown) == (
        "Gonzalez barred on 10 July, witnesses shut out",
        text(EXAMPLES / "barred.toml"),
    )


@pytest.mark.slow
def test_the_commands_work_one_after_the_other(tmp_path, monkeypatch, capsys) -> None:
    monkeypatch.chdir(tmp_path)
    codes = []
    for line in commands(PAGE):
        codes.append(sim(monkeypatch, capsys, *shlex.split(small(line, 4))[1:]).code)
        if " new " in line:
            (tmp_path / "mine.toml").write_text(blocks(PAGE, "toml")[0], encoding="utf-8")

    assert codes == [0] * 7
