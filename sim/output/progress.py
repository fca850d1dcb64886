"""Progress on stderr, only where it is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.records.summary import Progress, Watcher


@contextmanager
def watching(total: int, label: str) -> Iterator[Watcher | None]:
    """Yield a watcher that draws replicates per second, time left and the headline's half-width, or
    None without a terminal.
    """
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[facts]}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, facts="starting")

        def watch(progress: Progress) -> None:
            bar.update(task, completed=progress.done, total=progress.total, facts=facts(progress))

        yield watch


def facts(progress: Progress) -> str:
    """Return the line beside the bar."""
    width = (
        "" if progress.half_width is None else f", {progress.headline} ±{progress.half_width:.3f}"
    )
    failed = f", {progress.failures} failed" if progress.failures else ""
    return f"{progress.per_second:.0f}/s, {progress.seconds_left:.0f} s left{width}{failed}"
