"""Each entry of the gallery is of a shipped scenario, with its question, a picture and words."""

from __future__ import annotations

import re

import pytest

from sim.output.report.method.question import question
from sim.scenario.find import shipped
from sim.scenario.load import load
from tests.docs.pages import DOCS, text

SHIPPED = sorted(file.stem for file in shipped("scenarios").glob("*.toml"))
NAMES = sorted(file.stem for file in (DOCS / "gallery").glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_has_its_question_its_picture_and_an_answer(name: str) -> None:
    parts = re.split(r"^## ", text(DOCS / "gallery.md"), flags=re.MULTILINE)
    mine = next(part for part in parts if f"](gallery/{name}.svg)" in part)

    assert name in SHIPPED
    assert mine.splitlines()[0] == question(load(name).as_json()["scenario"])[0]
    assert (DOCS / "gallery" / f"{name}.svg").read_text(encoding="utf-8").startswith("<svg")
    assert re.search(r"!\[Of \d+ replicates\. .{40,}\]", mine)
    assert f"`sim report {name} -n " in mine
