"""What two parties agreed: commitments, each owed by one party on one issue by one day."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Commitment:
    """One promise. `level` as the issue or the issue space writes it; `part` of full delivery, 0 to
    1; `tranche` counts from 1 (0: not staged); status in {pending, kept, broken, lapsed, revoked}.

    `due_day` is None while it waits for something else (a later tranche waits for verified promises
    of the other side).
    """

    id: str
    track: str
    party: str
    issue: str
    level: float
    part: float
    due_day: float | None
    tranche: int = 0
    status: str = "pending"


@dataclass(slots=True)
class Agreement:
    """A signed package of levels (K,) and its commitments.

    `verified`: promises of the government kept and past detection.
    """

    id: str
    track: str
    package: tuple[float, ...]
    commitments: tuple[Commitment, ...]
    verified: int = 0
