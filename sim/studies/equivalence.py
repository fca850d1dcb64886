"""Paired and unpaired differences of one outcome, with a verdict.

Facts about the very replicates that were compared, which need no test: "equal": every replicate has
the same value in both runs; "constant shift": every replicate differs by one and the same number
(up to rounding), in enough of them that a coin would hardly give one sign every time; "alike": the
same values equally often, in other replicates (only where the tests below do not decide).

Inferences about the means: "same within margin": the 1 - alpha interval lies inside (-margin,
margin), i.e. two one-sided tests (Schuirmann 1987) at alpha / 2 each; "different": the interval
excludes 0 (alpha already shared among the outcomes compared); "undecided": neither; then `more`
says about how many more replicates would decide.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.models.numbers.sets import Ints, two_errors

EQUAL, SHIFT, ALIKE = "equal", "constant shift", "alike"
SAME, DIFFERENT, UNDECIDED = "same within margin", "different", "undecided"
ROUNDING = 1e-9
"""Spread of differences, relative to the values, below which it is the rounding of their last
digits.
"""
Floats = NDArray[np.float64]
Sets = tuple[Ints | None, Ints | None]


@dataclass(frozen=True, slots=True)
class Difference:
    """b minus a: mean with interval, in the outcome's unit; an interval that cannot be told is
    infinite.

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

    @property
    def differs(self) -> bool:
        """Return whether the means are found to differ; a constant shift inside the margin does not
        count.
        """
        return self.verdict == DIFFERENT or (
            self.verdict == SHIFT and abs(self.difference) >= self.margin
        )

    @property
    def within(self) -> bool:
        """Return whether the means are found to lie within the margin of each other."""
        return self.verdict in (EQUAL, SAME) or (
            self.verdict == SHIFT and abs(self.difference) < self.margin
        )


def difference(
    a: Floats,
    b: Floats,
    margin: float,
    alpha: float,
    *,
    paired: bool,
    binary: bool,
    sets: Sets = (None, None),
) -> Difference:
    """Return the difference b - a of two samples of one outcome.

    Args:
        a, b: (n,) values; the same replicates in the same order when `paired`. margin: differences
        smaller than this are of no interest; in the outcome's unit. alpha: error rate of this one
        comparison. binary: values are 0 or 1; then a paired "different" rests on the exact sign
        test of the discordant pairs, and the
            interval is guarded against a variance of zero. sets: (n,) numbers of the sets of
        assumptions of a and of b, None where assumptions are fixed. With sets, the interval is
        Student's of the set means (of the pair differences where paired), and no sign test is made:
        replicates of one set are not independent.
    """
    mean_a, mean_b = float(a.mean()), float(b.mean())
    if paired and np.array_equal(a, b):
        return Difference(len(a), mean_a, mean_b, 0.0, 0.0, 0.0, margin, EQUAL, None, None)
    d, constant = mean_b - mean_a, no_spread(a, b, paired)
    low, high, half, more = _interval(a, b, alpha, paired, binary, constant, sets)
    if -margin < low and high < margin and not (paired and constant):
        verdict = SAME
    elif low > 0 or high < 0:
        verdict = SHIFT if paired and constant else DIFFERENT
    else:
        verdict = ALIKE if _alike(a, b) else UNDECIDED
    if verdict == UNDECIDED and more is None:
        more = _more(d, half, margin, len(a))
    return Difference(
        len(a),
        mean_a,
        mean_b,
        d,
        low,
        high,
        margin,
        verdict,
        more if verdict == UNDECIDED else None,
        _ratio(a, b) if paired and not constant else None,
    )


def no_spread(a: Floats, b: Floats, paired: bool) -> bool:
    """Return whether the sample has no variance but the rounding of its last digits: then t says
    nothing.
    """
    scale = ROUNDING * max(float(np.abs(a).max()), float(np.abs(b).max()))
    spreads = (np.ptp(b - a),) if paired else (np.ptp(a), np.ptp(b))
    return all(float(spread) <= scale for spread in spreads)


def _interval(
    a: Floats, b: Floats, alpha: float, paired: bool, binary: bool, constant: bool, sets: Sets
) -> tuple[float, float, float, int | None]:
    """Return (low, high, half-width, how many more replicates an exact test needs to decide or
    None).
    """
    d = float(b.mean()) - float(a.mean())
    error, freedom = _error(a, b, paired, binary, sets)
    half = _t_quantile(1 - alpha / 2, freedom) * error
    low, high = d - half, d + half
    if constant and not (binary and not paired):
        # too few values for a variance of zero to mean anything
        if _least_p(len(a), len(b), paired) > alpha:
            return -math.inf, math.inf, math.inf, _constants_needed(alpha, paired) - len(a)
        return d, d, 0.0, None
    if paired and binary and sets[0] is None and _sign_test(a, b) > alpha:
        return min(low, 0.0), max(high, 0.0), half, None
    return low, high, half, None


def _least_p(n: int, m: int, paired: bool) -> float:
    """Return the least p-value that so many values can give: all signs alike (paired), or one
    sample wholly below the other.
    """
    if paired:
        return 2 * 0.5**n
    return 0.0 if n + m > 1000 else 2 / math.comb(n + m, n)


def _constants_needed(alpha: float, paired: bool) -> int:
    """Return the least size at which an exact test of samples without spread reaches alpha."""
    n = 1
    while _least_p(n, n, paired) > alpha:
        n += 1
    return n


def _alike(a: Floats, b: Floats) -> bool:
    return len(a) == len(b) and np.array_equal(np.sort(a), np.sort(b))


def _error(a: Floats, b: Floats, paired: bool, binary: bool, sets: Sets) -> tuple[float, float]:
    """Return (standard error of the difference, degrees of freedom); Welch's when unpaired."""
    error, freedom = _error_alone(a, b, paired, binary)
    clustered = _set_error(a, b, paired, sets)
    if clustered is None:
        return error, freedom
    # a binary outcome keeps its guard: few sets that happen to agree are no certainty
    return (max(error, clustered[0]) if binary else clustered[0]), clustered[1]


def _set_error(a: Floats, b: Floats, paired: bool, sets: Sets) -> tuple[float, float] | None:
    """Return the same from the means of sets, or None where assumptions are fixed in both."""
    of_a, of_b = sets
    if of_a is None and of_b is None:
        return None
    if paired:
        found = two_errors(b - a, of_a if of_a is not None else of_b)
        return found.error, max(found.sets - 1, 1)
    one, two = two_errors(a, of_a), two_errors(b, of_b)
    return math.hypot(one.error, two.error), max(min(one.sets, two.sets) - 1, 1)


def _error_alone(a: Floats, b: Floats, paired: bool, binary: bool) -> tuple[float, float]:
    n, m = len(a), len(b)
    if paired:
        d = b - a
        variance = float(d.var(ddof=1)) if n > 1 else math.inf
        # one more discordant pair each way: no certainty from a short run without discordant pairs
        if binary:
            variance = (float((d * d).sum()) + 2) / (n + 2) - (d.sum() / (n + 2)) ** 2
        return math.sqrt(variance / n), max(n - 1, 1)
    va, vb = (_variance(x, binary) / len(x) for x in (a, b))
    if not math.isfinite(va + vb):
        return math.inf, 1.0
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
