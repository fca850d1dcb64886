"""How a parameter says from which distribution it is drawn, where assumptions are drawn.

A distribution is the table that a scenario file would hold, so that `sim show --explain` and a
file speak of it in the same words. The default of a drawn parameter is its median.
"""

from __future__ import annotations

Table = dict[str, tuple[float, ...]]


def uniform(low: float, high: float) -> Table:
    """Return the table of a uniform distribution."""
    return {"uniform": (low, high)}


def log_uniform(low: float, high: float) -> Table:
    """Return the table of a distribution whose logarithm is uniform; median sqrt(low high)."""
    return {"log_uniform": (low, high)}


def lognormal(median: float, sigma: float, bounds: tuple[float, float] | None = None) -> Table:
    """Return the table of a lognormal distribution, given that it falls between `bounds`."""
    return _bounded({"lognormal": (median, sigma)}, bounds)


def normal(mean: float, sd: float, bounds: tuple[float, float] | None = None) -> Table:
    """Return the table of a normal distribution, given that it falls between `bounds`."""
    return _bounded({"normal": (mean, sd)}, bounds)


def beta(a: float, b: float) -> Table:
    """Return the table of a beta distribution."""
    return {"beta": (a, b)}


def _bounded(table: Table, bounds: tuple[float, float] | None) -> Table:
    return table if bounds is None else {**table, "bounds": bounds}
