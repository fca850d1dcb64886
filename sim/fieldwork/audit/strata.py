"""Stratified risk: the tests of each stratum at every split of the overstatement, the largest
combined P-value (SUITE).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Measured
from sim.fieldwork.audit.strata_file import StrataFile, read_strata
from sim.fieldwork.audit.strata_next import next_round
from sim.fieldwork.audit.tally import check_risk_limit
from sim.models.audit import splits
from sim.models.audit.strata import Comparison, Known, Polling, Stratum, counted, unaudited
from sim.models.audit.supersimple import Discrepancies

METHOD = "SUITE (Fisher's combination, worst split)"
MANY, FEW_POINTS = 2, 1000


def strata_of(read: StrataFile, winner: int, loser: int) -> list[Stratum]:
    """Return the test of each stratum for one pair. A ballot that was not found counts against the
    winner as far as it can.
    """
    return [_stratum(read, s, winner, loser) for s in range(len(read.labels))]


def _stratum(read: StrataFile, s: int, winner: int, loser: int) -> Stratum:
    cast, lead, drawn = (
        int(read.ballots[s]),
        int(read.reported[winner, s] - read.reported[loser, s]),
        int(read.drawn[s]),
    )
    wins, losses = int(read.found[winner, s]), int(read.found[loser, s] + read.missing[s])
    if read.kinds[s] == "unaudited":
        return unaudited(cast, lead)
    if read.kinds[s] == "counted" or (read.kinds[s] == "polling" and drawn == cast):
        return counted(lead - (wins - losses))
    if read.kinds[s] == "polling":
        others = drawn - wins - losses
        return Polling(
            cast, int(read.reported[winner, s]), int(read.reported[loser, s]), wins, losses, others
        )
    o1, o2, u1, u2 = (int(n) for n in read.seen[:, s])
    seen = Discrepancies(o1, o2 + int(read.missing[s]), u1, u2)
    return counted(int(seen.net)) if drawn == cast else Comparison(cast, lead, drawn, seen)


def combine_strata(path: Path, risk_limit: float) -> Measured:
    """Return the stratified risk: the largest over the reported losers and over all splits of the
    overstatement.

    Raises:
        InputError: as `read_strata`; no reported winner.
    """
    check_risk_limit(risk_limit)
    read = read_strata(path)
    totals = read.reported.sum(axis=1)
    winner = int(np.argmax(totals))
    if np.sort(totals)[-2] == totals[winner]:
        raise InputError(
            Problem(
                "the two leaders of the reported strata are level: there is no reported winner",
                path.name,
            )
        )
    losers = [k for k in range(len(totals)) if k != winner]
    worst = {k: _worst(strata_of(read, winner, k), int(totals[winner] - totals[k])) for k in losers}
    hardest = max(losers, key=lambda k: worst[k].p)
    found, tested = worst[hardest], strata_of(read, winner, hardest)
    notes = [f"hardest against {read.names[hardest]}", *_kinds_told(tested, read.labels)]
    notes += [] if found.exact else ["an upper bound: the search was on a grid of whole votes"]
    return Measured(
        method=METHOD,
        winner=read.names[winner],
        risk_limit=risk_limit,
        attained_risk=found.p,
        drawn=int(read.drawn.sum()),
        unit="ballots",
        notes=tuple(notes),
        next_round=None
        if found.p <= risk_limit or not any(s.random for s in tested)
        else next_round(tested, read.labels, int(totals[winner] - totals[hardest]), risk_limit),
        split={} if found.split is None else dict(zip(read.labels, found.split, strict=True)),
    )


def _worst(strata: list[Stratum], margin: int) -> splits.Worst:
    return splits.worst_split(strata, margin, splits.POINTS if len(strata) <= MANY else FEW_POINTS)


def _kinds_told(strata: Sequence[Stratum], names: Sequence[str]) -> list[str]:
    settled = [
        name
        for s, name in zip(strata, names, strict=True)
        if isinstance(s, Known) and s.least == s.most
    ]
    return [f"counted in full: {', '.join(settled)}"] if settled else []
