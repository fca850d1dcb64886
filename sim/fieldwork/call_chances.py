"""How often a quick count's call is right, wrong or not made, counted over simulated elections."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from sim.errors import InputError, Problem


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
