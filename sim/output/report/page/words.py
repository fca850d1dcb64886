"""Numbers in words, rounded to what they carry."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

FEW, COUNTED = 20, 100
"""Below FEW replicates no share is stated; below COUNTED counts stand in place of percent."""
MINUS = "\u2212"
TOO_FEW = "too few to state a share"


@dataclass(frozen=True, slots=True)
class Chance:
    """How often something happens: `k` of `n` replicates, with the 90 % Monte Carlo interval."""

    k: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """Return the share of the replicates."""
        return self.k / self.n

    def value(self) -> str:
        """Return the figure alone: percent, or a count where the replicates are few."""
        if self.n < COUNTED or self.k == 0:
            return f"{self.k} of {self.n}"
        return percent(self.share)

    def span(self) -> str:
        """Return the interval, "" where the replicates are too few."""
        return "" if self.n < FEW else span(self.low, self.high)

    def words(self) -> str:
        """Return figure and interval: "81% (77 to 84%)"."""
        return f"{self.value()} ({self.span()})" if self.span() else self.value()


def chance(k: int, n: int) -> Chance:
    """Return the chance with its Wilson interval."""
    from sim.studies.summary import proportion

    _, low, high, _ = proportion(k, n)
    return Chance(k, n, low, high)


def chance_in(happened: Sequence[bool], sets: Sequence[int | None] = ()) -> Chance:
    """Return the chance of what happened in some replicates, with the interval that the table of
    outcomes gives it: replicates of one set of assumptions are not independent.
    """
    import numpy as np

    from sim.studies.summary import chance_of

    ones = np.array(happened, dtype=np.float64)
    known = len(sets) == len(ones) and None not in sets
    found = chance_of(ones, np.array(sets, dtype=np.int64) if known else None)
    return Chance(int(ones.sum()), len(ones), found.low, found.high)


def percent(share: float) -> str:
    """Return a share as whole percent; what is neither none nor all never reads 0 or 100."""
    return _whole(share) + "%"


def _whole(share: float) -> str:
    if 0 < share < 0.01:
        return "<1"
    return ">99" if 0.99 < share < 1 else f"{100 * share:.0f}"


def span(low: float, high: float) -> str:
    """Return two shares as "77 to 84%"."""
    return f"{_whole(low)} to {_whole(high)}%"


def signed(value: float, decimals: int = 0) -> str:
    """Return a number with its sign; zero has none."""
    text = f"{abs(value):,.{decimals}f}"
    if not any(digit in "123456789" for digit in text):
        return text
    return (MINUS if value < 0 else "+") + text


def date(day: dt.date) -> str:
    """Return a date as "10 January 2025", in English whatever the machine's language."""
    months = "January February March April May June July August September October November December"
    return f"{day.day} {months.split()[day.month - 1]} {day.year}"


def capital(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def replicates(n: int) -> str:
    """Return "1 replicate" or "400 replicates"."""
    return "1 replicate" if n == 1 else f"{n:,} replicates"


def listed(texts: list[str]) -> str:
    """Return "a, b and c"."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}"


def cut(text: str, most: int) -> str:
    """Return a text of at most so many characters, cut at a word."""
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0].rstrip(",;") + "…"
