"""When the polls of a case are open: what turns minutes of the polling day into house days and
hours after closing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PollingHours:
    """The legal hours of the polling day.

    poll_day: house day of the vote, other than 0 when it was postponed. opening_minute,
    closing_minute: after midnight. All other minutes of the polling day count from the opening.
    """

    poll_day: float = 0.0
    opening_minute: float = 360.0
    closing_minute: float = 1080.0

    @property
    def open_minutes(self) -> float:
        """Return the legal closing in minutes after the opening."""
        return self.closing_minute - self.opening_minute

    def day_of(self, minute: float) -> float:
        """Return the house day of a minute after opening."""
        return self.poll_day + (minute + self.opening_minute) / 1440

    def minute_of(self, day: float) -> float:
        """Return the minute after opening of a house day."""
        return (day - self.poll_day) * 1440 - self.opening_minute

    def hour_of(self, day: float) -> float:
        """Return hours after the legal closing of a house day."""
        return (self.minute_of(day) - self.open_minutes) / 60
