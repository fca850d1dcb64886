"""Digits of counts: last (Beber and Scacco 2012), second (Mebane 2008), and endings in 0 or 5
(Kalinin and Mebane).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
BENFORD_SECOND_MEAN = 4.187


def last_digits(counts: Counts, least: int = 10) -> Counts:
    """Return (10,) how many counts of at least `least` end in each digit."""
    return np.bincount(counts[counts >= least] % 10, minlength=10)


def last_digit_chi2(counts: Counts, least: int = 10) -> float:
    """Return the chi-squared statistic of equally frequent last digits, 9 degrees of freedom; 0
    without counts.
    """
    seen = last_digits(counts, least)
    expected = seen.sum() / 10
    return float(((seen - expected) ** 2).sum() / expected) if expected else 0.0


def chi2_p(statistic: float, freedom: int = 9) -> float:
    """Return the upper tail of chi-squared."""
    return float(chdtrc(freedom, statistic))


def second_digits(counts: Counts) -> Counts:
    """Return the second digit of every count of two digits or more."""
    large = counts[counts >= 10].astype(np.int64)
    power = np.floor(np.log10(large + 0.5)).astype(np.int64) - 1
    return np.asarray(large // 10**power % 10)


def second_digit_mean(counts: Counts) -> float:
    """Return the mean second digit; Benford's law has 4.187. 4.187 without counts of two digits."""
    digits = second_digits(counts)
    return float(digits.mean()) if len(digits) else BENFORD_SECOND_MEAN


def zero_five_share(counts: Counts) -> float:
    """Return the share of counts that end in 0 or 5; 0 without counts."""
    return float((counts % 5 == 0).mean()) if len(counts) else 0.0


def rounded_percentages(part: Counts, whole: Counts) -> Counts:
    """Return 100 part/whole rounded to whole per cent (whole > 0)."""
    return np.rint(100 * part / whole).astype(np.int64)
