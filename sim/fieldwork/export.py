"""One replicate's truth, claim and evidence, for whoever writes them to separate files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, ReplicateError
from sim.processes.day.standing import Standing
from sim.processes.world import closing_day
from sim.records.seen.evidence import Evidence
from sim.records.vote.claim import Claim
from sim.records.vote.polling_hours import PollingHours
from sim.records.vote.register import Register
from sim.records.vote.truth import Truth
from sim.replicate.trace import Trace, trace
from sim.scenario.keys.overrides import Overrides


def evidence_at(traced: Trace, hour: float) -> tuple[Standing, Claim, Evidence]:
    """Return the election as it stands, and what was announced and could be seen of it `hour` hours
    after closing.

    Raises:
        InputError: no election was held in this replicate.
        ReplicateError: the replicate failed.
    """
    if traced.failed is not None:
        raise ReplicateError(traced.failed.words())
    electorate, day = traced.world.electorate, closing_day(traced.world) + hour / 24
    standing, said, seen = electorate.standing, electorate.claim(day), electorate.evidence(day)
    if standing is None or said is None or seen is None:
        raise InputError("no election was held in this replicate; choose another with --replicate")
    return standing, said, seen


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
    overrides: Overrides = (),
) -> Exported:
    """Return truth, claim and evidence of one replicate as of `hour` hours after closing.

    Raises:
        InputError: the scenario is wrong, or no election was held.
        ReplicateError: the replicate failed.
    """
    traced = trace(scenario, replicate, entropy=entropy, overrides=overrides)
    standing, claim, evidence = evidence_at(traced, hour)
    register, vote = traced.world.register, traced.resolved.scenario.vote
    assert register is not None
    return Exported(
        evidence,
        standing.day.truth,
        claim,
        register,
        vote.days[0],
        standing.day.delay,
        standing.day.chain.hours,
        vote.utc_offset_hours,
    )
