"""Unity of a coalition: what it does to the share of supporters who follow to somebody else.

The slope is this project's; that a divided opposition coordinates less is Magaloni 2010.
"""

from __future__ import annotations

UNITED = 0.8
LEAST_KEPT = 1e-6


def bounded(unity: float) -> float:
    """Return a unity within 0 and 1."""
    return min(max(unity, 0.0), 1.0)


def following_share(share: float, unity: float, slope: float) -> float:
    """Return the share of supporters who follow, given that `share` of them do at a unity of .8;
    never nobody, since shares are moved on the logit.
    """
    return min(max(share + slope * (unity - UNITED), LEAST_KEPT), 1.0)
