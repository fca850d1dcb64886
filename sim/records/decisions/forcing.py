"""A scenario's `[[events]]`: an option of an actor's decision that is fixed, always or from a
moment on.
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.records.moments import Day, Tied


@dataclass(frozen=True, slots=True)
class Forcing:
    """Fix `option` of `decision` of `actor`.

    `at` is a moment, or a day of the clock. None: at every occasion of the decision, from the
    start. Otherwise an occasion is created at that moment where the decision can be taken at any
    time (bar, postpone, a licence step, ...); a decision that answers something (response to a bar,
    night) has its option fixed at each occasion from that moment on. `target`: what the decision is
    about where there are several (a licence's key, a track, a candidate), else "". An option that
    does not exist at an occasion (an override by one who is ahead) is passed over there, and the
    rule chooses.
    """

    actor: str
    decision: str
    option: str
    at: Day | Tied | float | None = None
    target: str = ""
