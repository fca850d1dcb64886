"""A quick sweep for tests: the strategic layer of an invented country alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.scenario.load import load
from sim.studies.sweeps.sweep import Sweep, sweep

SCENARIO = "bellmar"
AXES: dict[str, list[Any]] = {"night.exit_cost": [0.3, 0.72], "support.family_weight": [0.1, 0.2]}
POINTS, REPLICATES = 4, 21


def quick(folder: Path, **options: Any) -> Sweep:
    """Run (or resume) the sweep in this process unless told otherwise."""
    settings: dict[str, Any] = {
        "axes": AXES,
        "replicates": REPLICATES,
        "jobs": 1,
        "alone": True,
    } | options
    # Said here, because a process of its own has no fixture that says it.
    fixed = load(SCENARIO, ["run.assumptions=fixed"])
    return sweep(fixed, folder=folder, **settings)


def table_bytes(done: Sweep, folder: Path) -> bytes:
    """Return the bytes of the whole table as it is saved."""
    folder.mkdir(parents=True, exist_ok=True)
    return done.save(folder / "table.parquet").read_bytes()


def shards(folder: Path) -> int:
    """Return how many finished shards a store holds."""
    return len(list((folder / "shards").glob("*/*.parquet")))


if __name__ == "__main__":
    import sys

    arguments = sys.argv[1:]
    quick(Path(arguments[0]), jobs=int(arguments[1]), replicates=int(arguments[2]))
