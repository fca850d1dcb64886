"""What is known on election night of those who will speak afterwards, and what is known to come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stance:
    """A member abroad: its stance, its weight in the index, what it adds to its log odds."""

    stance: str
    weight: float
    gain: float = 0.0


@dataclass(frozen=True, slots=True)
class Witness:
    """An observer that is in the country: how much its statement counts, how much it sees, its
    chance of a negative statement where no results by table are out, and of being heard at all.
    """

    credibility: float
    reach: float
    negative: float = 0.775
    public: float = 1.0


@dataclass(frozen=True, slots=True)
class Anticipated:
    """What a scenario fixes without a date, so that everybody reckons with it; None: not fixed.

    statements: V of each observer, in the order of the inputs, +1 negative. withheld: whether each
    member abroad withholds, in the order of the inputs.
    """

    published: bool | None = None
    statements: tuple[float | None, ...] = ()
    withheld: tuple[bool | None, ...] = ()
    petition: bool | None = None
    certified: bool | None = None
    mobilised: bool | None = None
    protest: bool | None = None
    repressed: bool | None = None
