"""The call centre of a quick count: operators, the length of a call, and how callers wait and try
again.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share


class Calls(Section):
    """A finite number of lines takes the observers' reports."""

    operators: int = quantity(
        40,
        unit="operators",
        low=10,
        high=100,
        ge=1,
        le=2000,
        note="people who take calls of the quick count",
    )
    call_mean_minutes: float = quantity(
        6.0, unit="minutes", low=3, high=12, gt=0, le=120, note="mean length of a call"
    )
    call_cv: float = quantity(
        0.6, unit="1", low=0.3, high=1.0, ge=0, le=3, note="sd over mean, lognormal"
    )
    hang_up_minutes: float = quantity(
        20.0,
        unit="minutes",
        low=5,
        high=40,
        gt=0,
        le=600,
        note="minutes after which a caller hangs up and tries again later",
    )
    retry_minutes: float = quantity(
        30.0, unit="minutes", low=10, high=60, gt=0, le=600, note="from hanging up to the next call"
    )
    retries: int = quantity(
        5, unit="calls", low=2, high=10, ge=0, le=50, note="further calls after the first"
    )
    busy_load_share: float = share(
        0.90, low=0.7, high=1.0, note="below it in every half hour the stamps are used as they are"
    )
