"""Section `quick_count`: the sample, the observers, and when their reports come in."""

from __future__ import annotations

from typing import Literal

from sim.records.parameters.base import Section, choice, quantity, share


class QuickCountParameters(Section):
    """Design and field work of the quick count.

    The delay's shape is that of a national quick count of 7,787 tables (reports per hour 27, 807,
    1,916, 1,801, 1,234, 522): lognormal, median 3.33 h, sigma .433, ceiling .887 where paper is
    counted.
    """

    n: int = quantity(
        1500,
        unit="tables",
        low=300,
        high=4000,
        ge=2,
        le=100000,
        note="tables drawn into the sample",
    )
    strata: int = quantity(
        8, unit="strata", low=1, high=16, ge=1, le=64, note="quantile classes of past support"
    )
    by_zone: bool = choice(False, note="strata crossed with zones")
    design: Literal["stratified", "two_stage"] = choice(
        "stratified", note="two_stage: centres first, one table in each"
    )
    allocation: Literal["proportional", "neyman"] = choice(
        "proportional", note="neyman: by size times spread of past support"
    )
    observer_level: float = share(
        0.90, low=0.5, high=0.98, note="sampled tables with an observer inside who gets the numbers"
    )
    observer_selectivity: float = quantity(
        1.0, unit="1", low=0, high=4, ge=-20, le=20, note="as witnesses: per unit share"
    )
    observer_size_slope: float = quantity(
        0.2, unit="1", low=0, high=0.5, ge=-5, le=5, note="as witnesses: per log register"
    )
    delay_hours: float = quantity(
        1.5, unit="hours", low=0.7, high=3.5, gt=0, le=48, note="median from print to report"
    )
    delay_sigma: float = quantity(
        0.433,
        unit="1",
        low=0.3,
        high=0.6,
        ge=0,
        le=3,
        source="INEQuickCount",
        note="spread of an observer's delay in reporting, sigma of its lognormal law",
    )
    no_report: float = share(0.10, low=0.05, high=0.35, note="observers who never report")
    delay_size_slope: float = quantity(
        0.15, unit="1", low=0, high=0.4, ge=-3, le=3, note="log median per -ln register of centre"
    )
    delay_support_slope: float = quantity(
        0.3, unit="1", low=-0.6, high=0.6, ge=-5, le=5, note="log median per incumbent's share"
    )
