"""The legal campaign: it opens and closes on its days, wherever these move with the vote."""

from __future__ import annotations

from sim.processes.dated import Steps, until_moment
from sim.processes.moments import deadline, due
from sim.processes.world import World, record
from sim.records.events import CampaignClosed, CampaignOpened
from sim.records.vote.clock import last_moment


def start(world: World) -> None:
    """Wait for both days; what lies before the scenario's start is not told again."""
    world.env.process(_campaign(world))


def _campaign(world: World) -> Steps:
    calendar = world.p.calendar
    if deadline(world, calendar.campaign_end) < world.env.now:
        return
    if due(world, calendar.campaign_start) >= world.env.now:
        yield from until_moment(world, calendar.campaign_start)
        record(world, CampaignOpened(world.env.now))
    yield from until_moment(world, last_moment(calendar.campaign_end))
    record(world, CampaignClosed(world.env.now))
