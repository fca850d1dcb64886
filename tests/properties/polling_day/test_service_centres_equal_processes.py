"""The array forms of the scan centre and the call centre against SimPy resources."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.chain.call_centre import answered
from sim.models.polling_day.service_centre import served_at
from sim.records.parameters.vote.calls import Calls
from tests.slow_twins.call_centre_processes import run_calls
from tests.slow_twins.scan_centre_processes import run_centres

SHEETS = st.lists(
    st.tuples(st.integers(0, 200) | st.just(math.inf), st.integers(0, 3)), min_size=1, max_size=40
)


@settings(max_examples=150, deadline=None)
@given(sheets=SHEETS, operators=st.integers(1, 5), halves=st.integers(1, 12))
def test_scan_centres_equal_processes_exactly(
    sheets: list[tuple[float, int]], operators: int, halves: int
) -> None:
    arrivals, zones = [float(a) for a, _ in sheets], [z for _, z in sheets]

    assert served_at(
        np.array(arrivals), np.array(zones), operators, halves / 2
    ).tolist() == run_centres(arrivals, zones, operators, halves / 2)


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32), operators=st.integers(1, 4), retries=st.integers(0, 3))
def test_call_centre_equals_processes(seed: int, operators: int, retries: int) -> None:
    rng = np.random.default_rng(seed)
    stamps = np.where(rng.random(30) < 0.1, math.inf, rng.uniform(100, 200, 30))
    lengths = rng.lognormal(2.0, 0.6, 30)
    p = Calls(operators=operators, retries=retries)

    assert np.allclose(
        answered(stamps, lengths, p), run_calls(stamps.tolist(), lengths.tolist(), p), atol=1e-9
    )
