"""When the polls of a case are open: what turns open time into house days and hours after closing.

Open time is minutes with open polls, counted from the first opening; the nights between several
days of voting are cut out. After the last close it goes on as the clock does.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PollingHours:
    """The legal hours of the vote.

    poll_day: house day of the first day of the vote, other than 0 when it was postponed.
    opening_minute, closing_minute: after midnight. days: each day of the vote, counted from the
    first. All other minutes of the vote are open time.
    """

    poll_day: float = 0.0
    opening_minute: float = 360.0
    closing_minute: float = 1080.0
    days: tuple[int, ...] = (0,)

    @property
    def minutes_a_day(self) -> float:
        """Return for how long the polls are open on each day."""
        return self.closing_minute - self.opening_minute

    @property
    def open_minutes(self) -> float:
        """Return the last legal closing as open time."""
        return self.minutes_a_day * len(self.days)

    @property
    def opening(self) -> float:
        """Return the house day of the first opening."""
        return self.day_of(0.0)

    @property
    def close(self) -> float:
        """Return the house day of the last legal close."""
        return self.day_of(self.open_minutes)

    def day_of(self, minute: float) -> float:
        """Return the house day of an open time; a close, where a day ends and another follows,
        counts as the next opening.
        """
        k = min(max(int(minute // self.minutes_a_day), 0), len(self.days) - 1)
        into = minute - k * self.minutes_a_day
        return self.poll_day + self.days[k] + (into + self.opening_minute) / 1440

    def minute_of(self, day: float) -> float:
        """Return the open time of a house day; a night between two days of voting counts as the
        close before it.
        """
        since = day - self.poll_day
        k = max(
            (n for n, d in enumerate(self.days) if since >= d + self.opening_minute / 1440),
            default=0,
        )
        minute = (since - self.days[k]) * 1440 - self.opening_minute
        if k < len(self.days) - 1:
            minute = min(minute, self.minutes_a_day)
        return k * self.minutes_a_day + minute

    def hour_of(self, day: float) -> float:
        """Return hours after the last legal closing of a house day."""
        return (self.minute_of(day) - self.open_minutes) / 60
