"""What the value of election night depends on, and what it comes to (docs/model/night.md)."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.records.decisions.night import Anticipated, Stance

Floats = NDArray[np.float64]

OVERRIDES = ("altered_tables", "totals_only", "annul")
VALUED = ("count", *OVERRIDES)


@dataclass(frozen=True, slots=True, eq=False)
class NightInputs:
    """Situations of election night, one a row: (S,) each; what an agreement touches changes rows.

    lead: challenger minus incumbent in the incumbent's own count. copies: copies expected over
    tables. loyalty, guarantees, relief at stake (`price`: chance of an answer times relief, summed
    over senders): 0 to 1. opinion: public's chance that the challenger leads, opinion_lead: its
    mean. exit_cost, value: X and v. audited: results by table are owed by agreement. credibility,
    reach: (S, M), 0 for an observer that is not there. members: who recognises. days: from the
    announcement to the inauguration. commanded: whether there are forces that can leave.
    conditions: how many things observers criticise beside the count. negative, public: of each
    observer, its own chance of a negative statement without tables and of being heard; () where
    none differs.
    """

    lead: Floats
    copies: Floats
    loyalty: Floats
    guarantees: Floats
    price: Floats
    opinion: Floats
    opinion_lead: Floats
    delays: Floats
    stopped: Floats
    exit_cost: Floats
    value: Floats
    audited: Floats
    credibility: Floats
    reach: Floats
    members: tuple[Stance, ...] = ()
    days: float = 166.0
    commanded: bool = True
    conditions: float = 0.0
    negative: tuple[float, ...] = ()
    public: tuple[float, ...] = ()
    anticipated: Anticipated = field(default_factory=Anticipated)


def join(*parts: NightInputs) -> NightInputs:
    """Return the situations of all parts, which differ in their rows alone."""
    rows: dict[str, Any] = {
        f.name: np.concatenate([getattr(part, f.name) for part in parts])
        for f in fields(NightInputs)
        if isinstance(getattr(parts[0], f.name), np.ndarray)
    }
    return replace(parts[0], **rows)


@dataclass(frozen=True, slots=True, eq=False)
class NightValues:
    """What each option is worth, (S, 4) as in VALUED, -inf where it does not exist; and for the
    three overrides, (S, 3): survival q, chance of a fall and of a negotiated exit (they add up to
    1), outrage and belief once the evidence is out, and the chance that the challenger is called
    the winner by the critical member of greatest weight.
    """

    utility: Floats
    survival: Floats
    fall: Floats
    exit: Floats
    outrage: Floats
    belief: Floats
    called: Floats
