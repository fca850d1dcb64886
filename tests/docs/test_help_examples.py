"""The example below the help of each command works as it stands."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.main import get_command

from sim.cli.app import app
from tests.docs.pages import DOCS, EXAMPLES, blocks, small
from tests.support.commands import sim

MOST = 4


def examples() -> list[str]:
    root = get_command(app)
    groups = [root, root.commands["audit"]]  # type: ignore[attr-defined]
    leaves = [c for group in groups for c in group.commands.values() if not hasattr(c, "commands")]
    return [str(leaf.epilog).removeprefix("Example: ") for leaf in leaves]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for source in (EXAMPLES, DOCS / "audits"):
        shutil.copytree(source, tmp_path, dirs_exist_ok=True)
    (tmp_path / "actors.csv").write_text(blocks(DOCS / "bargaining.md", "csv")[0])
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_command_has_an_example_of_itself() -> None:
    said = examples()
    assert len(said) == 25
    assert [line for line in said if not re.match(r"sim [a-z]+ ", line)] == []


def test_no_help_has_a_word_in_square_brackets_which_the_printer_would_leave_out() -> None:
    root = get_command(app)
    groups = [root, root.commands["audit"]]  # type: ignore[attr-defined]
    commands = [c for group in groups for c in group.commands.values()]
    texts = [c.help or "" for c in commands]
    texts += [getattr(p, "help", None) or "" for c in commands for p in c.params]
    assert [t for t in texts if re.search(r"(?<!\\)\[[a-z/]", t)] == []


SLOW = ("run", "report", "sweep", "sensitivity", "influence", "discover")


def marked(line: str) -> object:
    slow = shlex.split(line)[1] in SLOW
    return pytest.param(line, id=line[:40], marks=[pytest.mark.slow] if slow else [])


@pytest.mark.parametrize("line", [marked(line) for line in examples()])
def test_the_example_works(line: str, folder: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    ran = sim(monkeypatch, capsys, *shlex.split(small(line, MOST))[1:])
    assert (ran.code, "Traceback" in ran.err) == (0, False)


def test_quiet_leaves_notes_and_progress_out_and_the_result_in(folder, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    words = ("run", "bellmar", "-n", "2", "-j", "1", "--replace", "--out", "a")
    loud = sim(monkeypatch, capsys, *words)
    still = sim(monkeypatch, capsys, *words, "--quiet")
    again = sim(monkeypatch, capsys, *words)

    assert ("written: a" in loud.err, still.err, "written: a" in again.err) == (True, "", True)
    assert still.out.split("exists.")[0] == loud.out.split("exists.")[0] != ""


def test_a_shell_completes_the_names_of_scenarios() -> None:
    from sim.cli.options import scenario_names

    assert scenario_names("venezuela") == ["venezuela-2024"]
