"""Export one replicate: truth, claim and evidence in separate files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.errors import InputError
from sim.experiments.trace import Trace, trace
from sim.processes.electorate import NationalElectorate
from sim.processes.world import closing_day
from sim.records.evidence import Evidence


def evidence_at(traced: Trace, hour: float) -> tuple[NationalElectorate, Evidence]:
    """Return the electorate and what could be seen `hour` hours after closing.

    Raises:
        InputError: no election was held in this replicate.
    """
    door = traced.world.door
    if not isinstance(door, NationalElectorate) or door.polled is None:
        raise InputError("no election was held in this replicate; choose another with --replicate")
    return door, door.evidence(closing_day(traced.world) + hour / 24)


def export_replicate(
    scenario: str | Path,
    replicate: int,
    folder: Path,
    *,
    hour: float = 72.0,
    entropy: int | None = None,
    overrides: Sequence[str] = (),
) -> tuple[Path, ...]:
    """Write the files of one replicate into `folder` and its evidence, as `sim assess` reads it, into `folder`/evidence.

    Raises:
        InputError: the scenario is wrong, or no election was held.
        StoreError: the folder cannot be written.
    """
    from sim.output.evidence_folder import write_evidence
    from sim.output.export import export

    traced = trace(scenario, replicate, entropy=entropy, overrides=overrides)
    door, evidence = evidence_at(traced, hour)
    polled, day = door.followed(), closing_day(traced.world) + hour / 24
    date = traced.resolved.scenario.calendar.election_date
    main = export(evidence, polled.truth, door.claim(day), door.register, folder, date, polled.delay)
    return (*main, *write_evidence(evidence, folder / "evidence"))
