"""What an actor knows when it decides: its information set. Never the truth.

One record for all actors, so that the contract test can move every field that an actor does not
declare in `sees` and find the action unchanged. None means "not known to this actor at this
moment".
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class View:
    """decision: which decision is asked for. available: options that can be chosen now (None: all).
    The rest: one quantity each, with the unit in the name (leads: challenger minus incumbent, share
    of valid votes; days: house clock).
    """

    decision: str
    day: float = 0.0
    available: tuple[str, ...] | None = None
    lead_mean: float | None = None
    lead_sd: float | None = None
    pi: float | None = None
    relief_share: float | None = None
    price_of_breach: float | None = None
    q_imp: float | None = None
    track: str | None = None
    track_states: tuple[str, ...] = ()
    copies_share_expected: float | None = None
    observer_strength: float | None = None
    broad_observation: bool = False
    loyalty_seen: float | None = None
    guarantees: float | None = None
    internal_lead: float | None = None
    stopped: bool = False
    delays: int = 0
    order: str | None = None
    petition: bool = False
    protest_level: float | None = None
    sheets_published: bool = False
    tables_published: bool = False
    copies_share: float | None = None
    copies_lead: float | None = None
    announced_winner: str | None = None
    announced_lead: float | None = None
    contested: bool = False
    breaches: float = 0.0
    punished: bool = False
    statements: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    boycott: bool = False
    outrage: float | None = None
    surplus_self: float | None = None
    surplus_other: float | None = None
    threat_stake: float | None = None
    commitment_issue: str | None = None
    lag_months: float | None = None
    licence: str | None = None
    exit_cost_added: float = 0.0
