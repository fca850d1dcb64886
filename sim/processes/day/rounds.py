"""What a second round is held with: the contest of two, its own luck, and what still serves one of
the two.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sim.manipulations.register import MANIPULATIONS
from sim.models.chain.collection import CAPACITY
from sim.models.electorate.second_round import Runoff, runoff
from sim.models.electorate.support import National, Shifts
from sim.models.polling_day.people import People, people, people_again
from sim.processes.day.standing import Setting
from sim.records.parameters.vote.manipulations import ManipulationSection
from sim.records.vote.contest import Contest

SECOND = "round/2/"
"""What the names of all streams of a second round begin with."""
KEPT = frozenset({CAPACITY})
"""Streams that both rounds share: how well the party that collects copies is organised."""


@dataclass(frozen=True, slots=True, eq=False)
class SecondRound:
    """first, given: what the first and the second round are held with. names: under which name the
    votes of the two are counted.
    """

    first: Setting
    given: Setting
    run: Runoff
    names: tuple[str, ...]


def second_round(
    first: Setting, rows: tuple[int, int], gone: tuple[int, ...], names: tuple[str, ...]
) -> SecondRound:
    """Return what the second round of two rows of the first ballot is held with."""
    p = first.p
    run = runoff(first.contest, rows, p.vote.transfer, first.streams, gone)
    planned = still_acting(p.manipulations, first.contest, run.two.keys)
    given = replace(
        first,
        p=p.model_copy(update={"manipulations": planned}),
        contest=run.two,
        streams=first.streams.under(SECOND, KEPT),
        round=2,
    )
    return SecondRound(first, given, run, tuple(names[row] for row in rows))


def still_acting(
    planned: ManipulationSection, contest: Contest, two: tuple[str, ...]
) -> ManipulationSection:
    """Return the plan without what would serve somebody who is out."""
    keys, off = contest.keys, {}
    own = {"incumbent": keys[contest.incumbent], "challenger": keys[contest.challenger]}
    for name, part in MANIPULATIONS.items():
        terms = getattr(planned, name)
        if (terms.beneficiary or own[part.serves]) not in two:
            off[name] = terms.model_copy(update={"enabled": False})
    return planned.model_copy(update=off)


def people_of(second: SecondRound, national: National, day: float, shifts: Shifts) -> People:
    """Return who may come to the second round on a house day."""
    first, given = second.first, second.given
    about = first.register, first.contest, national, first.p, first.streams
    before = people(*about, day, shifts)
    return people_again(before, second.run, given.p, given.streams)
