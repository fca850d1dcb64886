"""The legal campaign: it opens on its day and closes a fixed time before the polls, wherever these
have been moved to.
"""

from __future__ import annotations

from sim.processes.dated import Steps, until
from sim.processes.world import World, record
from sim.records.events import CampaignClosed, CampaignOpened


def start(world: World) -> None:
    """Wait for both days; what lies before the scenario's start is not told again."""
    world.env.process(_campaign(world))


def _campaign(world: World) -> Steps:
    opens, before_polls = world.p.calendar.campaign_start_day, world.p.calendar.campaign_end_day
    if world.conduct.poll_day + before_polls < world.env.now:
        return
    if opens >= world.env.now:
        yield until(world, opens)
        record(world, CampaignOpened(world.env.now))
    while (
        world.env.now < world.conduct.poll_day + before_polls
    ):  # a postponed election has a longer campaign
        yield until(world, world.conduct.poll_day + before_polls)
    record(world, CampaignClosed(world.env.now))
