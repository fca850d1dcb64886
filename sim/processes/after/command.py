"""What lies ahead of the command and of a way out by agreement, as far as is known now
(docs/model/night.md).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.strategy.after.command import Pressure, daily_rate, tabulate
from sim.models.strategy.after.cumulated import cumulated, edges
from sim.models.strategy.after.daily_count import trailing_mean
from sim.processes.columns import Street
from sim.processes.world import World
from sim.records.events import AgreementSigned, ResultContested, TargetConceded
from sim.records.parameters.after.command import Command
from sim.records.parameters.root import Parameters

Floats = NDArray[np.float64]

DAYS = 200
OVERRIDES = frozenset({"altered_tables", "totals_only", "annul"})
NAMED_FROM = 0.05  # in logs of the rate


@dataclass(frozen=True, slots=True, eq=False)
class Ahead:
    """From now to the end, if nothing new is learnt.

    ends: (P + 1,) ends of pieces with constant rates, days of the clock. leaving, agreeing:
    (P + 1,) rates of the command and of an agreement added up to each end. q30: (P,) the officers'
    common odds. causes: what raises the command's rate on each piece, (P,) in logs each.
    """

    ends: Floats
    leaving: Floats
    agreeing: Floats
    q30: Floats
    causes: dict[str, Floats]


def look_ahead(world: World, street: Street) -> Ahead:
    """Return the rates from now on, with signal, recognition, relief and protest as they are."""
    now, p = world.env.now, world.p.command
    ends = edges(now, street.began, DAYS)
    first = int(now - street.began)
    days = np.arange(first, first + ends.size - 1, dtype=float)
    week = trailing_mean(street.counts, p.protest_days)[first : first + days.size]
    week = week / street.scale
    on, raised = pressure(world, week, days), world.p.succession.raised
    leaving, q30 = daily_rate(on, p, tabulate(p))
    agreeing = agreement_rate(world) * np.where(ends[:-1] < raised_until(world), raised, 1.0)
    causes = raised_by(on, p)
    return Ahead(ends, cumulated(ends, leaving), cumulated(ends, agreeing), q30, causes)


def raised_until(world: World) -> float:
    """Return the day until which a way out by agreement is likelier: after a concession or an
    agreement that followed the contest.
    """
    contested = world.ledger.first(ResultContested)
    talked = (*world.ledger.of(TargetConceded), *world.ledger.of(AgreementSigned))
    days = [e.day for e in talked if contested is not None and e.day >= contested.day]
    return max(days) + world.p.succession.raised_days if days else -math.inf


def pressure(world: World, week: Floats, days: Floats) -> Pressure:
    """Return what acts on the command, with the last week's protests day by day, as of a
    country of the reference size.
    """
    signal, now = world.aftermath.signal, world.sanctions.revenue_share
    return Pressure(
        belief=world.p.command.belief_reference if signal is None else signal.belief,
        protest=week,
        recognition=world.aftermath.recognition,
        loyalty=world.conduct.loyalty,
        relief_lost=max(world.aftermath.revenue_before - now, 0.0),
        certified=float(signal is not None and signal.certified),
        day=days,
    )


def raised_by(on: Pressure, p: Command) -> dict[str, Floats]:
    """Return what the public's belief, the street and abroad add to the log rate, a day each."""
    protest = np.minimum(np.asarray(on.protest) / p.protest_unit, p.protest_most)
    flat = np.ones(protest.size)
    return {
        "belief": p.belief_slope * (np.asarray(on.belief) - p.belief_reference) * flat,
        "protest": p.protest_slope * protest,
        "recognition": p.recognition_slope * np.asarray(on.recognition) * flat,
    }


def agreement_rate(world: World) -> float:
    """Return the daily rate of a negotiated transition: guarantees and outrage raise it; there is
    nothing to agree on where the count stands.
    """
    p, signal = world.p.succession, world.aftermath.signal
    if signal is None or world.aftermath.night_option not in OVERRIDES:
        return 0.0
    pull = p.transition_guarantees * world.conduct.guarantees + signal.outrage - 0.5
    return float(p.transition_rate * np.exp(pull))


def cause_of_early_fall(protest: float, p: Parameters) -> str:
    """Return why the command left before a contest. protest: events a day, of the week before."""
    raised = p.command.protest_slope * min(protest / p.command.protest_unit, p.command.protest_most)
    return "protest" if raised > NAMED_FROM else "loyalty"


def cause_of_fall(ahead: Ahead, day: float) -> str:
    """Return what raised the command's rate most when it left, "loyalty" where nothing raised it by
    a twentieth.
    """
    piece = min(int(np.searchsorted(ahead.ends, day, side="right")) - 1, ahead.q30.size - 1)
    top = max(ahead.causes, key=lambda cause: float(ahead.causes[cause][piece]))
    return top if ahead.causes[top][piece] > NAMED_FROM else "loyalty"
