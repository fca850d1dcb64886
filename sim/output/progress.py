"""Progress on stderr: a bar on a terminal, a plain line now and then elsewhere. Nothing for work
that is done at once.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sim.output.screen import is_quiet, note, over, side_screen

if TYPE_CHECKING:
    from sim.records.results.summary import Progress, Watcher

FIRST_SECONDS = 2.0
MORE = 2.0
"""A log hears of work that takes longer than two seconds, then after twice as long each time, at
most every minute.
"""
MOST_SECONDS = 60.0


@contextmanager
def watching(total: int, label: str) -> Iterator[Watcher]:
    """Yield a watcher that shows replicates per second, time left and the headline's half-width."""
    if is_quiet() or not sys.stderr.isatty():
        yield plain_lines(label)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[facts]}"),
    )
    with Bar(*columns, console=side_screen(), transient=True) as bar:
        task = bar.add_task(label, total=total or None, facts="starting")

        def watch(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, facts=facts(progress))

        yield watch


def show_progress(progress: Progress) -> None:
    """Write how far the work is to stderr, over the line before: for `watch=` in scripts and
    notebooks.
    """
    text = f"{progress.done:,} of {progress.total:,}, {facts(progress)}"
    over(text, last=progress.done >= progress.total)


def plain_lines(label: str) -> Watcher:
    """Return a watcher that writes a line to stderr after two seconds, then ever more seldom."""
    started, wait, last = time.monotonic(), FIRST_SECONDS, time.monotonic()

    def watch(progress: Progress) -> None:
        nonlocal wait, last
        now = time.monotonic()
        if now - last < wait or progress.done >= progress.total:
            return
        last, wait = now, min(MORE * wait, MOST_SECONDS)
        note(
            f"{label}: {progress.done:,} of {progress.total:,} after "
            f"{now - started:.0f} s, {facts(progress)}"
        )

    return watch


def facts(progress: Progress) -> str:
    """Return the line beside the bar."""
    width = (
        "" if progress.half_width is None else f", {progress.headline} ±{progress.half_width:.3f}"
    )
    failed = f", {progress.failures} failed" if progress.failures else ""
    return f"{progress.per_second:.0f}/s, {progress.seconds_left:.0f} s left{width}{failed}"
