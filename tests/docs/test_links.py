"""Every link of a page leads somewhere; no page is left out of the site."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from tests.docs.pages import DOCS, PAGES, ROOT, anchors, links, text


def broken(page: Path) -> list[str]:
    lost = []
    for file, anchor in links(page):
        target = (page.parent / file).resolve() if file else page
        if not target.exists():
            lost.append(f"{file}: no such file")
        elif anchor and anchor not in anchors(target):
            lost.append(f"{file}#{anchor}: no such heading")
    return lost


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_the_links_of_a_page_lead_somewhere(page: Path) -> None:
    assert broken(page) == []


def test_a_wrong_file_and_a_wrong_heading_are_found(tmp_path: Path) -> None:
    page = tmp_path / "index.md"
    page.write_text("# One\n[a](facts.md) [b](#one) [c](#two) `[d](facts.md)`\n", encoding="utf-8")

    assert broken(page) == ["facts.md: no such file", "#two: no such heading"]


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.md")), ids=lambda page: page.stem)
def test_a_page_of_the_site_links_to_nothing_outside_the_site(page: Path) -> None:
    outside = [f for f, _ in links(page) if f and DOCS not in (page.parent / f).resolve().parents]
    assert outside == []


def paths(entry: object) -> list[str]:
    if isinstance(entry, str):
        return [entry]
    parts = entry if isinstance(entry, list) else list(entry.values())  # type: ignore[attr-defined]
    return [path for part in parts for path in paths(part)]


def test_the_contents_of_the_site_name_every_page_once() -> None:
    stated = paths(yaml.safe_load(text(ROOT / "mkdocs.yml"))["nav"])
    there = [str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")]

    assert sorted(stated) == sorted(there)


def test_no_table_of_the_readme_is_over_twelve_rows() -> None:
    lengths = [0]
    for line in text(ROOT / "README.md").splitlines():
        lengths.append(lengths[-1] + 1 if line.startswith("|") else 0)

    assert max(lengths) <= 12 + 2  # the heading and the line under it


def test_the_glossary_is_in_order_and_has_the_words_that_outputs_use() -> None:
    words = re.findall(r"^## (.+)$", text(DOCS / "glossary.md"), re.MULTILINE)
    used = {"Replicate", "Entropy", "Polling table", "Sheet", "Lever", "Uncertainty", "Margin"}
    used |= {"Monte Carlo error", "Common random numbers", "As-of date", "Quick count", "Claim"}
    used |= {"Risk limit", "False alarm", "Evidence", "Finding", "Truth", "Bounds", "Stratum"}

    assert (words, used - set(words)) == (sorted(words, key=str.lower), set())
