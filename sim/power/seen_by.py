"""Which methods find which manipulation: measured, from the kept table of the power study.

A method is named where it finds the manipulation, at some intensity and under the usual loss of
evidence, more often than it cries wolf (95 % intervals apart). tests/unit/pages/test_power_pages.py
compares this with docs/power_table.csv.
"""

from __future__ import annotations

QUICK_COUNTS = ("quick_count_ratio", "quick_count_cluster", "quick_count_normal_no_pooling")
INSIDE = ("observer_incidents", "box_check", "centre_hypergeometric")

SEEN_BY: dict[str, tuple[str, ...]] = {
    "ballot_stuffing": (*INSIDE, "turnout_share_slope", "second_digit"),
    "eforensics": (*INSIDE, "turnout_share_slope", "history_residuals"),
    "fabricated_totals": (
        *QUICK_COUNTS,
        "rounded_percentages",
        "totals_impossibility",
        "batch_polling_alpha",
        "loss_sensitivity",
    ),
    "forged_copies": ("copy_discrepancy",),
    "phantom_tables": QUICK_COUNTS,
    "register_padding": (),
    "sheet_alteration": (
        "copy_discrepancy",
        "observer_incidents",
        "centre_hypergeometric",
        *QUICK_COUNTS,
        "totals_impossibility",
    ),
    "sheet_refusal": (),
    "slow_service": ("second_digit",),
    "tabulation_override": (
        "copy_discrepancy",
        *QUICK_COUNTS,
        "totals_impossibility",
        "batch_polling_alpha",
        "loss_sensitivity",
    ),
    "transmission_stop": (),
    "vote_switching": INSIDE,
    "witness_expulsion": (),
}


def sees(estimator: str) -> tuple[str, ...]:
    """Return the manipulations that a method finds."""
    return tuple(done for done, methods in SEEN_BY.items() if estimator in methods)
