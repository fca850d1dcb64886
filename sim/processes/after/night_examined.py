"""The examiner's look at an override: how likely it was believed to survive, and how likely it was
with what was true of the command and the copies. On the truth side: no actor reads it.
"""

from __future__ import annotations

from dataclasses import replace

from sim.actors.election_night import night_inputs
from sim.models.strategy.night.night_inputs import OVERRIDES, join
from sim.models.strategy.night.night_value import night_value
from sim.processes.world import World, record
from sim.records.decisions.view import NightView
from sim.records.events import SurvivalExamined


def examine(world: World, view: NightView, option: str) -> None:
    """Note how likely an override of a lost count was to survive, as believed and with the true
    types.
    """
    lead = view.lead_mean if view.internal_lead is None else view.internal_lead
    if lead <= 0:
        return
    held = world.electorate.copies_expected_share()
    true = replace(view, loyalty_seen=world.conduct.loyalty, copies_seen=held)
    both = join(night_inputs(view, lead), night_inputs(true, lead))
    survival = night_value(both, world.p).survival[:, OVERRIDES.index(option)]
    now, believed, examined = world.env.now, float(survival[0]), float(survival[1])
    record(world, SurvivalExamined(now, option, believed, examined))
