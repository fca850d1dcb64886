"""What the definitions of outcomes take for known stands in the glossary."""

from __future__ import annotations

import re
from pathlib import Path

from sim.measures.register import MEASURES

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
TERMS = {
    "best reply": "Best reply",
    "bulletin": "Announcement",
    "challenger": "Challenger",
    "command": "Command",
    "contests": "Contested",
    "copies": "Copy",
    "designated": "Designation",
    "guarded": "Guarded",
    "horizon": "Horizon",
    "licence": "Licence",
    "measure": "Measure",
    "override": "Override",
    "promises": "Promise",
    "relief": "Relief",
    "settlement": "Settlement",
    "transition": "Transition",
    "boxes": "Box check",
    "breach": "Breach",
    "observed tables": "Incident",
    "talks": "Track",
}
"""A word of a definition, and the entry that explains it."""


def test_every_term_of_a_definition_is_in_the_glossary() -> None:
    entries = set(re.findall(r"^## (.+)$", GLOSSARY.read_text(encoding="utf-8"), re.MULTILINE))
    definitions = " ".join(measure.definition for measure in MEASURES.values())

    assert {term for term in TERMS if term not in definitions} == set()
    assert set(TERMS.values()) - entries == set()


def test_definitions_name_roles_and_no_movement() -> None:
    told = [m.name for m in MEASURES.values() if "platform" in m.definition]

    assert told == []
