"""What was made quick equals what is slow and obvious."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sim.estimators.totals_impossibility import largest_sum
from sim.models.ratio import Moments, from_moments, moments, over_time

seeds = st.integers(0, 2**32 - 1)


@given(st.lists(st.integers(0, 300_000), min_size=1, max_size=60), st.data())
def test_the_largest_votes_are_those_at_the_end_of_the_sorted_list(votes: list[int], data: st.DataObject) -> None:
    take = data.draw(st.integers(1, len(votes)))

    assert largest_sum(np.array(votes), take) == sum(sorted(votes)[-take:])


@given(seeds, st.integers(1, 9), st.integers(2, 4))
def test_the_running_lead_is_that_of_each_moment_alone(seed: int, strata: int, minimum: int) -> None:
    rng = np.random.default_rng(seed)
    n, times = 40, 5
    x, stratum, when = rng.integers(1, 400, n).astype(float), rng.integers(0, strata, n), rng.integers(0, times, n)
    y = np.rint(x * rng.random(n))
    tables = np.full(strata, 100.0)
    grown = [moments(y[None, when <= t], x[when <= t], stratum[when <= t], strata) for t in range(times) if (when <= t).sum() > 1]
    at_once = Moments(*(np.stack(part, axis=-1) for part in zip(*(sums_of(m) for m in grown), strict=True)))
    leads, variances = over_time(at_once, tables, tables, minimum)
    alone = [from_moments(m, tables, tables, minimum) for m in grown]

    np.testing.assert_allclose(leads, [r.ratio[0] for r in alone], rtol=1e-9)
    np.testing.assert_allclose(variances, [r.variance[0] for r in alone], rtol=1e-6, atol=1e-15)


def sums_of(m: Moments) -> tuple[np.ndarray, ...]:
    return (m.n, m.x, m.xx, m.y, m.xy, m.yy)
