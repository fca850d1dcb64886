"""One situation of election night, for the slow twin and the tests that compare it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """What the night depends on, what the public thinks, and who observes."""

    lead: float
    copies: float
    loyalty: float
    guarantees: float
    price: float
    opinion: float = 0.85
    opinion_lead: float = 0.15
    days: int = 166
    credibility: tuple[float, ...] = (0.8, 0.4, 0.4)
    reach: tuple[float, ...] = (0.15, 0.10, 0.30)


ROWS = tuple(
    Case(lead, copies, loyalty, guarantees, 0.6106 * relief)
    for lead, copies, loyalty, guarantees, relief in (
        (0.20, 0.45, 0.77, 0.14, 0.27),
        (0.20, 0.10, 0.77, 0.14, 0.27),
        (0.20, 0.90, 0.77, 0.14, 0.27),
        (0.30, 0.45, 0.77, 0.14, 0.27),
        (0.20, 0.45, 0.60, 0.14, 0.27),
        (0.30, 0.90, 0.55, 0.14, 0.27),
        (0.30, 0.90, 0.55, 0.50, 0.27),
        (0.20, 0.45, 0.77, 0.14, 0.52),
    )
)
"""The eight worked situations of the specification."""
