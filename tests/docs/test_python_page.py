"""The examples of docs/python.md run, one after the other, in a copy of docs/examples."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

import sim
from tests.docs.pages import DOCS, EXAMPLES, blocks, text

PAGE = DOCS / "python.md"


@pytest.mark.slow
def test_the_examples_run_in_order(tmp_path, monkeypatch, capsys) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "try")
    monkeypatch.chdir(tmp_path / "try")
    names: dict[str, object] = {"__name__": "__main__"}
    for number, block in enumerate(blocks(PAGE, "python")):
        exec(compile(block, f"python.md, block {number}", "exec"), names)
    printed = capsys.readouterr().out

    assert printed.startswith("90 tables drawn into the sample\n")
    assert "totals_impossibility - The sheets in hand already hold more" in printed
    assert "quick_count.size" in printed


def test_the_page_lists_every_verb() -> None:
    listed = re.findall(r"^\| `sim\.(\w+)\(", text(PAGE), re.MULTILINE)
    assert sorted(listed) == sorted(sim._VERBS)


def test_the_api_page_lists_every_verb() -> None:
    listed = re.findall(r"^::: (\S+)$", text(DOCS / "api" / "verbs.md"), re.MULTILINE)
    assert sorted(listed) == sorted(f"{room}.{verb}" for verb, room in sim._VERBS.items())


def test_every_name_of_an_api_page_is_there() -> None:
    from importlib import import_module

    lost = []
    for page in sorted((DOCS / "api").glob("*.md")):
        for name in re.findall(r"^::: (\S+)$", text(page), re.MULTILINE):
            room, _, last = name.rpartition(".")
            if not hasattr(import_module(room), last):
                lost.append((Path(page).name, name))
    assert lost == []
