"""One order statistic of many numbers, or two neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

SAMPLE = 1024
REACH_SDS = 5.0
FEW = 4096


def kth_smallest(numbers: NDArray[Any], k: int) -> Any:
    """Return the number of rank k, 0-based, of (n,) numbers without NaN."""
    return neighbours(numbers, k, k)[0]


def neighbours(numbers: NDArray[Any], k: int, above: int) -> tuple[Any, Any]:
    """Return the numbers of rank k and of rank `above`, which is k or k + 1, 0-based, of (n,)
    numbers without NaN.

    A sorted sample says between which two numbers they lie, all but surely; only the numbers
    between them are looked at (Floyd and Rivest 1975). Where the sample was wrong, all are.
    """
    n = len(numbers)
    if n >= FEW:
        sample = np.sort(numbers[:: n // SAMPLE])
        at, reach = k * len(sample) / n, REACH_SDS * 0.5 * len(sample) ** 0.5
        low, high = (
            sample[max(int(at - reach), 0)],
            sample[min(int(at + reach) + 1, len(sample) - 1)],
        )
        band = numbers[(numbers >= low) & (numbers <= high)]
        below = int(np.count_nonzero(numbers < low))
        if 0 <= k - below <= above - below < len(band) < n // 2:
            numbers, k, above = band, k - below, above - below
    placed = np.partition(numbers, (k, above))
    return placed[k], placed[above]
