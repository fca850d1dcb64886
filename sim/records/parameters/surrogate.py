"""Parameters of the surrogate electorate, with which the strategic layer runs alone."""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share


class Surrogate(Section):
    """One normal prior for the latent lead and one number for witnesses' copies."""

    lead_mean: float = quantity(
        unit="share",
        low=-0.3,
        high=0.3,
        ge=-1,
        le=1,
        note="prior at the as-of, challenger minus incumbent",
    )
    lead_sd: float = quantity(
        unit="share",
        low=0.10,
        high=0.20,
        ge=0,
        le=1,
        note="spread of the lead as cast (strategic layer alone)",
    )
    drift_sd: float = quantity(
        0.02, unit="share", low=0, high=0.05, ge=0, note="one step between the as-of and the day"
    )
    bias_centres: dict[str, float] = choice({}, note="centre of each poll family's bias")
    copies_mean: float = share(
        low=0.4, high=0.9, note="witness capacity: copies held where nothing hinders"
    )
    copies_sd: float = quantity(
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
        note="size of the surrogate's one table at reference turnout",
    )
