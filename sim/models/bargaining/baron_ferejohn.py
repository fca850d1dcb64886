"""A legislature that divides a prize under a closed rule (Baron and Ferejohn 1989): simple
majority, n odd.
"""

from __future__ import annotations

from sim.models.bargaining.base import DivisionModel, Player


def proposer_share(n: int, patience: float) -> float:
    """Return what the proposer keeps, 1 - d (n - 1) / (2 n)."""
    _check(n)
    return 1.0 - patience * (n - 1) / (2.0 * n)


def partner_share(n: int, patience: float) -> float:
    """Return what each of the (n - 1) / 2 partners gets, d / n."""
    _check(n)
    return patience / n


def shares(players: tuple[Player, ...]) -> tuple[float, ...]:
    """Return the division: player 0 proposes, the next (n - 1) / 2 are the partners, the rest get
    nothing.

    All share the patience of player 0, as in the paper. Costs and prizes are not read.
    """
    n, patience = len(players), players[0].patience
    partners = (n - 1) // 2
    return (
        proposer_share(n, patience),
        *[partner_share(n, patience)] * partners,
        *[0.0] * (n - 1 - partners),
    )


def _check(n: int) -> None:
    if n < 3 or n % 2 == 0:
        raise ValueError("the closed rule is solved for an odd number of at least three members")


MODEL = DivisionModel(
    "baron_ferejohn",
    shares,
    frozenset({"exhausts_prize", "nonnegative", "unit_invariance", "patience_costs_proposer"}),
    "closed-rule majority: the proposer buys the cheapest majority",
)
