"""Kaplan-Markov and Kaplan-Wald: p-values for the mean of non-negative numbers (Stark 2009; Stark
2020, section 4).

Kaplan-Markov: p = product (mu_j + g)/(x_j + g). Kaplan-Wald: p = 1 / product ((1 - g) x_j/mu_j +
g), mu_j as in null.py. The least of the running values is a p-value at every stop (both are Ville's
inequality on a martingale). g keeps one zero from ending it.
"""

from __future__ import annotations

import numpy as np

from sim.models.audit.null import Floats, null_means, running_p, settled, sums_before


def kaplan_markov(
    x: Floats, g: float, t: float = 0.5, population: int | None = None, u: float = 1.0
) -> Floats:
    """Return (n,) running p-values of "mean <= t"; x (n,) in 0..u, g > 0; population: N when drawn
    without replacement.
    """
    mu = np.maximum(null_means(sums_before(x), t, population), 0.0)
    return settled(running_p(np.log((x + g) / (mu + g))), x, u, t, population)


def kaplan_wald(
    x: Floats, g: float, t: float = 0.5, population: int | None = None, u: float = 1.0
) -> Floats:
    """Return (n,) running p-values of "mean <= t"; x (n,) in 0..u, 0 < g < 1; population: N when
    drawn without replacement.
    """
    mu = null_means(sums_before(x), t, population)
    inside = mu > 0
    growth = np.log((1 - g) * x / np.where(inside, mu, 1.0) + g)
    return settled(running_p(np.where(inside, growth, 0.0)), x, u, t, population)
