"""One replicate's truth, claim and evidence, for whoever writes them to separate files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError
from sim.processes.day.electorate import NationalElectorate
from sim.processes.world import closing_day
from sim.records.claim import Claim
from sim.records.evidence import Evidence
from sim.records.polling_hours import PollingHours
from sim.records.register import Register
from sim.records.truth import Truth
from sim.replicate.trace import Trace, trace


def evidence_at(traced: Trace, hour: float) -> tuple[NationalElectorate, Evidence]:
    """Return the electorate and what could be seen `hour` hours after closing.

    Raises:
        InputError: no election was held in this replicate.
    """
    door = traced.world.door
    if not isinstance(door, NationalElectorate) or door.polled is None:
        raise InputError("no election was held in this replicate; choose another with --replicate")
    return door, door.evidence(closing_day(traced.world) + hour / 24)


@dataclass(frozen=True, eq=False)
class Exported:
    """What the files of one replicate are made from."""

    evidence: Evidence
    truth: Truth
    claim: Claim
    register: Register
    election_date: dt.date
    opening_minute: NDArray[np.float32]
    hours: PollingHours
    utc_offset_hours: float


def replicate_parts(
    scenario: str | Path,
    replicate: int,
    *,
    hour: float = 72.0,
    entropy: int | None = None,
    overrides: Sequence[str] = (),
) -> Exported:
    """Return truth, claim and evidence of one replicate as of `hour` hours after closing.

    Raises:
        InputError: the scenario is wrong, or no election was held.
    """
    traced = trace(scenario, replicate, entropy=entropy, overrides=overrides)
    door, evidence = evidence_at(traced, hour)
    polled, day = door.followed(), closing_day(traced.world) + hour / 24
    calendar = traced.resolved.scenario.calendar
    return Exported(
        evidence,
        polled.truth,
        door.claim(day),
        door.register,
        calendar.election_date,
        polled.delay,
        polled.chain.hours,
        calendar.utc_offset_hours,
    )
