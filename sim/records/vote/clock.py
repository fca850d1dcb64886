"""From moments to days of the clock, as far as a case's own rules go: dates, the vote, its hours.

What hangs on the ledger is in processes/moments.py.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sim.records.moments import Day, Tied
from sim.records.vote.polling_hours import PollingHours

if TYPE_CHECKING:
    from sim.records.parameters.calendar import Calendar
    from sim.records.parameters.vote.rule import Vote

LEAST_HORIZON = 35.0
"""Days after the vote as scheduled: outcomes are read up to 30 days after it."""


MARGIN_DAYS = 30.0
"""A vote that lies nearer to the horizon is not held: nothing would be seen of what follows."""


NOTICE = 3.0
"""Days that a second round is called ahead, where its date can still be moved."""
LATEST_NIGHT = 1.0
"""Days after the close by which the authority has decided what it does of an honest count."""


def day_of(date: Day, first: dt.date) -> float:
    """Return a date as a day of the clock: 0 is 00:00 of the first day for which the vote is
    scheduled.
    """
    time = date if isinstance(date, dt.datetime) else dt.datetime.combine(date, dt.time())
    passed = time.replace(tzinfo=None) - dt.datetime.combine(first, dt.time())
    return passed.total_seconds() / 86400


def hours_of(vote: Vote, poll_day: float = 0.0) -> PollingHours:
    """Return when the polls are open. poll_day: house day to which the vote was moved."""
    (opens, closes), days = vote.hours, vote.days
    numbers = (0,) if len(days) == 1 else tuple((day - days[0]).days for day in days)
    return PollingHours(poll_day, _minute(opens), _minute(closes), numbers)


def _minute(time: dt.time) -> float:
    return 60.0 * time.hour + time.minute + time.second / 60


def fixed_day(
    moment: Day | Tied | float,
    vote: Vote,
    poll_day: float = 0.0,
    anchors: Mapping[str, float] | None = None,
) -> float | None:
    """Return a moment as a day of the clock, None where its anchor is no part of the vote nor of
    `anchors`. poll_day: where the vote lies now.
    """
    if isinstance(moment, float):
        return moment
    if not isinstance(moment, Tied):
        return day_of(moment, vote.days[0])
    if anchors is not None and moment.anchor in anchors:
        return anchors[moment.anchor] + moment.days
    if moment.anchor not in ("vote", "opening", "close"):
        return None
    if moment.anchor == "vote":
        return poll_day + moment.days
    hours = hours_of(vote, poll_day)
    return (hours.opening if moment.anchor == "opening" else hours.close) + moment.days


def inauguration_day(calendar: Calendar, vote: Vote, poll_day: float = 0.0) -> float:
    """Return the day of the inauguration.

    Raises:
        ValueError: it hangs on more than the vote.
    """
    day = fixed_day(calendar.inauguration, vote, poll_day)
    if day is None:
        raise ValueError("inauguration is a date, or tied to vote, opening or close")
    return day


def horizon_day(calendar: Calendar, vote: Vote) -> float:
    """Return the day on which the clock stops; it counts from the vote as scheduled, and leaves
    room for what follows it however early the inauguration is.

    Raises:
        ValueError: it hangs on more than the vote and the inauguration.
    """
    day = fixed_day(calendar.horizon, vote, 0.0, {"inauguration": inauguration_day(calendar, vote)})
    if day is None:
        raise ValueError("horizon is a date, or tied to vote, opening, close or inauguration")
    return max(day, LEAST_HORIZON)


def tabulation_limit(calendar: Calendar, vote: Vote, poll_day: float) -> float:
    """Return the day on which tabulation has to be over.

    Raises:
        ValueError: it hangs on more than the vote.
    """
    day = fixed_day(last_moment(calendar.tabulation_limit), vote, poll_day)
    if day is None:
        raise ValueError("tabulation_limit is a date, or tied to vote, opening or close")
    return day


def second_round_day(vote: Vote, poll_day: float = 0.0, called: float = 0.0) -> float:
    """Return the first day of a second round, infinite where there is none. A date that is near or
    over when it is `called`, because the vote was moved, moves with the vote.

    Raises:
        ValueError: it hangs on more than the vote.
    """
    if vote.second_round is None:
        return math.inf
    day, scheduled = (fixed_day(vote.second_round, vote, at) for at in (poll_day, 0.0))
    if day is None or scheduled is None:
        raise ValueError("second_round is a date, or tied to vote, opening or close")
    return float(math.floor(day if day >= called + NOTICE else poll_day + scheduled))


def problems_of_second_round(calendar: Calendar, vote: Vote) -> Iterator[str]:
    """Yield what is wrong with the day of a second round."""
    try:
        day = second_round_day(vote)
    except ValueError as error:
        yield f"vote: {error}"
        return
    if day == math.inf:
        return
    closes = hours_of(vote, day).close
    counted = max(tabulation_limit(calendar, vote, 0.0), hours_of(vote).close + LATEST_NIGHT)
    if day < counted:
        yield (
            f"vote: the second round (day {day:g}) lies before the limit of tabulation, or on the "
            f"night of the first; write a day from {math.ceil(counted):g} on"
        )
    if closes >= inauguration_day(calendar, vote):
        yield f"vote: the second round (day {day:g}) does not lie before the inauguration"
    if day >= horizon_day(calendar, vote) - MARGIN_DAYS:
        yield (
            f"vote: the second round (day {day:g}) needs {MARGIN_DAYS:g} days before the horizon, "
            "in which what follows from it is played"
        )


def problems_of_calendar(calendar: Calendar, vote: Vote) -> Iterator[str]:
    """Yield what is wrong with a calendar: what must be known at the start, and what is out of
    order.
    """
    try:
        inauguration, horizon = inauguration_day(calendar, vote), horizon_day(calendar, vote)
        tabulation_limit(calendar, vote, 0.0)
    except ValueError as error:
        yield f"calendar: {error}"
        return
    if inauguration >= horizon:
        yield f"calendar: the horizon ({horizon:g}) does not lie after the inauguration"
    if inauguration <= 0:
        yield "calendar: the inauguration does not lie after the vote"
    opens, closes = (fixed_day(m, vote) for m in (calendar.campaign_start, calendar.campaign_end))
    if opens is not None and closes is not None and opens >= closes:
        yield "calendar: campaign_start must lie before campaign_end"
    yield from problems_of_second_round(calendar, vote)


def last_moment(moment: Day | Tied) -> Day | Tied:
    """Return when a deadline is over: one that is a plain date lasts to the end of its day."""
    if isinstance(moment, dt.datetime | Tied):
        return moment
    return moment + dt.timedelta(days=1)
