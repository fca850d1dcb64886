"""What is written beside the replicates of a run: what identifies it, and what a reader needs."""

from __future__ import annotations

import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sim.replicate.build import more_measures
from sim.replicate.relive import relive
from sim.scenario.load import Resolved
from sim.storage.run_writer import Identity, RunWriter
from sim.storage.version import commit, model_digest, versions
from sim.workers.fingerprint import fingerprint, parts_digest

if TYPE_CHECKING:
    import polars as pl

    from sim.studies.running.result import Run


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


def save_run(run: Run, path: Path) -> Path:
    """Write a run that is in memory, or add to the folder what it does not have.

    Returns the folder.
    """
    writer = RunWriter(path, identity_of(run.resolved, run.entropy, run.register_digest))
    if run.rows.height:
        writer.commit(run.rows, facts(run, writer.joined(run.rows)), run.resolved.as_json())
    return path


def facts(run: Run, whole: pl.DataFrame) -> dict[str, object]:
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
        "policies": sorted(run.resolved.own.policies),
        "own_measures": sorted(run.resolved.own.measures),
        "measures": [asdict(one.measure) for one in more_measures(run.resolved).values()],
        "estimators": sorted(run.resolved.own.estimators),
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
