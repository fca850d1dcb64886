"""The chance that a planned quick count calls the winner right, in a simulated country: under none
and each manipulation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.fieldwork.call_chances import CallChance, call_chances
from sim.manipulations.register import MANIPULATIONS
from sim.records.results.outcome import Failures, Outcome
from sim.records.results.summary import Watcher
from sim.replicate.build import case_at, prepare_case
from sim.replicate.relive import overlay, relive
from sim.replicate.replicate import warn_of
from sim.scenario.load import load
from sim.studies.running.rows import compute

HONEST: dict[str, Any] = {
    "conduct.available": (),
    "conduct.expulsion_available": False,
    "conduct.stop_available": False,
    "night.options": ("count",),
    "monitoring.estimators": ("quick_count_ratio",),
    "monitoring.finding_hours": (24.0,),
}
"""Only the named manipulation acts, and only the quick count is asked."""
WORLDS: dict[str, dict[str, Any]] = {
    "none": {},
    **{key: {f"manipulations.{key}.enabled": True} for key in MANIPULATIONS},
    "slow_service": {"manipulations.slow_service.enabled": True, "day.patience.on": True},
}


@dataclass(frozen=True)
class Chances:
    """The chance of a right call in each world.

    failed: replicates that failed in any world and are left out.
    """

    rows: list[CallChance]
    failed: Failures | None = None


def planned_chances(
    scenario: str | Path,
    n: int,
    strata: int,
    replicates: int,
    jobs: int | None = None,
    watch: Watcher | None = None,
) -> Chances:
    """Return the chances for a quick count of n tables in so many strata.

    Raises:
        InputError: the scenario is wrong, or the plan does not fit its country.

    Warns:
        ReplicatesFailed: some replicates failed; the chances rest on the others.
    """
    resolved = load(scenario)
    base = case_at(
        prepare_case(resolved), {**HONEST, "quick_count.n": n, "quick_count.strata": strata}
    )
    entropy = resolved.scenario.run.entropy_value()

    failures: list[tuple[Mapping[str, object], Outcome]] = []

    def run(overrides: Mapping[str, object]) -> Sequence[Mapping[str, float | None]]:
        outcomes = compute(case_at(base, overrides), entropy, range(replicates), jobs, None, watch)
        failures.extend((overrides, o) for o in outcomes if o.error is not None)
        return _rows(outcomes)

    rows = call_chances(run, WORLDS)
    here = HONEST | {"quick_count.n": n, "quick_count.strata": strata}
    failed = _failed(
        failures,
        replicates * len(WORLDS),
        lambda o, at: relive(
            resolved.name,
            entropy,
            o.replicate,
            [*resolved.overrides, *map(overlay, {**here, **at}.items())],
        ),
    )
    warn_of(failed)
    return Chances(rows, failed)


def _failed(
    failures: Sequence[tuple[Mapping[str, object], Outcome]],
    replicates: int,
    again: Callable[[Outcome, Mapping[str, object]], str],
) -> Failures | None:
    if not failures:
        return None
    at, first = failures[0]
    world = next(name for name, values in WORLDS.items() if values == at)
    return Failures(
        len(failures),
        replicates,
        f"replicate {first.replicate} of world {world}",
        first.error or "",
        again(first, at),
    )


def _rows(outcomes: Sequence[Outcome]) -> list[dict[str, float | None]]:
    names = {
        "qc_lead_share": "qc_lead_share",
        "qc_margin_share": "qc_margin_share",
        "true_lead_share": "lead_true_share",
    }
    return [
        {key: _number(o.values.get(name)) for key, name in names.items()}
        for o in outcomes
        if o.error is None
    ]


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
