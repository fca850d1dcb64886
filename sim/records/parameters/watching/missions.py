"""Parameters of observation missions: which come, what they may read, when they speak."""

from __future__ import annotations

from typing import Literal

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import uniform


class Mission(Section):
    """One mission. `presence` "broad": it comes only under broad observation."""

    presence: Literal["present", "broad", "absent"] = choice(
        "absent",
        note="whether the mission is there, comes only under broad observation, or is absent",
    )
    invited: bool = choice(
        True, note="whether it needs an invitation: one that is withdrawn sends it away"
    )
    estimators: tuple[str, ...] = choice(
        (), note="estimators whose evidence is open to this mission"
    )
    median_days: float = quantity(
        unit="days", low=0.5, high=20, gt=0, note="from the announcement to the statement"
    )
    sigma: float = quantity(0.4, unit="1", low=0, high=1, ge=0, note="of the lognormal delay")
    credibility: float = quantity(
        0.4,
        unit="1",
        low=0.1,
        high=1.5,
        ge=0,
        spread=uniform(0.4, 1.6),
        note="weight of its statement with the public",
    )
    reach: float = share(
        0.10, low=0.02, high=0.6, spread=uniform(0.6, 1.4), note="how much of the country it sees"
    )
    negative: float = share(
        0.775,
        low=0.6,
        high=0.95,
        drawn=uniform(0.6, 0.95),
        note="its own half of the chance of a negative statement where no results by table are "
        "out; the other half is common to all (observer.negative_without_tables)",
    )
    public: float = share(
        1.0, low=0.05, high=1.0, note="chance that its statement is made public at all"
    )


class Missions(Section):
    """How observers judge where no estimator is in use; the observers stand in the cast."""

    rows_limit_days: float = quantity(
        2.0, unit="days", low=1, high=4, gt=0, note="after the close; no rows by then is negative"
    )
    negative_otherwise: float = share(
        0.15,
        low=0.02,
        high=0.4,
        note="chance of a negative statement where nothing speaks for one (strategic layer alone)",
    )
