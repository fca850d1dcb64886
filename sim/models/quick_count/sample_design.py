"""What a quick count's sample says of its strata: weights, sizes, likeness, and the part of the
country outside the design.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.collapse import Design
from sim.models.quick_count.ratio import NO_SPREAD
from sim.records.seen.evidence import Frame, QuickCount

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
    """Return the design of the strata that were drawn from.

    n: (H,) returns in hand; likeness is worked out where some stratum has fewer than `minimum`.
    """
    drawn, weight = drawn_tables(sample), expansion(sample)
    alike = np.zeros((0, len(drawn)))
    if n.min(initial=minimum) < minimum:
        alike = likeness_of(sample, frame)
    part = 0.0
    if not drawn.all():
        part = float(weight[drawn == 0].sum() / max(float(weight.sum()), 1e-300))
        weight = np.where(drawn > 0, weight, 0.0)
    return Design(weight, known_tables(sample), alike, part)


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


def missing_share(sample: QuickCount, n: Floats, design: Design) -> float:
    """Return the share of the drawn strata's weight whose tables were drawn but have not
    reported. n: (H,) returns in hand.
    """
    missing = design.weight * (1.0 - n / np.maximum(drawn_tables(sample), 1.0))
    return float(missing.sum() / design.weight.sum())


def widened(
    low: Bound, high: Bound, share: float, least: float, most: float
) -> tuple[Bound, Bound]:
    """Return bounds that hold whatever the part outside, a `share` of the whole, did between
    `least` and `most` (Manski 2003).
    """
    return (1 - share) * low + share * least, (1 - share) * high + share * most


def is_part(n: Floats, design: Design) -> bool:
    """Return whether some table of the strata drawn from is not in hand. n: (H,) returns."""
    return bool(((n < design.tables) & (design.weight > 0)).any())


def told(errors: Floats, part: bool) -> Floats:
    """Return standard errors, inf where tables that are a part of all show no spread: others may
    differ, and how far cannot be told.
    """
    return np.where(errors > NO_SPREAD, errors, np.inf) if part else errors


def reached(lead: float, reach: float, outside: float) -> tuple[float | None, float | None]:
    """Return the interval of a lead, (None, None) where its margin cannot be told."""
    if not np.isfinite(reach):
        return None, None
    return lead_bounds(lead - reach, lead + reach, outside)


def lead_bounds(low: float, high: float, outside: float) -> tuple[float, float]:
    """Return the interval of a lead, within -1 to 1, with a share outside the design."""
    least, most = widened(max(low, -1.0), min(high, 1.0), outside, -1.0, 1.0)
    return float(least), float(most)
