"""Who is drawn how: order, name and colour of each side, the same in every chart."""

from __future__ import annotations

from dataclasses import dataclass

from sim.output.report.page.tokens import LIGHT


@dataclass(frozen=True, slots=True)
class Side:
    """A side of the contest as charts show it. tone: name of its mark's colour; hollow: its mark is
    a ring, so that it does not rest on colour.
    """

    key: str
    label: str
    clause: str
    tone: str
    hollow: bool = False

    @property
    def mark(self) -> str:
        """Return the colour of its marks."""
        return LIGHT[self.tone]

    @property
    def text(self) -> str:
        """Return the colour of its words."""
        return LIGHT.get(f"{self.tone}-text") or LIGHT["ink2" if self.hollow else self.tone]

    @property
    def tint(self) -> str:
        """Return the colour of its areas."""
        return LIGHT[f"{self.tone}-tint"]


ABSENT = "(none)"
"""Stands for an outcome that does not exist in a replicate, for instance without a vote."""
_SIDES = (
    Side("opposition", "Opposition", "the opposition", "opposition"),
    Side("none", "Nobody", "nobody", "nobody", hollow=True),
    Side("interim", "Interim government", "an interim government", "interim"),
    Side("incumbent", "Incumbent", "the incumbent", "incumbent"),
    Side("other", "Others", "another candidate", "nobody", hollow=True),
    Side(ABSENT, "No such event", "nobody, for want of the event", "nobody", hollow=True),
)
SIDES = {side.key: side for side in _SIDES}
ORDER = tuple(SIDES)


def side(key: str) -> Side:
    """Return a side; one that is not known is grey, with its own name."""
    words = key.replace("_", " ")
    return SIDES.get(key) or Side(key, words.capitalize(), words, "nobody", hollow=True)


def rank(key: str) -> tuple[int, str]:
    """Return the place of a side in every chart."""
    return (ORDER.index(key) if key in SIDES else len(ORDER), key)
