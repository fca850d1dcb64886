"""The examples of docs/python.md run, one after the other, in a copy of docs/examples."""

from __future__ import annotations

import re
import shutil
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType

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
    listed = re.findall(r"^(?:\| )?`sim\.(\w+)(?:\(|` )", text(PAGE), re.MULTILINE)
    assert sorted(listed) == sorted(sim.__all__)


def full_name(name: str) -> str:
    """Return where a verb, or a module of verbs, is defined."""
    thing = getattr(sim, name)
    return (
        thing.__name__ if isinstance(thing, ModuleType) else f"{thing.__module__}.{thing.__name__}"
    )


def test_the_api_page_lists_every_verb() -> None:
    listed = re.findall(r"^::: (\S+)$", text(DOCS / "api" / "verbs.md"), re.MULTILINE)
    assert sorted(listed) == sorted(full_name(name) for name in sim.__all__)


def test_every_name_of_an_api_page_is_there() -> None:
    lost = []
    for page in sorted((DOCS / "api").glob("*.md")):
        for name in re.findall(r"^::: (\S+)$", text(page), re.MULTILINE):
            room, _, last = name.rpartition(".")
            if not hasattr(import_module(room), last) and find_spec(name) is None:
                lost.append((Path(page).name, name))
    assert lost == []


def test_the_script_of_the_readme_is_the_one_that_is_kept() -> None:
    assert blocks(DOCS.parent / "README.md", "python")[0] == text(DOCS / "witness_sweep.py")
