"""How often each test of rows raises an alarm where nothing was done, measured; a test above its
level gives no verdict.

elections: honest national elections of `venezuela-2024` (about 29,000 rows, region, size and past
share known), alarms at 1 %. files: real results taken to be honest that hold what the test needs;
file_alarms: how many of them raise an alarm at 1 % (Venezuela's published sheets of 2024,
Guanajuato 2012, Albania 2013).
"""

from __future__ import annotations

from dataclasses import dataclass

ALPHA = 0.01
WITHIN = 2.0  # standard errors above alpha at which a rate still passes for alpha


@dataclass(frozen=True, slots=True)
class Level:
    """elections, alarms; files, file_alarms: see above."""

    elections: int
    alarms: int
    files: int
    file_alarms: int

    @property
    def held(self) -> bool:
        """Return whether the alarms are at most alpha within Monte Carlo error, and no real file
        raises one.
        """
        mean = self.elections * ALPHA
        return self.file_alarms == 0 and self.alarms <= mean + WITHIN * (mean * (1 - ALPHA)) ** 0.5


LEVELS: dict[str, Level] = {
    "integer_percentages": Level(200, 1, 3, 0),
    "last_digit": Level(200, 0, 3, 0),
    "second_digit": Level(200, 3, 1, 0),
    "zero_five_endings": Level(200, 2, 3, 0),
    "share_moments": Level(40, 1, 3, 3),
    "turnout_share_slope": Level(200, 0, 2, 0),
    "centre_hypergeometric": Level(200, 0, 2, 0),
    "history_residuals": Level(200, 0, 1, 0),
    "fingerprint_fit": Level(40, 0, 3, 1),
}


def why_no_verdict(key: str) -> str:
    """Return why a test gives no verdict, with its false alarms; "" where it does."""
    level = LEVELS.get(key)
    if level is None or level.held:
        return ""
    of_files = f"{level.file_alarms} of {level.files} real results taken to be honest"
    of_elections = (
        f"{level.alarms} of {level.elections:,} simulated honest elections "
        f"({100 * level.alarms / level.elections:.1f} %)"
    )
    return (
        f"the same test raises an alarm in {of_files} and in {of_elections}, where "
        f"{100 * ALPHA:g} % was meant"
    )
