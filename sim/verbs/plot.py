"""`.plot()` on every result: which picture, and the picture as an object."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.output.report.page.parts import Figure


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of a result; a notebook shows it."""

    figure: Figure
    narrow: bool = False

    @property
    def alt(self) -> str:
        """Return the finding in words."""
        return self.figure.alt

    @property
    def svg(self) -> str:
        """Return the drawing."""
        return self.figure.narrow if self.narrow else self.figure.wide

    def save(self, path: Path | str, *, replace: bool = False) -> Path:
        """Write a .svg, .png or .pdf file.

        Raises:
            InputError: another ending. StoreError: another file lies there.
        """
        from sim.output.report.draw.drawing import save_drawing

        save_drawing(self.svg, Path(path), replace=replace)
        return Path(path)

    def _repr_svg_(self) -> str:
        from sim.output.report.draw.drawing import with_ground

        return with_ground(self.svg)

    def __repr__(self) -> str:
        return f"<picture: {self.alt}>"


def plot(result: object, kind: str = "", narrow: bool = False) -> Drawing:
    """Return a picture of a result of any verb.

    Raises:
        InputError: no such kind, or the result lacks what it needs.
    """
    from sim.output.report.results.drawn import figure_of

    return Drawing(figure_of(result, kind), narrow)
