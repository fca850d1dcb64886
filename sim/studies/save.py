"""Runs in folders: run into one, go on with one, save a run that is in memory."""

from __future__ import annotations

import shutil
import time
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sim.disk.write import disk_errors, put_folder, refuse_used_folder
from sim.errors import StoreError
from sim.records.results.summary import Watcher
from sim.replicate.build import prepare_case
from sim.replicate.relive import relive
from sim.scenario.load import Resolved
from sim.storage.folder import belongs
from sim.storage.run_writer import Identity, RunWriter
from sim.storage.version import commit, model_digest, versions
from sim.studies.run import Run, compute_rows
from sim.workers.executors import Pool
from sim.workers.fingerprint import fingerprint, parts_digest


def identity_of(resolved: Resolved, entropy: int, register_digest: str) -> Identity:
    """Return what replicates must share to lie in one folder."""
    return Identity(resolved.digest, hex(entropy), register_digest, fingerprint())


def default_folder(resolved: Resolved, entropy: int) -> Path:
    """Return `runs/<scenario>-<digest>-<entropy>`; another scenario, other code or other libraries
    give another digest.
    """
    from sim.disk.sealed import digest_of

    mark = digest_of([resolved.digest, fingerprint()])[:8]
    return Path("runs") / f"{Path(resolved.name).stem}-{mark}-{entropy:x}"


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


def _missing(wanted: range, held: Any, path: Path) -> range:
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


def _of(table: Any, wanted: range) -> Any:
    """Return the rows of the wanted replicates."""
    import polars as pl

    return table.filter(pl.col("replicate").is_between(wanted.start, wanted.stop - 1))


def save_run(run: Run, path: Path) -> Path:
    """Write a run that is in memory, or add to the folder what it does not have.

    Returns the folder.
    """
    writer = RunWriter(path, identity_of(run.resolved, run.entropy, run.register_digest))
    if run.rows.height:
        writer.commit(run.rows, facts(run, writer.joined(run.rows)), run.resolved.as_json())
    return path


def facts(run: Run, whole: Any) -> dict[str, Any]:
    """Return what a reader needs to trust and repeat the run, beside what identifies it.

    whole: all replicates of the folder.
    """
    import polars as pl

    import sim

    head, dirty = commit()
    failed = whole.filter(pl.col("error").is_not_null()).select("replicate", "error").iter_rows()
    again = (run.resolved.name, run.entropy)
    return {
        "title": run.resolved.scenario.title,
        "scenario": run.resolved.name,
        "overrides": list(run.resolved.overrides),
        "bit_generator": "PCG64DXSM",
        "model_digest": model_digest(),
        "parts_digest": parts_digest(),
        "code_version": sim.__version__,
        "commit": head,
        "dirty": dirty,
        "versions": versions(),
        "command": run.command,
        "started": run.started,
        "ended": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "seconds": round(run.seconds, 3),
        "facts_dropped_after_as_of": run.resolved.dropped_facts,
        "failures": [
            {
                "replicate": replicate,
                "error": error,
                "relive": relive(*again, replicate, run.resolved.overrides),
            }
            for replicate, error in failed
        ],
    }
