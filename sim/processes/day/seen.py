"""What can be seen of an election as it stands: by the authority, by those who hold copies, by
observers and estimators.

Functions of the standing and a moment. Each takes the memo of its replicate, in which parts are
kept until what they are made of changes.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.estimators.register import all_findings
from sim.models.chain.evidence import (
    announced_rows,
    as_before,
    assemble,
    collected_sheets,
    copies_expected_share,
    copies_scanned_share,
    frame_of,
    published,
)
from sim.models.chain.running_lead import RunningLead
from sim.processes.day.memo import Memo
from sim.processes.day.orders import acting, of_the_night
from sim.processes.day.standing import Setting, Standing
from sim.records.seen.evidence import Evidence, Frame, Sheets
from sim.records.seen.finding import Finding
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Bulletin, Claim, last_of_nation
from sim.records.vote.contest import Contest
from sim.records.vote.count import Count


def received_lead(standing: Standing, day: float, contest: Contest, memo: Memo) -> float | None:
    """Return the strongest rival's lead over the incumbent on the sheets that the authority has
    received by a house day, None when it has none.
    """
    chain = standing.day.chain
    made_of = chain.transmitted_minute, chain.sheet
    rows = contest.rivals, (contest.incumbent,)
    running = memo.kept("received", made_of, lambda: RunningLead(*made_of, *rows))
    return running.at(chain.hours.minute_of(day))


def copies_lead(
    standing: Standing, day: float, contest: Contest, memo: Memo, *, own: bool = False
) -> float | None:
    """Return the strongest rival's lead over the incumbent on the copies held by a house day,
    scanned or not, None when there are none. own: the challenger's lead over every large one.
    """
    chain = standing.day.chain
    mine: tuple[int, ...] = contest.rivals
    others: tuple[int, ...] = (contest.incumbent,)
    if own:
        mine, others = (contest.challenger,), (contest.incumbent, *contest.further)

    def running() -> RunningLead:
        at = np.where(chain.copy_held, chain.printed_minute, np.float32(np.inf))
        return RunningLead(at, chain.copies, mine, others)

    key = "held own" if own else "held"
    return memo.kept(key, (chain.copy_held,), running).at(chain.hours.minute_of(day))


def scanned_share(standing: Standing, day: float) -> float:
    """Return copies digitised by a house day over tables."""
    return copies_scanned_share(standing.day.chain, standing.day.chain.hours.minute_of(day))


def expected_share(standing: Standing) -> float:
    """Return copies held, scanned or not, over tables."""
    return copies_expected_share(standing.day.chain)


def reports_in(standing: Standing, day: float) -> int:
    """Return how many sampled tables have reported to the quick count by a house day."""
    return int(
        np.count_nonzero(standing.day.quick_count.hours <= standing.day.chain.hours.hour_of(day))
    )


def claim(standing: Standing, day: float, given: Setting, memo: Memo) -> Claim:
    """Return what has been announced by a house day; rows once tables are out."""
    out = tuple(b for b in standing.bulletins if b.day <= day + 1e-9)
    last = last_of_nation(out)
    if last is None or standing.tables_day is None or standing.tables_day > day:
        return Claim(out, None if last is None else standing.winner, None, None)
    made_of = last, standing.day.chain
    return memo.kept("claim", made_of, lambda: _with_rows(standing, out, last.day, given, memo))


def _with_rows(
    standing: Standing, out: tuple[Bulletin, ...], last: float, given: Setting, memo: Memo
) -> Claim:
    chain = standing.day.chain
    phantom = np.ones(chain.phantom_registered.size, dtype=bool)
    rows = np.flatnonzero(
        np.append(chain.transmitted_minute <= chain.hours.minute_of(last), phantom)
    )
    tabulated = _published_rows(standing, given, memo)
    count = Count(np.take(tabulated.votes, rows, axis=1), tabulated.invalid.take(rows))
    return Claim(out, standing.winner, count, rows.astype(np.int32))


def _published_rows(standing: Standing, given: Setting, memo: Memo) -> Count:
    """Return the rows as published. Those that follow totals announced without rows are made to
    agree with the totals.
    """
    chain, known = standing.day.chain, standing.day.known
    if standing.option != "totals_only":
        return chain.tabulated

    def made_to_agree() -> Count:
        lead, rules = standing.announced_lead, given.p.night
        planned = given.p.manipulations
        order = of_the_night(planned, "altered_tables", lead, rules, given.streams)
        return acting(order, given.streams)("tabulation", chain, known)[0].tabulated

    return memo.kept("late rows", (chain.tabulated,), made_to_agree)


def evidence(standing: Standing, day: float, given: Setting, memo: Memo) -> Evidence:
    """Return all that can be seen by a house day."""
    held, chain = standing.day, standing.day.chain
    said, hour = claim(standing, day, given, memo), chain.hours.hour_of(day)
    seen = assemble(
        chain,
        _frame(chain, given, memo),
        given.contest,
        said,
        held.quick_count,
        held.reports,
        held.boxes,
        hour,
        sheets=_sheets(chain, chain.hours.open_minutes + 60 * hour, memo),
        rows=memo.kept("rows", (said,), lambda: announced_rows(said, chain)),
    )
    return replace(
        seen,
        candidates=standing.names,
        incumbent=given.contest.incumbent,
        challenger=given.contest.challenger,
    )


def _frame(chain: Chain, given: Setting, memo: Memo) -> Frame:
    listed = frame_of(given.register, given.p.quick_count)
    return memo.kept("frame", (chain.registered,), lambda: published(listed, chain))


def _sheets(chain: Chain, minute: float, memo: Memo) -> Sheets:
    """Return the copies scanned by then: those of the last time where none has come since."""
    scanned = int(np.count_nonzero(chain.scanned_minute <= minute))
    made_of = chain.copies, chain.scanned_minute
    return memo.kept("sheets", made_of, lambda: collected_sheets(chain, minute), scanned)


def findings(standing: Standing, day: float, given: Setting, memo: Memo) -> tuple[Finding, ...]:
    """Return what the estimators in use infer from the evidence of the last of their hours before a
    house day.

    They are asked at stated hours, so that whoever asks between two of them reads the same
    statement.
    """
    hours, settings = standing.day.chain.hours, given.p.monitoring
    hour = hours.hour_of(day)
    asked = max((h for h in settings.finding_hours if h <= hour + 1e-9), default=None)
    if asked is None:
        return ()
    if asked not in memo.findings:
        now = evidence(standing, hours.day_of(60 * asked + hours.open_minutes), given, memo)
        now = now if memo.asked is None else as_before(now, memo.asked[0])
        memo.findings[asked] = all_findings(
            now, settings, given.streams, memo.asked, given.estimators
        )
        memo.asked = now, memo.findings[asked]
    return memo.findings[asked]
