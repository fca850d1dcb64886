"""Distributions by name, drawn by inverse of one uniform each: two scenarios share their luck,
whatever they change.

Stream: `uncertainty/<dotted path>`, one number a replicate.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from pydantic import model_validator

from sim.records.parameters.base import Section
from sim.records.parameters.base import choice as key

STREAM = "uncertainty/"
DRAWN_TABLES = ("uncertainties", "assumptions")
"""Tables of a scenario file that state distributions: once a replicate, once a set."""
Pair = tuple[float, float]
Scalar = bool | int | float | str
_EDGE = 2.0**-53


class Uncertainty(Section):
    """One distribution of one value: exactly one of the names below."""

    beta: Pair | None = key(None, note="[a, b]: beta distribution on 0 to 1")
    uniform: Pair | None = key(None, note="[low, high]")
    log_uniform: Pair | None = key(None, note="[low, high]: the logarithm is uniform")
    normal: Pair | None = key(None, note="[mean, standard deviation]; add bounds to cut it")
    lognormal: Pair | None = key(
        None, note="[median, sigma of the logarithm]; add bounds to cut it"
    )
    triangular: tuple[float, float, float] | None = key(None, note="[low, mode, high]")
    choice: tuple[Scalar, ...] | None = key(
        None, note="values, equally likely unless weights are given"
    )
    weights: tuple[float, ...] | None = key(None, note="weights of `choice`, any positive scale")
    bounds: Pair | None = key(
        None, note="[low, high]: the distribution given that it falls between them"
    )

    @model_validator(mode="after")
    def _whole(self) -> Uncertainty:
        said = wrong(self)
        if said:
            raise ValueError(said)
        return self

    @property
    def kind(self) -> str:
        """Return the name of the distribution."""
        return next(name for name in _NAMES if getattr(self, name) is not None)

    def at(self, u: float) -> Scalar:
        """Return the value below which the share `u` of the distribution lies."""
        if self.choice is not None:
            return _pick(self.choice, self.weights, u)
        cumulative, inverse = _curve(self)
        if self.bounds is None:
            return inverse(u)
        low, high = cumulative(self.bounds[0]), cumulative(self.bounds[1])
        return min(max(inverse(low + u * (high - low)), self.bounds[0]), self.bounds[1])

    @property
    def support(self) -> Pair:
        """Return the lowest and highest value that can be drawn (of a distribution of numbers)."""
        if self.bounds is not None:
            return self.bounds
        low, high = _SUPPORT[self.kind](getattr(self, self.kind))
        return float(low), float(high)


_NAMES = ("beta", "uniform", "log_uniform", "normal", "lognormal", "triangular", "choice")
_SUPPORT: dict[str, Callable[[Any], tuple[float, float]]] = {
    "beta": lambda _: (0.0, 1.0),
    "uniform": lambda ends: ends,
    "log_uniform": lambda ends: ends,
    "normal": lambda _: (-math.inf, math.inf),
    "lognormal": lambda _: (0.0, math.inf),
    "triangular": lambda ends: (ends[0], ends[2]),
}


def wrong(given: Uncertainty) -> str:
    """Return what is wrong with a distribution, or ""."""
    named = [name for name in _NAMES if getattr(given, name) is not None]
    if len(named) != 1:
        return (
            f"name exactly one distribution of {', '.join(_NAMES)}; found "
            f"{', '.join(named) or 'none'}"
        )
    if given.weights is not None and given.choice is None:
        return "weights belong to choice alone"
    if given.bounds is not None:
        if named[0] not in ("normal", "lognormal"):
            return "bounds belong to normal and lognormal alone"
        if not given.bounds[0] < given.bounds[1]:
            return "bounds are [low, high] with low below high"
    return _wrong_numbers(given) or _wrong_bounds(given)


def _wrong_numbers(given: Uncertainty) -> str:
    if given.beta is not None and min(given.beta) <= 0:
        return "beta = [a, b] needs a and b above 0"
    if given.uniform is not None and not given.uniform[0] < given.uniform[1]:
        return "uniform = [low, high] needs low below high"
    if given.log_uniform is not None and not 0 < given.log_uniform[0] < given.log_uniform[1]:
        return "log_uniform = [low, high] needs 0 below low and low below high"
    if given.normal is not None and given.normal[1] <= 0:
        return "normal = [mean, standard deviation] needs a standard deviation above 0"
    if given.lognormal is not None and min(given.lognormal) <= 0:
        return "lognormal = [median, sigma] needs both above 0"
    if given.triangular is not None:
        low, mode, high = given.triangular
        if not (low <= mode <= high and low < high):
            return "triangular = [low, mode, high] needs them in this order"
    return _wrong_choice(given.choice, given.weights) if given.choice is not None else ""


def _wrong_choice(values: tuple[Scalar, ...], weights: tuple[float, ...] | None) -> str:
    if not values:
        return "choice needs at least one value"
    if weights is None:
        return ""
    if len(weights) != len(values):
        return f"{len(values)} values but {len(weights)} weights"
    return "weights are not negative and not all 0" if min(weights) < 0 or sum(weights) <= 0 else ""


def _wrong_bounds(given: Uncertainty) -> str:
    if given.bounds is None:
        return ""
    cumulative, _ = _curve(given)
    mass = cumulative(given.bounds[1]) - cumulative(given.bounds[0])
    return "" if mass > 1e-6 else "the distribution has nothing between its bounds"


def _pick(values: tuple[Scalar, ...], weights: tuple[float, ...] | None, u: float) -> Scalar:
    shares = weights or (1.0,) * len(values)
    left = u * sum(shares)
    for value, share in zip(values, shares, strict=True):
        left -= share
        if left < 0:
            return value
    return next(
        value for value, share in zip(reversed(values), reversed(shares), strict=True) if share > 0
    )


def _curve(given: Uncertainty) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return (cumulative distribution, its inverse) of a distribution of numbers."""
    from scipy.special import (
        betaincinv,
        ndtr,
        ndtri,
    )  # here: checking a scenario need not wait for it

    if given.normal is not None:
        mean, sd = given.normal
        return lambda x: float(ndtr((x - mean) / sd)), lambda u: mean + sd * float(ndtri(u))
    if given.lognormal is not None:
        median, sigma = given.lognormal
        centre = math.log(median)
        return (
            lambda x: float(ndtr((math.log(x) - centre) / sigma)) if x > 0 else 0.0,
            lambda u: math.exp(centre + sigma * float(ndtri(u))),
        )
    if given.beta is not None:
        a, b = given.beta
        return lambda x: x, lambda u: float(betaincinv(a, b, u))
    if given.triangular is not None:
        return lambda x: x, lambda u: _triangular(given.triangular, u)
    if given.log_uniform is not None:
        first, last = given.log_uniform
        return lambda x: x, lambda u: float(first ** (1 - u) * last**u)
    low, high = given.uniform or (0.0, 1.0)
    return lambda x: x, lambda u: low + (high - low) * u


def _triangular(ends: tuple[float, float, float] | None, u: float) -> float:
    low, mode, high = ends or (0.0, 0.5, 1.0)
    cut = (mode - low) / (high - low)
    if u < cut:
        return low + math.sqrt(u * (high - low) * (mode - low))
    return high - math.sqrt((1 - u) * (high - low) * (high - mode))


def clipped(u: float) -> float:
    """Keep a uniform off 0 and 1, where an inverse has no finite value."""
    return min(max(u, _EDGE), 1 - _EDGE)
