"""Every example of docs/files.md does what the page says."""

import re
from pathlib import Path

import pytest

from tests.commands import sim

PAGE = (Path(__file__).parents[2] / "docs" / "files.md").read_text(encoding="utf-8")
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
