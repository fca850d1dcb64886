"""Estimators answer any evidence, however thin or odd, with a finding of finite numbers; never with
an exception or NaN.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.estimators.forensic.rounded_percentages import grid_gaps
from sim.estimators.register import ESTIMATORS
from sim.models.quick_count.collapse import grouped
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import (
    Announced,
    BoxCheck,
    Evidence,
    Frame,
    Incidents,
    QuickCount,
    Sheets,
)
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED
from sim.rng import generator

TABLES = 12


@st.composite
def evidences(draw):
    """Thin evidence of up to 12 tables and 2 or 3 candidates; any part may be absent, votes may be
    zero.
    """
    rng = np.random.Generator(np.random.PCG64(draw(st.integers(0, 10**6))))
    k, n, top = (
        draw(st.integers(2, 3)),
        draw(st.integers(0, TABLES)),
        draw(st.sampled_from([1, 2, 300])),
    )
    votes, rows = rng.integers(0, top, (k, n)), rng.permutation(TABLES)[:n].astype(np.int32)
    known = rng.integers(0, 2, n) * 500
    stratum = np.sort(rng.integers(0, 3, TABLES)).astype(np.int32)
    frame = Frame(rng.integers(0, 900, TABLES), np.arange(TABLES, dtype=np.int32), stratum, stratum)
    sheets = Sheets(rows, votes, np.full(n, -1), None, known)
    hours = np.where(rng.random(n) < 0.7, rng.uniform(0, 9, n), np.inf)
    sample = QuickCount(
        rows,
        stratum[rows],
        np.isfinite(hours),
        votes,
        np.zeros(n, int),
        hours,
        np.bincount(stratum, minlength=3),
    )
    announced = Announced(
        rng.integers(0, top * 10, k),
        share_counted=draw(st.sampled_from([None, 0.0, 0.5, 1.0])),
        rows=draw(st.sampled_from([None, sheets])),
        registered=draw(st.sampled_from([None, 5000])),
        tables=draw(st.sampled_from([None, TABLES])),
    )
    incidents = Incidents(
        ("Other",),
        np.zeros(n, np.int16),
        rows,
        np.zeros(n),
        np.zeros(n, np.int8),
        draw(st.integers(0, 50)),
    )
    parts = [frame, sheets, sample, announced, incidents, BoxCheck(rows, rng.random(n) < 0.3)]
    given_parts = [part if draw(st.booleans()) else None for part in parts]
    return Evidence(tuple("ABC"[:k]), *given_parts)


def finite(value):
    return value is None or math.isfinite(value)


@pytest.mark.parametrize("key", sorted(ESTIMATORS))
@settings(max_examples=40, deadline=None)
@given(evidence=evidences())
def test_any_evidence_gives_a_finding(key, evidence):
    found = ESTIMATORS[key](Monitoring(min_sample_tables=2, posterior_draws=200)).assess(
        evidence, generator(1, "test")
    )
    assert found.verdict in (CONSISTENT, INCONSISTENT, UNDECIDED)
    assert all(finite(v) for v in (found.estimate, found.low, found.high, found.p_value))
    assert found.p_value is None or 0 <= found.p_value <= 1


@given(st.lists(st.integers(1, 4), min_size=1, max_size=20), st.integers(2, 5), st.integers(0, 9))
def test_groups_of_thin_strata_have_enough_tables(counts, minimum, seed):
    n, rng = np.array(counts, dtype=float), np.random.default_rng(seed)
    group = grouped(n, n < minimum, minimum, rng.integers(0, 3, (2, len(n))).astype(float))
    held = np.bincount(group, n)
    assert len(held) == 1 or held.min() >= minimum


@given(st.integers(1000, 10**7), st.lists(st.integers(0, 400), min_size=1, max_size=8))
def test_totals_computed_from_shares_lie_within_half_a_vote_of_them(whole, thousandths):
    shares = np.array([*thousandths]) / 1000
    totals = np.round(shares * whole).astype(np.int64)
    assert (np.abs(grid_gaps(totals, whole, 0.001)) <= 0.5 + 1e-6).all()
