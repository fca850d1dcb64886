"""Every example of docs/files.md does what the page says."""

import re
from pathlib import Path

import pytest

from sim.files.examples import EXAMPLES
from tests.support.commands import sim

PAGE = (Path(__file__).parents[3] / "docs" / "files.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+) (\S+)\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
COMMANDS = [
    (text.strip(), int(mark.removeprefix("exit="))) for kind, mark, text in BLOCKS if kind == "sh"
]


@pytest.mark.parametrize(("command", "code"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_an_example_of_the_page_ends_as_it_says(tmp_path, monkeypatch, capsys, command, code):
    for kind, name, text in BLOCKS:
        if kind != "sh":
            (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    ran = sim(monkeypatch, capsys, *command.split()[1:])
    assert (ran.code, ran.err if code == 0 else "") == (code, "")


def test_the_page_names_every_table_of_the_mapping():
    from sim.files.mapping.grammar import SECTIONS

    names = (*SECTIONS, "candidates", "contests.NAME")
    assert [name for name in names if f"`[{name}]`" not in PAGE] == []


@pytest.mark.parametrize("kind", sorted(EXAMPLES))
def test_an_example_that_new_writes_stands_on_the_page_or_is_read(
    kind, tmp_path, monkeypatch, capsys
):
    """Those of the page are read there; of the list of tables the page shows another."""
    example = EXAMPLES[kind]
    monkeypatch.chdir(tmp_path)
    name = f"x{example.ending}"
    assert sim(monkeypatch, capsys, "new", name, "--file", kind).code == 0
    assert (tmp_path / name).read_text() == example.text
    assert example.text in PAGE or kind == "frame"


def test_a_kind_that_is_not_there_and_a_wrong_ending_are_named(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert "there are: actors" in sim(monkeypatch, capsys, "new", "x.csv", "--file", "sheets").err
    assert "ends in .toml" in sim(monkeypatch, capsys, "new", "x.csv", "--file", "announced").err
