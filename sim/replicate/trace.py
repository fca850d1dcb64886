"""Re-live one replicate from its key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sim.actors.led import Policy
from sim.ledger import Ledger
from sim.processes.moments import horizon
from sim.processes.world import World
from sim.records.results.outcome import Failures, Outcome
from sim.records.results.shown import Record, Shown
from sim.replicate.build import Case, build_world, prepare_case, start_processes
from sim.replicate.carried import Carried
from sim.replicate.measure import measure
from sim.replicate.own import GivenMeasure, with_own
from sim.replicate.relive import relive
from sim.replicate.replicate import told, warn_of
from sim.scenario.keys.overrides import Overrides, whole
from sim.scenario.load import Resolved, loaded
from sim.scenario.own import MakeEstimator


@dataclass(frozen=True, repr=False)
class Trace(Shown):
    """One replicate with everything that it leaves: ledger, outcome and the world (truth, claim,
    evidence).

    A replicate that failed has its error in `outcome.error`, no values, and the ledger up to the
    failure.
    """

    resolved: Resolved
    entropy: int
    ledger: Ledger
    outcome: Outcome
    world: World

    def in_short(self) -> str:
        """Return which replicate it is and how many events it has."""
        return (
            f"replicate {self.outcome.replicate} of {self.resolved.name}, "
            f"{len(self.ledger):,} events"
        )

    def records(self) -> list[Record]:
        """Return one record an outcome."""
        return [{"outcome": name, "value": value} for name, value in self.outcome.values.items()]

    @property
    def failed(self) -> Failures | None:
        """Return the failure of this replicate, or None."""
        if self.outcome.error is None:
            return None
        again = relive(
            self.resolved.name, self.entropy, self.outcome.replicate, self.resolved.overrides
        )
        return Failures(1, 1, f"replicate {self.outcome.replicate}", self.outcome.error, again)


def trace(
    scenario: Resolved | str | Path,
    replicate: int = 0,
    *,
    entropy: int | None = None,
    overrides: Overrides = (),
    policies: Mapping[str, Policy] | None = None,
    measures: Sequence[GivenMeasure] = (),
    estimators: Sequence[MakeEstimator] = (),
) -> Trace:
    """Play one replicate again; your own code as in `sim.run`.

    Raises:
        InputError: the scenario is wrong.

    Warns:
        ReplicatesFailed: the replicate failed; the ledger ends where it did.
    """
    resolved = with_own(loaded(scenario, overrides), policies, measures, estimators)
    seed = resolved.scenario.run.entropy_value() if entropy is None else whole(entropy, "entropy")
    whole(replicate, "replicate")
    traced = play_again(prepare_case(resolved), resolved, seed, replicate)
    warn_of(traced.failed)
    return traced


def play_again(
    case: Case, resolved: Resolved, entropy: int, replicate: int, carried: Carried | None = None
) -> Trace:
    """Play one replicate of a prepared case again. carried: as of `build_world`."""
    world = build_world(case, entropy, replicate, carried)
    try:
        start_processes(world)
        world.env.run(until=horizon(world))
        outcome = Outcome(replicate, measure(world, case), set=case.set_of(replicate))
    except Exception as error:  # noqa: BLE001 - what a replicate raises is part of its story
        outcome = Outcome(replicate, {}, told(error), case.set_of(replicate))
    return Trace(resolved, entropy, world.ledger, outcome, world)
