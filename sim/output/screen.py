"""The door to the terminal: everything that a command prints goes through here, so that no text of
a file acts on the screen.

Escape sequences, C1 controls and changes of direction are spelled out; markup, hyperlinks and emoji
codes are never parsed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.segment import Segment

from sim.text import lines

if TYPE_CHECKING:
    from rich.console import ConsoleOptions, RenderableType

WIDTH = 120
_QUIET = [False]


def tell(text: str, end: str = "\n") -> None:
    """Print text: the result of a command."""
    _write(sys.stdout, lines(text) + end)


def note(text: str) -> None:
    """Print a line to stderr: what a reader may like to know beside the result; nothing where
    `--quiet` was given.
    """
    if not is_quiet():
        warn(text)


def warn(text: str) -> None:
    """Print a line to stderr: what a reader must know beside the result."""
    _write(sys.stderr, lines(text) + "\n")


def over(text: str, *, last: bool) -> None:
    """Print a line to stderr over the one before."""
    _write(sys.stderr, f"\r{lines(text):<72}" + ("\n" if last else ""))


def be_quiet(quiet: bool) -> None:
    """Say whether notes and progress are unwanted, in this process."""
    _QUIET[:] = [quiet]


def is_quiet() -> bool:
    """Return whether notes and progress are unwanted."""
    return _QUIET[0]


def _write(stream: TextIO, text: str) -> None:
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:  # whoever read it has gone: the command goes on to its own exit code
        forget(stream)


def forget(stream: TextIO) -> None:
    """From now on keep nothing of a stream that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class Screen(Console):
    """A rich console that takes no text for markup and lets no control character through."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield segments; every text in them is spelled out."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(lines(segment.text), segment.style)

    def on_broken_pipe(self) -> None:
        """Go on: whoever read the output has gone, and the command ends with its own exit code."""
        self.quiet = True
        forget(sys.stdout)


def screen(width: int | None = WIDTH) -> Screen:
    """Return the console of results: as wide as the terminal, or so many columns where there is
    none (None: as the environment says).
    """
    return Screen(
        width=None if sys.stdout.isatty() else width, markup=False, emoji=False, highlight=False
    )


def side_screen() -> Screen:
    """Return the console of progress, on stderr."""
    return Screen(stderr=True, markup=False, emoji=False, highlight=False)
