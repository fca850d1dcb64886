"""docs/bargaining.md: its files and commands work as they stand, and its numbers are measured."""

import json
import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.elections.bargain import command
from sim.models.bargaining.spatial.rules import KNOWN

PAGE = (Path(__file__).parents[3] / "docs" / "bargaining.md").read_text(encoding="utf-8")
FILES = ("actors.csv", "packages.csv", "players.csv")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines()
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    blocks = re.findall(r"```csv\n(.*?)```", PAGE, re.S)
    for name, block in zip(FILES, blocks, strict=True):
        (tmp_path / name).write_text(block, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(command)

    def on(line):
        words = shlex.split(line)
        assert words[:2] == ["sim", "bargain"]
        return CliRunner(env={"COLUMNS": "80"}).invoke(app, words[2:])

    return on


def test_the_page_shows_nine_commands():
    assert len(COMMANDS) == 9


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_works(run, line):
    found = run(line)
    assert (found.exit_code, found.stdout != "") == (0, True)


def test_the_ends_on_two_scales_are_those_of_the_page(run):
    ends = [
        json.loads(run(f"sim bargain actors.csv --scale {scale} --json").stdout)["outcome"][0]
        for scale in ("4:10", "0:10")
    ]
    assert [f"{end:.1f}" for end in ends] == ["6.4", "7.6"]
    assert "it ends at 6.4 with 4 to 10, at 7.6 with 0 to 10" in PAGE


def test_every_rule_and_the_default_value_of_each_is_on_the_page():
    missing = [name for name in KNOWN if f"--{name.replace('_', '-')}`" not in PAGE]
    assert missing == []


def test_help_names_every_value_of_every_rule():
    app = typer.Typer()
    app.command()(command)
    shown = CliRunner(env={"COLUMNS": "200", "TERM": "dumb"}).invoke(app, ["--help"]).stdout
    words = set(re.findall(r"\w+", shown))
    assert {value for values in KNOWN.values() for value in values} - words == set()
