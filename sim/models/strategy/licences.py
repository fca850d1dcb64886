"""What sanctions licences are worth to the government that they serve, and what a promised level of
relief delivers.
"""

from __future__ import annotations

from collections.abc import Iterable

COUNTED = ("in_force", "winding_down")


def value_in_force(licences: Iterable[tuple[str, float]]) -> float:
    """Return the million USD a month of all (status, value): a licence counts in full until it has
    ended (assumption).
    """
    return sum(value for status, value in licences if status in COUNTED)


def relief_share(value: float, reference_value: float) -> float:
    """Return the value in force over the reference value, both in million USD a month."""
    return value / reference_value


def delivered_part(level: float, from_level: float, full_level: float) -> float:
    """Return which part of a full concession a level on 0..100 is: 0 at `from_level` and below, 1
    at `full_level` and above.
    """
    return min(1.0, max(0.0, (level - from_level) / (full_level - from_level)))
