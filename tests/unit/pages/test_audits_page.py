"""The commands of docs/audits.md run in docs/audits and print what the page shows."""

import csv
import io
import re
import shlex
from pathlib import Path

import pytest

from tests.support import commands

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "audits.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sh\n(.*?)```\n\n```\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(autouse=True)
def _in_the_folder_of_the_page(monkeypatch):
    monkeypatch.chdir(DOCS / "audits")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.mark.parametrize(("block", "shown"), BLOCKS)
def test_the_page_shows_what_its_commands_print(block, shown, monkeypatch, capsys):
    ran = [commands.sim(monkeypatch, capsys, *shlex.split(line)[1:]) for line in block.splitlines()]
    printed = [line.rstrip() for one in ran for line in one.out.splitlines()]
    assert [one.code for one in ran] == [0] * len(ran)
    assert [line for line in shown.splitlines() if line not in (*printed, "...")] == []


def test_the_page_walks_through_every_step():
    verbs = [line.split()[2] for block, _ in BLOCKS for line in block.splitlines()]
    assert verbs == ["plan", "draw", "measure", "draw", "measure", "draw", "measure", "combine"]


@pytest.mark.parametrize(
    ("file", "lines", "kept"),
    [("round_1.csv", 0, 4), ("round_2.csv", 3, 4), ("batches_read.csv", 5, 5)],
)
def test_the_sheets_of_the_page_are_those_that_were_drawn(file, lines, kept, monkeypatch, capsys):
    every = [line for block, _ in BLOCKS for line in block.splitlines() if " draw " in line]
    words = shlex.split(every[{0: 0, 3: 1, 5: 2}[lines]])[1:]
    drawn = list(csv.reader(io.StringIO(commands.sim(monkeypatch, capsys, *words).out)))[1:]
    text = Path(file).read_text(encoding="utf-8")
    read = list(csv.reader(io.StringIO(text)))[-len(drawn) :]
    assert [row[:kept] for row in read] == [row[:kept] for row in drawn]
