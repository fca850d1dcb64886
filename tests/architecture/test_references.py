"""What the code and the pages point at is there: pages, their sections, parameters and files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sim.records.parameters.root import Parameters

ROOT = Path(__file__).parents[2]
CODE = [*(ROOT / "sim").rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
PAGES = sorted((ROOT / "docs" / "model").glob("*.md"))
REFERENCE = re.compile(r"docs/model/(\w+)\.md,\s+sections? (\d+(?:\.\d+)?)(?: and (\d+))?")


def sections(page: str) -> set[str]:
    """Return the numbers of a page's headings."""
    text = (ROOT / "docs" / "model" / f"{page}.md").read_text(encoding="utf-8")
    return set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", text, re.MULTILINE))


def test_every_section_that_the_code_cites_is_there() -> None:
    lost = []
    for path in CODE:
        for page, *numbers in REFERENCE.findall(path.read_text(encoding="utf-8")):
            lost += [(path.name, page, n) for n in numbers if n and n not in sections(page)]

    assert lost == []


def test_the_code_cites_no_page_that_the_repository_does_not_hold() -> None:
    names = {path.name for path in ROOT.rglob("*.md") if ".venv" not in path.parts}
    cited = {
        (path.name, name)
        for path in CODE
        for name in re.findall(r"\b([\w-]+\.md)\b", path.read_text(encoding="utf-8"))
        if path != Path(__file__)
    }

    assert {(file, name) for file, name in cited if name not in names} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_names_files_and_parameters_that_exist(page: Path) -> None:
    quoted = re.findall(r"`([^`\s]+)`", page.read_text(encoding="utf-8"))
    files = {path.name for path in CODE}
    lost = [q for q in quoted if q.endswith(".py") and Path(q).name not in files]
    for name in quoted:
        table, _, key = name.partition(".")
        section = Parameters.model_fields.get(table)
        if section is not None and key and key != "py":
            fields = getattr(section.annotation, "model_fields", {})
            lost += [name] if key.split(".")[0] not in fields else []

    assert lost == []
