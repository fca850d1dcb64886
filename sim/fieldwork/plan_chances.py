"""The chance that a planned quick count calls the winner right, in a simulated country: under none
and each manipulation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sim.fieldwork.quick_count_plan import CallChance, call_chances
from sim.manipulations.register import MANIPULATIONS
from sim.replicate.build import Case, case_at, prepare_case
from sim.scenario.load import load
from sim.studies.run import compute

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


def planned_chances(
    scenario: str | Path, n: int, strata: int, replicates: int, jobs: int | None = None
) -> list[CallChance]:
    """Return the chances for a quick count of n tables in so many strata.

    Raises:
        InputError: the scenario is wrong, or the plan does not fit its country.
    """
    resolved = load(scenario)
    base = case_at(
        prepare_case(resolved), {**HONEST, "quick_count.n": n, "quick_count.strata": strata}
    )
    entropy = resolved.scenario.run.entropy_value()

    def run(overrides: Mapping[str, object]) -> Sequence[Mapping[str, float | None]]:
        return _rows(case_at(base, overrides), entropy, replicates, jobs)

    return call_chances(run, WORLDS)


def _rows(
    case: Case, entropy: int, replicates: int, jobs: int | None
) -> list[dict[str, float | None]]:
    outcomes = compute(case, entropy, range(replicates), jobs, None, None)
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
