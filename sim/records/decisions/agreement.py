"""What two parties agreed: commitments, each owed by one party on one issue by one day."""

from __future__ import annotations

from dataclasses import dataclass

ISSUES = (
    "candidacies",
    "observation",
    "count_publication",
    "detentions",
    "energy_relief",
    "personal_relief",
)
GOVERNMENT_ISSUES = ISSUES[:4]
RELIEF_ISSUES = ISSUES[4:]


@dataclass(slots=True)
class Commitment:
    """One promise. `level` on 0..100; `tranche` counts from 1 (0: not staged); status in {pending,
    kept, broken, lapsed}.

    `due_day` is None while it waits for something else (a later tranche waits for verified promises
    of the other side).
    """

    id: str
    track: str
    party: str
    issue: str
    level: float
    due_day: float | None
    tranche: int = 0
    status: str = "pending"


@dataclass(slots=True)
class Agreement:
    """A signed package of levels (6,) and its commitments.

    `verified`: promises of the government kept and past detection.
    """

    id: str
    track: str
    package: tuple[float, ...]
    commitments: tuple[Commitment, ...]
    verified: int = 0
