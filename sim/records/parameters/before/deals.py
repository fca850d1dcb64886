"""What a package is worth to both sides, and what makes a promise be kept."""

from __future__ import annotations

from typing import Literal

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import log_uniform, uniform


class Deals(Section):
    """The worth of packages (Fearon1995, Powell2006: what an item does to power decides whether it
    is agreed and kept).
    """

    stakes: Literal["game", "space"] = choice(
        "game",
        note="game: packages are valued by what they do to election night; space: by positions on "
        "the issue space",
    )
    signed_at: str = choice("", note="track of an agreement that is signed as the clock starts")
    signed: dict[str, float] = choice(
        {}, note="what that agreement promises: level by issue, as the issue writes its levels"
    )
    relief_worth: float = share(
        0.4,
        low=0.2,
        high=0.6,
        drawn=uniform(0.2, 0.6),
        note="rho: what all relief is worth against keeping the office",
    )
    min_gain: float = quantity(
        0.005,
        unit="office",
        low=0.0017,
        high=0.0147,
        ge=0,
        drawn=log_uniform(0.0017, 0.0147059),
        note="least perceived surplus that is signed",
    )
    slope: float = quantity(
        40.0,
        unit="1",
        low=20,
        high=80,
        ge=0,
        drawn=log_uniform(20.0, 80.0),
        note="how nearly the better of keeping and breaking a promise is always done",
    )
