"""The incumbent's decision on election night: an orderly exit against an override that may fail
(docs/model/night.md).
"""

from __future__ import annotations

import numpy as np

from sim.models.strategy.night.night_inputs import VALUED, NightInputs
from sim.models.strategy.night.night_value import night_value
from sim.models.strategy.response import NEVER
from sim.records.decisions.view import NightView
from sim.records.parameters.after.night import OPTIONS
from sim.records.parameters.root import Parameters


def night_inputs(view: NightView, lead: float) -> NightInputs:
    """Return the one situation that the incumbent sees."""
    observers = view.observers
    numbers = {
        "lead": lead,
        "copies": view.copies_seen,
        "loyalty": view.loyalty_seen,
        "guarantees": view.guarantees,
        "price": view.price,
        "opinion": view.opinion_challenger,
        "opinion_lead": view.opinion_lead,
        "delays": float(view.delays),
        "stopped": float(view.stopped),
        "exit_cost": view.exit_cost,
        "value": view.value,
        "audited": float(view.audited),
    }
    return NightInputs(
        **{name: np.array([number]) for name, number in numbers.items()},
        credibility=np.array([[o.credibility for o in observers]]),
        reach=np.array([[o.reach for o in observers]]),
        members=view.members,
        days=view.days_left,
        commanded=view.commanded,
        conditions=float(view.conditions),
        negative=tuple(o.negative for o in observers),
        public=tuple(o.public for o in observers),
        anticipated=view.anticipated,
    )


def night_utilities(view: NightView, p: Parameters) -> tuple[float, ...]:
    """Return what each option is worth, in the order of OPTIONS; -inf where it does not exist.

    Where only the count exists, or the incumbent is ahead, nothing is computed.
    """
    lead = view.lead_mean if view.internal_lead is None else view.internal_lead
    available = OPTIONS if view.available is None else view.available
    open_here = [option for option in VALUED if option in available and option in p.night.options]
    worth = dict.fromkeys(VALUED, 1.0)
    if lead > 0 and len(open_here) > 1:
        values = night_value(night_inputs(view, lead), p).utility[0].tolist()
        worth = dict(zip(VALUED, values, strict=True))
    worth = {option: worth[option] for option in open_here if lead > 0 or option == "count"}
    if "delay" in available and "delay" in p.night.options:
        worth["delay"] = delay_utility(view, lead, max(worth.values(), default=0.0), p)
    return tuple(worth.get(option, NEVER) for option in OPTIONS)


def delay_utility(view: NightView, lead: float, best: float, p: Parameters) -> float:
    """Return what putting the announcement off is worth beside the best option without it."""
    rules = p.night
    if lead <= 0:
        return rules.delay_ahead
    cost = rules.delay_loss + rules.delay_step * view.delays
    return best - cost + rules.delay_stop_gain * view.stopped
