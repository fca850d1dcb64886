"""Logit (quantal) response over a closed list of options (McKelvey and Palfrey 1995; see
sources).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

NEVER = -math.inf


def logistic(x: float) -> float:
    """Return L(x) = 1 / (1 + exp(-x)), safe for large |x|."""
    if x >= 0:
        return 1.0 / (1.0 + math.exp(-x))
    e = math.exp(x)
    return e / (1.0 + e)


def choice_probabilities(utilities: Sequence[float], rationality: float) -> tuple[float, ...]:
    """Return P(a) proportional to exp(rationality * U_a); an option with utility -inf has
    probability 0.

    Raises:
        ValueError: no option is available.
    """
    top = max(utilities)
    if top == NEVER:
        raise ValueError("no option is available")
    weights = [math.exp(rationality * (u - top)) if u != NEVER else 0.0 for u in utilities]
    total = sum(weights)
    return tuple(w / total for w in weights)


def choose(utilities: Sequence[float], rationality: float, rng: Generator) -> int:
    """Return argmax of rationality * U_a + G_a with one Gumbel number for every option, available
    or not.
    """
    gumbel = rng.gumbel(size=len(utilities))
    if max(utilities) == NEVER:
        raise ValueError("no option is available")
    scores = [
        rationality * u + g if u != NEVER else NEVER for u, g in zip(utilities, gumbel, strict=True)
    ]
    return int(np.argmax(scores))


def draw_by_probability(probabilities: Sequence[float], rng: Generator) -> int:
    """Return an option drawn with one uniform against the cumulated probabilities, in list
    order.
    """
    u = rng.random()
    total = 0.0
    for index, probability in enumerate(probabilities):
        total += probability
        if u < total:
            return index
    return max(i for i, p in enumerate(probabilities) if p > 0)
