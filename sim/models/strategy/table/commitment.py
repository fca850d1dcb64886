"""Who keeps a promise, and how much patience that takes (folk theorem; Fearon 1998 on enforcement).

A promise is broken for a temptation now and paid for after a lag of L months, until which the
breach stands undetected or unanswered: it is kept iff d^L (T - P) >= T - R, with stage payoffs T
(renege) > R (comply) > P (punished).
"""

from __future__ import annotations

from sim.models.strategy.response import logistic

DAYS_PER_MONTH = 30.0


def needed_patience(temptation: float, comply: float, punished: float, lag_months: float) -> float:
    """Return the least monthly discount factor that keeps the promise, ((T - R) / (T - P))^(1
    / L).
    """
    return float(((temptation - comply) / (temptation - punished)) ** (1.0 / lag_months))


def needed_patience_in_tranches(
    gain: float, loss: float, tranches: int, lag_months: float
) -> float:
    """Return the least monthly discount factor for one of K equal tranches: T - R is divided by K,
    T - P stays.
    """
    return float((gain / tranches / loss) ** (1.0 / lag_months))


def lag_months(detection_days: float, decision_days: float, mission_present: bool) -> float:
    """Return the expected months from a breach to its answer; a mission on the spot halves the time
    of detection.
    """
    return (
        (detection_days / 2 if mission_present else detection_days) + decision_days
    ) / DAYS_PER_MONTH


def keeps_reversible(
    patience: float, lag: float, gain: float, loss: float, steepness: float
) -> float:
    """Return P(kept) of a promise that can be withdrawn again: L(k (d^L (T - P) - (T - R))), gain =
    T - R, loss = T - P.
    """
    return logistic(steepness * (patience**lag * loss - gain))


def keeps_irreversible(
    patience: float,
    lag: float,
    price: float,
    relief_share: float,
    imposed: float,
    temptation: float,
    pi: float,
    steepness: float,
) -> float:
    """Return P(kept) of a promise that cannot be taken back before the poll: L(k (d^L price r q_imp
    - t pi)).

    `price`: what relief is worth against office; `imposed`: chance that sanctions follow;
    `temptation`: gain of breaking it for a government sure to lose an honest count; `pi`: its
    belief that it loses one (Powell 2006: who expects to fall cannot commit).
    """
    return logistic(steepness * (patience**lag * price * relief_share * imposed - temptation * pi))
