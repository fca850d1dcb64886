"""Axes: ends, ticks with their words, and places in pixels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high`. ticks: (value, words). unit: its title."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]
    unit: str = ""

    def at(self, value: float, start: float, end: float) -> float:
        """Return the place of a value between two pixels; what is beyond stands at the end."""
        part = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return start + min(max(part, 0.0), 1.0) * (end - start)


def nice(values: Sequence[float], unit: str, most: int = 5, *, zero: bool = False) -> Scale:
    """Return an axis with round ticks that holds all finite values. zero: with zero."""
    found = [v for v in values if math.isfinite(v)] or [0.0]
    low, high = min(found), max(found)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high == low:
        low, high = low - 0.5, high + 0.5
    rough = (high - low) / most
    size = 10 ** math.floor(math.log10(rough))
    step = next(s * size for s in STEPS if s * size >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    ticks = [k * step for k in range(first, last + 1)]
    digits = max(0, -math.floor(math.log10(step) + 1e-9)) + (step / size == 2.5)
    words = tuple((t, f"{t:,.{digits}f}".replace("-", "\u2212")) for t in ticks)
    return Scale(ticks[0], ticks[-1], words, unit)


def percents(low: float = 0.0, high: float = 1.0, step: float = 0.25, unit: str = "") -> Scale:
    """Return an axis of shares in percent."""
    n = round((high - low) / step)
    ticks = tuple((low + k * step, f"{100 * (low + k * step):.0f}%") for k in range(n + 1))
    return Scale(low, high, ticks, unit)
