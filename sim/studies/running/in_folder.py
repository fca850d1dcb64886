"""A run into a folder: what lies there is not computed again, what is missing is added."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import Executor
from pathlib import Path
from typing import TYPE_CHECKING

from sim.disk.write import disk_errors, put_folder, refuse_used_folder
from sim.errors import StoreError
from sim.records.results.summary import Watcher
from sim.replicate.build import prepare_case
from sim.scenario.load import Resolved
from sim.storage.folder import belongs
from sim.storage.run_writer import Identity, RunWriter
from sim.studies.running.manifest import facts, identity_of
from sim.studies.running.result import Run
from sim.studies.running.rows import compute_rows
from sim.workers.executors import Pool

if TYPE_CHECKING:
    import polars as pl


def run_in_folder(
    resolved: Resolved,
    entropy: int,
    wanted: range,
    path: Path,
    replace: bool,
    where: tuple[Executor | Pool | None, int | None],
    watch: Watcher | None,
) -> Run:
    """Return a run of the wanted replicates: those in the folder, and the others, which are added
    to it.

    Raises:
        StoreError: the folder cannot be used, or a worker died.
    """
    place = _beside(path) if replace and path.exists() else path
    if place != path:
        refuse_used_folder(path, known=belongs, replace=True)
    started, clock = time.strftime("%Y-%m-%dT%H:%M:%S%z"), time.perf_counter()
    case = prepare_case(resolved)
    writer = _opened(
        place, identity_of(resolved, entropy, case.register.digest), fresh=place != path
    )
    held = None if writer.held is None or not writer.held.outcomes.height else writer.held.outcomes
    missing = _missing(wanted, held, path)
    rows, interrupted = compute_rows(
        case, resolved.digest, entropy, missing, writer.blocks, where, watch
    )
    whole = writer.joined(rows) if rows.height else held if held is not None else rows
    result = Run(
        resolved,
        entropy,
        _of(whole, wanted),
        time.perf_counter() - clock,
        started,
        case.register.digest,
        interrupted,
        rows.height,
        tuple(writer.blocks.damaged),
    )
    if rows.height:
        writer.commit(rows, facts(result, whole), resolved.as_json())
    writer.clear_blocks()
    if place != path and not interrupted:
        with disk_errors(path):
            put_folder(place, path)
    return result


def _beside(path: Path) -> Path:
    """Return where a run grows that will replace the one at `path`."""
    return path.with_name(f".{path.name}.new")


def _opened(place: Path, identity: Identity, fresh: bool) -> RunWriter:
    """Return the folder, open for writing.

    fresh: what an earlier, other attempt left there goes.
    """
    try:
        return RunWriter(place, identity)
    except StoreError:
        if not fresh or not place.is_dir():
            raise
        refuse_used_folder(place, known=belongs, replace=True)
        shutil.rmtree(place)
        return RunWriter(place, identity)


def _missing(wanted: range, held: pl.DataFrame | None, path: Path) -> range:
    """Return the wanted replicates that are not held.

    Raises:
        StoreError: they do not join with those that are held.
    """
    if held is None:
        return wanted
    first, stop = int(held["replicate"][0]), int(held["replicate"][-1]) + 1
    if not first <= wanted.start <= stop:
        raise StoreError(
            f"{path} holds replicates {first} to {stop - 1}; add the next ones, or "
            "choose another folder with --out"
        )
    return range(stop, max(stop, wanted.stop))


def _of(table: pl.DataFrame, wanted: range) -> pl.DataFrame:
    """Return the rows of the wanted replicates."""
    import polars as pl

    return table.filter(pl.col("replicate").is_between(wanted.start, wanted.stop - 1))
