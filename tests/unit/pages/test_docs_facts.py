"""The examples of docs/facts.md load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.scenario.load import load

PAGE = (Path(__file__).parents[3] / "docs" / "facts.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("number", [0, 2])
def test_an_example_of_facts_loads_in_a_scenario(tmp_path: Path, number: int) -> None:
    file = tmp_path / "mine.toml"
    head = 'title = "x"\nextends = "venezuela-2024"\n\n'
    file.write_text(head + EXAMPLES[number], encoding="utf-8")

    status = load(file).scenario.licences["GL44"].status
    assert (number, status) in {(0, "ended"), (2, "in_force")}
