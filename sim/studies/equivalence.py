"""Paired and unpaired differences of one outcome, with an equivalence verdict.

"different": the 1 - alpha interval of the difference excludes 0 (alpha already shared among the
outcomes compared); "same within margin": the interval lies inside (-margin, margin), i.e. two
one-sided tests (Schuirmann 1987) at alpha / 2 each; "undecided": neither; then `more` says about
how many more replicates would decide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SAME, DIFFERENT, UNDECIDED = "same within margin", "different", "undecided"
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Difference:
    """b minus a: mean with interval, in the outcome's unit.

    variance_ratio: variance of the difference of means without pairing over the variance with
    pairing (None: not paired, or no variance). more: about how many more replicates would decide
    (None: decided, or it cannot be told).
    """

    n: int
    mean_a: float
    mean_b: float
    difference: float
    low: float
    high: float
    margin: float
    verdict: str
    more: int | None
    variance_ratio: float | None


def difference(
    a: Floats, b: Floats, margin: float, alpha: float, *, paired: bool, binary: bool
) -> Difference:
    """Return the difference b - a of two samples of one outcome.

    Args:
        a, b: (n,) values; the same replicates in the same order when `paired`. margin: differences
        smaller than this are of no interest; in the outcome's unit. alpha: error rate of this one
        comparison. binary: values are 0 or 1; then a paired "different" rests on the exact sign
        test of the discordant pairs, and the
            interval is guarded against a variance of zero.
    """
    mean_a, mean_b = float(a.mean()), float(b.mean())
    d = mean_b - mean_a
    error, freedom = _error(a, b, paired, binary)
    half = _t_quantile(1 - alpha / 2, freedom) * error
    low, high = d - half, d + half
    different = low > 0 or high < 0
    if paired and binary:
        different = different and _sign_test(a, b) <= alpha
        low, high = (low, high) if different else (min(low, 0.0), max(high, 0.0))
    if paired and np.array_equal(a, b) and not binary:
        low = high = 0.0
    inside = -margin < low and high < margin
    verdict = SAME if inside else DIFFERENT if different else UNDECIDED
    more = _more(d, half, margin, len(a)) if verdict == UNDECIDED else None
    return Difference(
        len(a),
        mean_a,
        mean_b,
        d,
        low,
        high,
        margin,
        verdict,
        more,
        _ratio(a, b) if paired else None,
    )


def _error(a: Floats, b: Floats, paired: bool, binary: bool) -> tuple[float, float]:
    """Return (standard error of the difference, degrees of freedom); Welch's when unpaired."""
    n, m = len(a), len(b)
    if paired:
        d = b - a
        variance = float(d.var(ddof=1)) if n > 1 else math.inf
        # one more discordant pair each way: no certainty from a short run without discordant pairs
        if binary:
            variance = (float((d * d).sum()) + 2) / (n + 2) - (d.sum() / (n + 2)) ** 2
        return math.sqrt(variance / n), max(n - 1, 1)
    va, vb = (_variance(x, binary) / len(x) for x in (a, b))
    freedom = (
        (va + vb) ** 2 / (va**2 / max(n - 1, 1) + vb**2 / max(m - 1, 1)) if va + vb > 0 else 1.0
    )
    return math.sqrt(va + vb), freedom


def _variance(x: Floats, binary: bool) -> float:
    if binary:
        guarded = (float(x.sum()) + 1) / (len(x) + 2)
        return guarded * (1 - guarded)
    return float(x.var(ddof=1)) if len(x) > 1 else math.inf


def _t_quantile(p: float, freedom: float) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, p))


def _sign_test(a: Floats, b: Floats) -> float:
    """Return the exact two-sided p-value of the discordant pairs (McNemar 1947, exact form)."""
    from scipy.special import bdtr

    up, down = int((b > a).sum()), int((b < a).sum())
    if up + down == 0:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(up, down), up + down, 0.5)))


def _ratio(a: Floats, b: Floats) -> float | None:
    paired = float((b - a).var())
    return float(a.var() + b.var()) / paired if paired > 0 else None


def _more(d: float, half: float, margin: float, n: int) -> int | None:
    """Return about how many more replicates make the interval narrow enough for one of the two
    verdicts.
    """
    target = max(abs(d), margin - abs(d))
    if not math.isfinite(half) or target <= 0:
        return None
    wanted = math.ceil(n * (half / target) ** 2 * 1.1)
    return max(wanted - n, 1)


def distance(a: Floats, b: Floats) -> float:
    """Return the Wasserstein distance of two samples, in the outcome's unit."""
    from scipy.stats import wasserstein_distance

    return float(wasserstein_distance(a, b))
