"""Between two rounds: a first one that elects nobody calls a second, and everybody learns from it.

The second is a polling day and a night like the first; what is tied to the vote counts from it.
"""

from __future__ import annotations

import math

from sim.models.electorate.second_round import runoff, shares_of_second
from sim.models.numbers.kalman import lead_mean, lead_sd
from sim.processes.columns import Announcement
from sim.processes.day.rounds import SECOND
from sim.processes.world import World, record
from sim.records.events import BeliefUpdated, SecondRoundCalled
from sim.records.vote.clock import second_round_day
from sim.records.vote.contest import first_two, winner_of

LEAST_DOUBT = 0.01
LEAD_A_LOGIT = 0.5
"""A lead between equals moves by half of what the logit of their shares moves."""


def of_round(world: World, stream: str) -> str:
    """Return the name of a stream of election night in the round that is played."""
    return stream if world.conduct.round == 1 else SECOND + stream


def called(world: World, first: Announcement) -> bool:
    """Call a second round where the first elects nobody; return whether."""
    two = finalists(world, first)
    if two is None:
        return False
    day = second_round_day(world.p.vote, world.conduct.poll_day, world.env.now)
    record(world, event_of(world, first, two, day))
    learn(world, first.totals, two, day)
    world.electorate.call_second_round(two)
    conduct = world.conduct
    conduct.round, conduct.poll_day, conduct.held, conduct.stop_minute = 2, day, False, None
    world.aftermath.night_option = None
    world.electorate.start(world)
    return True


def finalists(world: World, first: Announcement) -> tuple[int, int] | None:
    """Return the rows of the two who meet again, None where somebody is elected or nobody can be
    told to be second.
    """
    vote = world.p.vote
    if vote.rule != "majority" or world.conduct.round > 1:
        return None
    elected = winner_of(first.totals, vote.share_needed)
    return None if elected is not None else first_two(first.totals)


def event_of(
    world: World, first: Announcement, two: tuple[int, int], day: float
) -> SecondRoundCalled:
    """Return the note of a second round; its two are told by their votes."""
    standing, valid = world.electorate.standing, sum(first.totals)
    names = world.contest.keys if standing is None else standing.names
    number = 1 if standing is None else len(standing.bulletins)
    a, b = sorted(two, key=lambda row: -first.totals[row])
    return SecondRoundCalled(
        world.env.now,
        names[a],
        names[b],
        first.totals[a] / valid,
        first.totals[b] / valid,
        first.share_counted,
        day,
        number,
        first.totals,
    )


def learn(world: World, totals: tuple[int, ...], two: tuple[int, int], day: float) -> None:
    """Let everybody believe of the second round what the first shows: its mean is that of the usual
    transfer, its doubt grows with the votes that have to move and with the days until then.
    """
    rules, support = world.p.vote.transfer, world.p.support
    run, valid = runoff(world.contest, two, rules), sum(totals)
    shares = [votes / valid for votes in totals]
    lead = 1 - 2 * float(shares_of_second(run, shares)[1])
    moving = LEAST_DOUBT + rules.doubt * (1 - shares[two[0]] - shares[two[1]])
    sd = math.hypot(moving, LEAD_A_LOGIT * support.walk_sd * math.sqrt(day - world.env.now))
    for key, belief in world.beliefs.items():
        belief.mean[0] = lead
        belief.cov[0, :] = belief.cov[:, 0] = 0.0
        belief.cov[0, 0] = sd**2
        record(world, BeliefUpdated(world.env.now, key, lead_mean(belief), lead_sd(belief)))
