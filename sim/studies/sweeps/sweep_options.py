"""The options of a sweep that other studies hand on to it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import TypedDict

from sim.records.results.summary import Watcher
from sim.workers.executors import Pool


class SweepOptions(TypedDict, total=False):
    """Options of `sim.sweep`. folder: its store, for resuming. entropy: the root of all random
    numbers. jobs: processes; executor: any other executor. watch: called after each shard. alone:
    the strategic layer alone.
    """

    folder: Path | str
    entropy: int | None
    overrides: Sequence[str]
    jobs: int | None
    executor: Executor | Pool | None
    watch: Watcher | None
    alone: bool


class SizedOptions(SweepOptions, total=False):
    """The same with `replicates`, the number at each point."""

    replicates: int | None
