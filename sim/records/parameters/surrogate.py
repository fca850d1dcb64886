"""Parameters of the surrogate electorate, with which the strategic layer runs alone."""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share


class Surrogate(Section):
    """One table, and one number for witnesses' copies; the lead is that of `support`."""

    copies_mean: float = share(
        0.65, low=0.4, high=0.9, note="witness capacity: copies held where nothing hinders"
    )
    copies_sd: float = quantity(
        0.17,
        unit="share",
        low=0.05,
        high=0.25,
        ge=0,
        note="spread of the share of copies held (strategic layer alone)",
    )
    copies_low: float = share(0.05, note="capacity is clipped to this range")
    copies_high: float = share(0.98, note="capacity is clipped to this range")
    scan_days: float = quantity(
        1.0,
        unit="days",
        low=0.3,
        high=3,
        gt=0,
        note="from the close until all held copies are scanned",
    )
    valid_votes: int = quantity(
        1_000_000,
        unit="votes",
        ge=1000,
        note="size of the surrogate's one table at central turnout",
    )
