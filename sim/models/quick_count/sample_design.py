"""What a quick count's sample says of its strata: weights, sizes, likeness, and the part of the
country outside the design.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.collapse import Design
from sim.records.evidence import Frame, QuickCount

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Bound = TypeVar("Bound", float, Floats)


def strata_in_all(sample: QuickCount) -> int:
    """Return H, the strata of the list of tables, drawn from or not."""
    return len(sample.stratum_tables)


def expansion(sample: QuickCount) -> Floats:
    """Return (H,) W_h: the stated weights, else the number of tables."""
    return np.asarray(
        sample.stratum_tables if sample.stratum_weight is None else sample.stratum_weight,
        dtype=np.float64,
    )


def known_tables(sample: QuickCount) -> Floats:
    """Return (H,) N_h; inf where the number of tables in the country is not known."""
    if not sample.tables_known:
        return np.full(strata_in_all(sample), np.inf)
    return sample.stratum_tables.astype(np.float64)


def drawn_tables(sample: QuickCount) -> Floats:
    """Return (H,) how many tables were drawn in each stratum."""
    return np.bincount(sample.stratum, minlength=strata_in_all(sample)).astype(np.float64)


def returns_by_stratum(sample: QuickCount, kept: Flags) -> Floats:
    """Return (H,) the returns in hand; kept: (n,) which sampled tables have reported."""
    return np.bincount(sample.stratum[kept], minlength=strata_in_all(sample)).astype(np.float64)


def design_of(sample: QuickCount, frame: Frame | None, n: Floats, minimum: int) -> Design:
    """Return the design of the strata that were drawn from; likeness is worked out where some n_h
    (H,) is below `minimum`.
    """
    drawn = drawn_tables(sample)
    thin = bool(n.min(initial=minimum) < minimum)
    likeness = likeness_of(sample, frame) if thin else np.zeros((0, len(drawn)))
    return Design(np.where(drawn > 0, expansion(sample), 0.0), known_tables(sample), likeness)


def mean_by_stratum(values: Floats, stratum: NDArray[np.integer], strata: int) -> Floats:
    """Return (H,) the mean of what is known in each stratum, NaN where nothing is.

    values: (M,), NaN where unknown. stratum: (M,) in 0..strata-1.
    """
    known = np.isfinite(values)
    count = np.bincount(stratum[known], minlength=strata)
    total = np.bincount(stratum[known], values[known], minlength=strata)
    nothing = np.full(strata, np.nan)
    return np.asarray(np.divide(total, count, out=nothing, where=count > 0), dtype=np.float64)


def likeness_of(sample: QuickCount, frame: Frame | None) -> Floats:
    """Return (2, H): mean past share of each stratum (NaN where unknown), and the logarithm of its
    number of tables.
    """
    size = np.log(np.maximum(sample.stratum_tables, 1).astype(np.float64))
    past = np.full(len(size), np.nan)
    if sample.stratum_past is not None:
        past = sample.stratum_past
    elif frame is not None and frame.stratum is not None and frame.past_share is not None:
        past = mean_by_stratum(frame.past_share, frame.stratum, len(size))
    return np.stack([past, size])


def outside(sample: QuickCount) -> Flags:
    """Return (H,) strata that hold tables but were not drawn from: nothing of them is known."""
    return np.asarray((drawn_tables(sample) == 0) & (expansion(sample) > 0))


def outside_share(sample: QuickCount) -> float:
    """Return the share of the weight in strata outside the design."""
    weight = expansion(sample)
    return float(weight[outside(sample)].sum() / weight.sum()) if weight.sum() > 0 else 0.0


def missing_share(sample: QuickCount, kept: Flags) -> float:
    """Return the share of the drawn strata's weight whose tables were drawn but have not
    reported.
    """
    drawn, n = drawn_tables(sample), returns_by_stratum(sample, kept)
    weight = np.where(drawn > 0, expansion(sample), 0.0)
    return float((weight * (1.0 - n / np.maximum(drawn, 1.0))).sum() / weight.sum())


def widened(
    low: Bound, high: Bound, share: float, least: float, most: float
) -> tuple[Bound, Bound]:
    """Return bounds that hold whatever the part outside, a `share` of the whole, did between
    `least` and `most` (Manski 2003).
    """
    return (1 - share) * low + share * least, (1 - share) * high + share * most


def lead_bounds(low: float, high: float, outside: float) -> tuple[float, float]:
    """Return the interval of a lead, within -1 to 1, with a share outside the design."""
    least, most = widened(max(low, -1.0), min(high, 1.0), outside, -1.0, 1.0)
    return float(least), float(most)
