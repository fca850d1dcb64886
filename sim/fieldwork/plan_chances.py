"""The chance that a planned quick count calls the winner right, in a simulated country: under none
and each manipulation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.errors import InputError, Problem
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


@dataclass(frozen=True, slots=True)
class CallChance:
    """How often the quick count's call was right, wrong or not made, over `replicates` simulated
    elections.
    """

    world: str
    replicates: int
    right: float
    wrong: float
    no_call: float


Outcomes = Iterable[Mapping[str, float | None]]
NEEDED_OUTCOMES = ("qc_lead_share", "qc_margin_share", "true_lead_share")


def call_chances(
    run: Callable[[Mapping[str, object]], Outcomes], worlds: Mapping[str, Mapping[str, object]]
) -> list[CallChance]:
    """Return the chance of a right call in each world.

    Args:
        run: scenario overrides -> one row of outcomes a replicate, each with NEEDED_OUTCOMES: the
        quick count's lead of
            challenger over incumbent, the half-width of its interval (None: no estimate), and the
            lead as cast.
        worlds: name -> overrides; must hold "none", the world without manipulation: no chance is
        shown without it.

    A call is made when the interval of the lead leaves out zero; it is right when the one ahead is
    ahead in the votes cast.
    """
    if "none" not in worlds:
        raise InputError(
            Problem('the world without manipulation, "none", is needed beside the others')
        )
    return [called(name, run(overrides)) for name, overrides in worlds.items()]


def called(world: str, outcomes: Outcomes) -> CallChance:
    """Return one world's chances."""
    results = [call_of(row) for row in outcomes]
    n = max(len(results), 1)
    return CallChance(
        world, len(results), results.count(1) / n, results.count(-1) / n, results.count(0) / n
    )


def call_of(row: Mapping[str, float | None]) -> int:
    """Return 1 for a right call, -1 for a wrong one, 0 for none."""
    lead, margin, truth = (row[name] for name in NEEDED_OUTCOMES)
    if lead is None or margin is None or truth is None or abs(lead) <= margin:
        return 0
    return 1 if lead * truth > 0 else -1


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
