"""The columns of a replicate's world: what processes write and read. No methods."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Announcement:
    """What the authority will say, and when: totals (K,) in ballot order; `lead` is the announced
    lead of the challenger.
    """

    day: float
    winner: str
    lead: float
    share_counted: float
    totals: tuple[int, ...]
    tables_published: bool


@dataclass(slots=True)
class Breach:
    """A detected breach (occasion) by a party: `day` of detection."""

    day: float
    occasion: str
    by: str


@dataclass(slots=True)
class LicenceState:
    """One licence in the book: status in {absent, in_force, winding_down, ended}; value in million
    USD a month. flows: whether revenue comes from it, some time after its issue.
    """

    key: str
    status: str
    value: float
    since: float
    ends: float | None = None
    flows: bool = True


@dataclass(slots=True)
class Negotiation:
    """Columns of the two tracks and of what was agreed."""

    tracks: dict[str, str] = field(default_factory=dict)
    breaches: list[Breach] = field(default_factory=list)
    trusts: dict[tuple[str, str], tuple[float, float]] = field(default_factory=dict)
    commitments: dict[str, Any] = field(default_factory=dict)
    status_quo: list[float] = field(default_factory=list)
    mediators: dict[str, bool] = field(default_factory=dict)
    ballot_open: bool = False
    shadows: dict[str, float] = field(default_factory=dict)
    levels: dict[str, float] = field(default_factory=dict)
    guaranteed: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Sanctions:
    """Columns of the licence book and of what it is worth."""

    book: dict[str, LicenceState] = field(default_factory=dict)
    relief_share: float = 0.0
    revenue_share: float = 0.0
    price_of_breach: float = 0.0
    q_imp: float = 0.0
    designated_names: int = 0
    exit_cost_added: float = 0.0


@dataclass(slots=True)
class Belief:
    """An actor's belief about (lead, bias of independent polls, bias of government-aligned
    polls).
    """

    mean: Any
    cov: Any


@dataclass(slots=True)
class Signal:
    """What is public of an announced result: `prior` in log odds, leads in shares of the vote.

    published: copies published over tables closed. verdicts: sum of the weights of statements,
    negative ones positive. tables: 1 overdue, -1 out, 0 before. z, belief, outrage: read from it.
    """

    prior: float
    polls_lead: float
    altered: bool
    annulled: bool
    delays: int
    stopped: bool
    published: float = 0.0
    published_lead: float = 0.0
    verdicts: float = 0.0
    tables: int = 0
    certified: bool = False
    z: float = 0.0
    belief: float = 0.0
    outrage: float = 0.0


@dataclass(slots=True)
class Street:
    """Protest since the day `began`: means of what begins by itself at full outrage, (D,), one
    uniform number a day, and what has been counted, told and noted.
    """

    began: float
    fading: Any
    uniforms: list[float]
    branching: float
    scale: float = 1.0
    counts: list[int] = field(default_factory=list)
    outrage: float = 0.0
    told: int = 0
    outlook: float = math.nan


@dataclass(slots=True)
class Conduct:
    """Columns of candidacies, measures and the conduct of the day."""

    poll_day: float = 0.0
    round: int = 1
    held: bool = False
    statuses: dict[str, str] = field(default_factory=dict)
    carrier: str | None = None
    boycott: bool = False
    measures: list[str] = field(default_factory=list)
    observer_strength: float = 0.0
    broad_observation: bool = False
    uninvited: bool = False
    guarantees: float = 0.0
    accreditation_factor: float = 1.0
    copies_agreed: bool = False
    audited: float = 0.0
    expulsion_share: float = 0.0
    stop_minute: float | None = None
    loyalty: float = 0.0
    loyalty_seen: float = 0.0
    exit_cost: float = 0.0
    value: float = 0.0
    obedience: float = 1.0
    unity: float = 0.8


@dataclass(slots=True)
class Aftermath:
    """Columns of the announcement and of what follows it."""

    night_option: str | None = None
    announcement: Announcement | None = None
    contested: bool = False
    signal: Signal | None = None
    withheld: set[str] = field(default_factory=set)
    recognition: float = 0.0
    revenue_before: float = 0.0
    sheets_published: bool = False
    repression: int = 0
    office_holder: str = "incumbent"
    left: bool = False
