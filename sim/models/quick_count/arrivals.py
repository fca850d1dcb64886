"""The quick count's lead as its returns came in, step by step through the night."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.models.quick_count.ratio import from_moments, moments
from sim.models.quick_count.sample_design import design_of, strata_in_all
from sim.records.seen.evidence import Frame, QuickCount

MAX_STEPS = 48
Series = list[dict[str, float]]


def running(
    sample: QuickCount,
    frame: Frame | None,
    kept: NDArray[np.bool_],
    pair: tuple[int, int],
    minimum: int,
    step_hours: float,
) -> Series:
    """Return the lead of `pair` and its standard error, one row for each step with something new.

    kept: (n,) which sampled tables have reported. Empty where hours are not known.
    """
    hours = sample.hours[kept]
    if not np.isfinite(hours).all() or not len(hours) or hours.max() <= 0:
        return []
    step = max(step_hours, float(hours.max()) / MAX_STEPS)
    number = np.maximum(np.ceil(hours / step - 1e-9).astype(np.int64), 1)
    y, stratum = sample.votes[:, kept].astype(np.float64), sample.stratum[kept].astype(np.int64)
    gap, valid = (y[pair[0]] - y[pair[1]])[None], y.sum(axis=0)
    rows: Series = []
    for last in np.unique(number).tolist():
        now = number <= last
        if now.sum() < 2 or not valid[now].any():
            continue
        sums = moments(gap[:, now], valid[now], stratum[now], strata_in_all(sample))
        then = from_moments(sums, design_of(sample, frame, sums.n, minimum), minimum)
        lead, error = float(then.ratio[0]), float(then.variance[0]) ** 0.5
        rows.append({"hour": last * step, "returns": int(now.sum()), "lead": lead, "error": error})
    return rows
