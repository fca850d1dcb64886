"""The pages of docs/ and the README: their links, their headings, their blocks of code."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
EXAMPLES = DOCS / "examples"
PAGES = sorted([*DOCS.rglob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
WALKS = ("analyst", "observers", "journalist", "researcher")
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")


def text(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """Return the page's blocks of code in a language, in order."""
    return [body for kind, body in FENCE.findall(text(page)) if kind == language]


def slug(heading: str) -> str:
    """Return a heading's anchor, as the site's generator and GitHub make it for plain words."""
    plain = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", plain).strip().lower())


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page; a heading inside a block of code is none."""
    prose = FENCE.sub("", text(page))
    return {slug(line) for line in re.findall(r"^#+ (.+)$", prose, re.MULTILINE)}


def links(page: Path) -> Iterator[tuple[str, str]]:
    """Yield (file or "", anchor or "") of each link that stays in the repository."""
    prose = re.sub(r"`[^`\n]*`", "", FENCE.sub("", text(page)))
    for target in LINK.findall(prose):
        if not target.startswith(("http://", "https://", "mailto:")):
            file, _, anchor = target.partition("#")
            yield file, anchor


def commands(page: Path) -> list[str]:
    """Return the lines of a page's sh blocks that begin with `sim `: those are run."""
    lines = "".join(blocks(page, "sh")).splitlines()
    return [line for line in lines if line.startswith("sim ")]


def small(line: str, most: int) -> str:
    """Return the command with at most so many replicates. What compares sets of assumptions keeps
    ten of them, drawn as outside the tests.
    """
    sets = " sensitivity " in line and "--axis" not in line
    most = max(most, 40) if sets else most
    line += " --set run.assumptions=drawn" if sets else ""
    return re.sub(r"(?<= -n )\d+", lambda found: str(min(int(found[0]), most)), line)
