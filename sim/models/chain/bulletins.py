"""What the authority announces from the rows that it has received (docs/model/election_day.md,
section 6.2).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.records.parameters.vote.rule import Stage
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Bulletin, Claim
from sim.records.vote.contest import winner_of
from sim.records.vote.count import Count, votes_at


def rows_in(chain: Chain, minute: float) -> NDArray[np.bool_]:
    """Return which tabulated rows are in by `minute`, (M + P,) bool; appended rows are in from the
    start.
    """
    return np.append(
        chain.transmitted_minute <= minute, np.ones(chain.phantom_registered.size, dtype=np.bool_)
    )


def received(chain: Chain, rows: NDArray[np.bool_]) -> tuple[NDArray[np.int64], int, int]:
    """Return candidates' totals (K,), invalid votes and registered voters of these tabulated rows,
    (M + P,) bool.
    """
    registered = chain.registered
    if chain.phantom_registered.size:
        registered = np.append(registered, chain.phantom_registered)
    return (
        chain.tabulated.totals_at(rows),
        votes_at(chain.tabulated.invalid, rows),
        votes_at(registered, rows),
    )


def bulletin_at(chain: Chain, number: int, minute: float) -> Bulletin:
    """Return the bulletin that the tabulation supports at `minute`: announced = tabulated."""
    rows = rows_in(chain, minute)
    totals, invalid, registered = received(chain, rows)
    turnout = (int(totals.sum()) + invalid) / registered if registered else None
    return Bulletin(
        number,
        chain.hours.day_of(minute),
        totals,
        invalid,
        float(np.count_nonzero(rows) / rows.size),
        turnout,
    )


def due_minute(chain: Chain, stage: Stage) -> float | None:
    """Return the minute at which a stage's bulletin is due, None if it never is."""
    close = chain.hours.open_minutes
    if stage.hours is not None:
        return close + 60 * stage.hours
    earliest, share = close + 60 * stage.earliest_hours, stage.share or 0.0
    needed = int(np.ceil(share * chain.tables - 1e-9))
    if needed == 0:
        return earliest
    reached = float(np.partition(chain.transmitted_minute, needed - 1)[needed - 1])
    return max(reached, earliest) if np.isfinite(reached) else None


def bulletins(chain: Chain, stages: Sequence[Stage]) -> tuple[Bulletin, ...]:
    """Return the bulletins of all stages in the order in which they are due; what waits for a share
    beyond the last stage that has an hour is never made.
    """
    ends = [60 * stage.hours for stage in stages if stage.hours is not None]
    last = chain.hours.open_minutes + max(ends) if ends else np.inf
    due = ((due_minute(chain, stage), stage.hours is not None) for stage in stages)
    minutes = sorted({m for m, dated in due if m is not None and (dated or m < last)})
    return tuple(bulletin_at(chain, n, minute) for n, minute in enumerate(minutes, start=1))


def claim_by(chain: Chain, minute: float, candidates: tuple[str, ...], rows_public: bool) -> Claim:
    """Return what has been announced by `minute`; rows, if they are public, are those of the last
    bulletin's hour.
    """
    out = tuple(b for b in chain.bulletins if b.day <= chain.hours.day_of(minute) + 1e-9)
    won = winner_of(out[-1].totals) if out else None
    winner = None if won is None else candidates[won]
    if not (rows_public and out):
        return Claim(out, winner, None, None)
    where = np.flatnonzero(rows_in(chain, chain.hours.minute_of(out[-1].day))).astype(np.int32)
    rows = Count(chain.tabulated.votes[:, where], chain.tabulated.invalid[where])
    return Claim(out, winner, rows, where)
