"""Results that can draw themselves: `.plot()`.

How is not known here: the package's front door says who draws, so that a result imports no drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from sim.records.results.shown import Shown


class Picture(Protocol):
    """A picture: what it shows in words, and the drawing as SVG."""

    @property
    def alt(self) -> str:
        """Return the finding in words."""
        ...

    @property
    def svg(self) -> str:
        """Return the drawing."""
        ...

    def save(self, path: Path | str, *, replace: bool = False) -> Path:
        """Write a .svg, .png or .pdf file."""
        ...


Drawer = Callable[[object, str, bool], Picture]
_DRAWERS: list[Drawer] = []


def drawn_by(drawer: Drawer) -> None:
    """Say who draws results."""
    _DRAWERS[:] = [drawer]


class Drawn(Shown):
    """A result with pictures."""

    __slots__ = ()

    def plot(self, kind: str = "", *, narrow: bool = False) -> Picture:
        """Return a picture; kind: one of those that `sim plot` names for such a result, "" for its
        first. narrow: 350 pixels wide instead of 840.

        Raises:
            InputError: no such kind, or the result lacks what it needs.
        """
        return _DRAWERS[0](self, kind, narrow)
