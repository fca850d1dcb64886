"""What the authority announces: functions of the election as it stands, the option of the night and
the moment.
"""

from __future__ import annotations

from dataclasses import replace

from sim.models.chain.bulletins import bulletin_at
from sim.models.chain.bulletins import due_minute as due_of
from sim.models.chain.evidence import lead
from sim.models.polling_day.day import Act
from sim.processes.columns import Announcement
from sim.processes.day.orders import acting, of_the_night
from sim.processes.day.standing import Setting, Standing
from sim.records.parameters.vote.manipulations import ManipulationSection
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Bulletin
from sim.records.vote.clock import tabulation_limit
from sim.records.vote.contest import winner_of


def first_announcement(
    standing: Standing, option: str, announced_lead: float, decided: float, given: Setting
) -> tuple[Standing, Announcement]:
    """Return bulletin 1 under the night's option, at the later of the decision and the moment at
    which it is due.

    announced_lead: what the options that do not count aim at. decided: house day of the decision.
    """
    day, planned = standing.day, given.p.manipulations
    act = _act(planned, option, announced_lead, given)
    chain, done = act("tabulation", replace(day.chain, tabulated=day.chain.sheet), day.known)
    tabulated = replace(
        standing, day=replace(day, chain=chain, done=day.done + done), option=option
    )
    minute = due_minute(day.chain, option, decided, given)
    after, said = _announced(tabulated, option, announced_lead, minute, given)
    return replace(after, announced_lead=said.lead), said


def planned_tabulation(standing: Standing, given: Setting) -> Chain:
    """Return the chain with the rows as a scenario plans them, before the night adds anything."""
    day = standing.day
    act = acting(given.p.manipulations, given.streams)
    return act("tabulation", replace(day.chain, tabulated=day.chain.sheet), day.known)[0]


def _act(planned: ManipulationSection, option: str, announced_lead: float, given: Setting) -> Act:
    order = of_the_night(planned, option, announced_lead, given.p.night, given.streams)
    return acting(order, given.streams)


def next_announcement(
    standing: Standing, day: float, given: Setting
) -> tuple[Standing, Announcement]:
    """Return a further bulletin with what has come in by a house day, under the option and with the
    lead of the first.
    """
    minute = standing.day.chain.hours.minute_of(day)
    return _announced(standing, standing.option, standing.announced_lead, minute, given)


def due_minute(chain: Chain, option: str, decided: float, given: Setting) -> float:
    """Return the minute of bulletin 1, after opening.

    A count waits for its threshold, at the latest for the limit of tabulation; other options need
    no threshold where it can no longer be reached.
    """
    hours, stage = chain.hours, given.p.vote.stages[0]
    limit = hours.minute_of(tabulation_limit(given.p.calendar, given.p.vote, hours.poll_day))
    first = due_of(chain, stage)
    if first is None:
        first = limit if option == "count" else hours.open_minutes + 60 * stage.earliest_hours
    return max(hours.minute_of(decided), min(first, limit))


def _announced(
    standing: Standing, option: str, announced_lead: float, minute: float, given: Setting
) -> tuple[Standing, Announcement]:
    day = standing.day
    honest = bulletin_at(day.chain, len(standing.bulletins) + 1, minute)
    act = _act(given.p.manipulations, option, announced_lead, given)
    chain, done = act("announcement", replace(day.chain, bulletins=(honest,)), day.known)
    bulletin = chain.bulletins[0]
    again = {
        what.key for what in done
    }  # totals are sums: what the last bulletin did replaces what an earlier one did
    kept = tuple(what for what in day.done if what.key not in again)
    won = winner_of(bulletin.totals, given.share_needed)
    after = replace(
        standing,
        day=replace(day, done=kept + done),
        bulletins=(*standing.bulletins, bulletin),
        winner=None if won is None else standing.names[won],
    )
    return after, _said(bulletin, option, given)


def _said(bulletin: Bulletin, option: str, given: Setting) -> Announcement:
    role = given.contest.role_of(winner_of(bulletin.totals, given.share_needed))
    totals = tuple(int(v) for v in bulletin.totals)
    announced = lead(bulletin.totals, given.contest) or 0.0
    by_table = option != "totals_only"
    return Announcement(bulletin.day, role, announced, bulletin.share_counted, totals, by_table)
