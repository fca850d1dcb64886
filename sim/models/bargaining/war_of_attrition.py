"""War of attrition with complete information, mixed equilibrium: each side's leaving makes the
*other* indifferent.

Player i leaves at the constant hazard c_j / v_j, so the length is exponential and the one who
values the prize more, or waits more cheaply, is the one who leaves first more often. The paradox is
the equilibrium's, not a slip; it is why the model is kept for studies and settles no round.
"""

from __future__ import annotations

from sim.models.bargaining.base import DivisionModel, Player


def hazards(a: Player, b: Player) -> tuple[float, float]:
    """Return (h_A, h_B), the rates per unit of time at which A and B leave: c_B / v_B and c_A /
    v_A.
    """
    return b.cost / b.prize, a.cost / a.prize


def mean_length(a: Player, b: Player) -> float:
    """Return the mean time until somebody leaves, 1 / (h_A + h_B)."""
    return 1.0 / sum(hazards(a, b))


def shares(players: tuple[Player, ...]) -> tuple[float, ...]:
    """Return each side's chance to stay longest, P(B leaves first) = h_B / (h_A + h_B) for A.

    Raises:
        ValueError: not two players.
    """
    a, b = players
    leaves_a, leaves_b = hazards(a, b)
    total = leaves_a + leaves_b
    return leaves_b / total, leaves_a / total


MODEL = DivisionModel(
    "war_of_attrition",
    shares,
    frozenset({"exhausts_prize", "nonnegative", "anonymity", "unit_invariance"}),
    "who stays longest when waiting costs both",
)
