"""Write a run to its folder."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.replicate.relive import relive
from sim.storage.folder import FORMAT, parquet_bytes, prepare, write_bytes, write_json
from sim.storage.version import commit, model_digest, versions

if TYPE_CHECKING:
    from sim.studies.run import Run


def save_run(run: Run, path: Path) -> Path:
    """Write outcomes, resolved scenario and manifest (last), each atomically.

    Returns the folder.
    """
    prepare(path, run.resolved.digest, run.entropy)
    write_bytes(path / "outcomes.parquet", parquet_bytes(run.table()))
    write_json(path / "scenario.json", run.resolved.as_json())
    write_json(path / "manifest.json", manifest(run))
    return path


def manifest(run: Run) -> dict[str, Any]:
    """Return what a reader needs to trust and repeat the run."""
    head, dirty = commit()
    return {
        "format": FORMAT,
        "title": run.resolved.scenario.title,
        "scenario": run.resolved.name,
        "scenario_digest": run.resolved.digest,
        "entropy": hex(run.entropy),
        "replicates": [o.replicate for o in (run.outcomes[0], run.outcomes[-1])]
        if run.outcomes
        else [],
        "bit_generator": "PCG64DXSM",
        "model_digest": model_digest(),
        "register_digest": run.register_digest,
        "code_version": _code_version(),
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
                "replicate": o.replicate,
                "error": o.error,
                "relive": relive(
                    run.resolved.name, run.entropy, o.replicate, run.resolved.overrides
                ),
            }
            for o in run.failures
        ],
    }


def _code_version() -> str:
    import sim

    return sim.__version__
