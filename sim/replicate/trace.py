"""Re-live one replicate from its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.ledger import Ledger
from sim.processes.world import World
from sim.records.outcome import Outcome
from sim.replicate.build import prepare_case
from sim.replicate.measure import examine
from sim.replicate.replicate import play
from sim.scenario.load import Resolved, load


@dataclass(frozen=True)
class Trace:
    """One replicate with everything that it leaves: ledger, outcome and the world (truth, claim,
    evidence).
    """

    resolved: Resolved
    entropy: int
    ledger: Ledger
    outcome: Outcome
    world: World


def trace(
    scenario: Resolved | str | Path,
    replicate: int = 0,
    *,
    entropy: int | None = None,
    overrides: Sequence[str] = (),
) -> Trace:
    """Play one replicate again.

    Raises:
        InputError: the scenario is wrong.
    """
    resolved = scenario if isinstance(scenario, Resolved) else load(scenario, overrides)
    seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
    case = prepare_case(resolved)
    world = play(case, seed, replicate)
    return Trace(resolved, seed, world.ledger, Outcome(replicate, examine(world, case)), world)
