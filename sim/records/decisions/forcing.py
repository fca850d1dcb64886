"""A scenario's `[[events]]`: an option of an actor's decision that is fixed, at a date or some days
after a ledger event.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forcing:
    """Fix `option` of `decision` of `actor`.

    Neither `day` nor `after`: at every occasion of the decision, from the start. `day`: an occasion
    is created on that day where the decision can be taken at any time (bar, postpone, a licence
    step, ...); a decision that answers something (response to a bar, night) has its option fixed at
    each occasion from that day. `after` (name of an event type) with `days`: the same, that many
    days after the first such event. `target`: what the decision is about where there are several (a
    licence's key, a track, a candidate), else "". An option that does not exist at an occasion (an
    override by one who is ahead) is passed over there, and the rule chooses.
    """

    actor: str
    decision: str
    option: str
    day: float | None = None
    after: str | None = None
    days: float = 0.0
    target: str = ""
