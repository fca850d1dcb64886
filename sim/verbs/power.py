"""`sim.power`: what each method detects, beside its false alarms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.power.power_study import Power, asked_for
from sim.power.power_study import power as study
from sim.records.results.summary import Watcher
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, loaded


def power(
    scenario: Resolved | str | Path = "venezuela-2024",
    *,
    replicates: int = 200,
    entropy: int | None = None,
    overrides: Overrides = (),
    jobs: int | None = None,
    out: Path | str | None = None,
    manipulation: Sequence[str] = (),
    estimator: Sequence[str] = (),
    slow_every: int = 0,
    watch: Watcher | None = None,
) -> Power:
    """Hold the same elections honestly and manipulated, and ask every estimator.

    Args:
        out: folder of the study (default: power/<scenario>); run again to go on. manipulation,
        estimator: only these. slow_every: ask the slow tests in every so-many-th replicate.

    Raises:
        InputError: the scenario or a name is wrong. StoreError: the folder cannot be used.
    """
    resolved = loaded(scenario, overrides)
    return study(
        resolved,
        Path(out) if out is not None else Path("power") / resolved.name,
        replicates=replicates,
        entropy=entropy,
        asked=asked_for(manipulation, estimator, slow_every),
        jobs=jobs,
        watch=watch,
    )
