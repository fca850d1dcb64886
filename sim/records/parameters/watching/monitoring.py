"""What the estimators of an observer use: levels, caps, allowances, and which of them a run
asks.
"""

from __future__ import annotations

from typing import Literal

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.watching.forensics import Forensics


class Monitoring(Section):
    """Thresholds of the estimators.

    alpha bounds false alarms of a verdict; level is the coverage of printed intervals.
    """

    estimators: tuple[str, ...] = choice(
        (
            "quick_count_ratio",
            "collected_coverage",
            "missing_tables_bounds",
            "copy_discrepancy",
            "totals_impossibility",
            "rounded_percentages",
            "observer_incidents",
            "box_check",
        ),
        note="keys of the estimators that a run asks, in this order",
    )
    finding_hours: tuple[float, ...] = choice(
        (6.0, 24.0, 72.0), note="hours after closing at which a run asks the estimators, rising"
    )
    alpha: float = quantity(
        0.01,
        unit="probability",
        low=0.001,
        high=0.1,
        gt=0,
        lt=0.5,
        note="false alarms of one verdict",
    )
    level: float = quantity(
        0.95,
        unit="probability",
        low=0.9,
        high=0.99,
        gt=0.5,
        lt=1,
        note="coverage of printed intervals",
    )
    large_share: float = share(
        0.05,
        low=0.02,
        high=0.15,
        note="candidates below it are not compared: too few votes a table",
    )
    min_sample_tables: int = quantity(
        30, unit="tables", low=20, high=100, ge=2, note="fewer returns give no interval"
    )
    min_stratum_tables: int = quantity(
        2,
        unit="tables",
        low=2,
        high=5,
        ge=2,
        source="Cochran1977",
        note="a thinner stratum shares another one's spread",
    )
    loss_contrast_share: float = share(
        0.10,
        low=0.0,
        high=0.3,
        note="how far shares at missing tables may differ from those at hand, before a verdict",
    )
    decisive_contrast_share: float = share(
        0.50,
        low=0.2,
        high=1.0,
        note="a call stands if missing tables would have to differ in lead by more than this",
    )
    posterior_draws: int = quantity(
        2000, unit="1", low=500, high=10000, ge=200, note="draws of the Bayesian quick count"
    )
    series_step_hours: float = quantity(
        0.5,
        unit="hours",
        low=0.25,
        high=2.0,
        gt=0,
        note="step of the quick count's series over the evening",
    )
    cap_turnout_share: float = share(
        0.80, low=0.6, high=1.0, note="turnout of the cap 'register at a stated turnout'"
    )
    deciding_cap: Literal["mean", "turnout", "register", "largest"] = choice(
        "register", note="cap on votes of a missing table under which the verdict is given"
    )
    counted_rounding_share: float = share(
        0.005, low=0.0, high=0.01, note="half a unit of the printed share of tables counted"
    )
    share_grids: tuple[float, ...] = choice(
        (0.001,), note="units to which shares may have been rounded before the totals"
    )
    copy_error_share: float = share(
        0.005, low=0.0005, high=0.02, note="tables whose copy differs by a slip of the pen"
    )
    incident_background_share: float = share(
        0.004,
        low=0.001,
        high=0.02,
        note="reports of one category per observed table in an orderly election",
    )
    box_error_share: float = share(
        0.001, low=0.0, high=0.01, note="boxes that differ from the machine by a slip of counting"
    )
    forensics: Forensics = Forensics()
