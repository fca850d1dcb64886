"""The verdict of a comparison: how often it is wrong on equal worlds, how often right on a known
shift, what pairing saves.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.errors import ComparisonError
from sim.measures.register import MEASURES
from sim.rng import generator
from sim.studies.comparison.compare import compare
from sim.studies.comparison.sides import Side
from sim.studies.running.result import Run
from sim.studies.running.run import run

N, TRIALS, ALPHA = 40, 150, 0.05


@pytest.fixture(scope="module")
def pool() -> Run:
    """Return many replicates of one scenario: halves drawn from them are runs with other
    entropy.
    """
    return run("bellmar", replicates=160, jobs=2)


def half(pool: Run, rows: np.ndarray, label: str) -> Side:
    return Side(label, pool.table()[rows.tolist()], hex(pool.entropy), pool.register_digest, "one")


@pytest.mark.slow
def test_one_scenario_with_other_luck_is_called_different_at_most_at_the_stated_rate(
    pool: Run,
) -> None:
    calls = 0
    for trial in range(TRIALS):
        rows = generator(11, "halves", trial).permutation(160)
        found = compare(
            half(pool, rows[:N], "a"), half(pool, rows[N : 2 * N], "b"), alpha=ALPHA, paired=False
        )
        calls += found.verdict == "different"

    assert calls <= ALPHA * TRIALS + 2.4 * np.sqrt(TRIALS * ALPHA * (1 - ALPHA))


@pytest.mark.slow
def test_fewer_witnesses_are_called_different_nearly_always(pool: Run) -> None:
    few = run("bellmar", replicates=60, overrides=["sheets.witness_level=0.8"], jobs=2)
    found = compare(pool, few, outcomes=["copies_share_24h", "turnout_true_share"])

    assert {row.outcome: row.result.verdict for row in found.rows} == {
        "copies_share_24h": "different",
        "turnout_true_share": "equal",
    }


@pytest.mark.slow
def test_common_random_numbers_save_at_least_half_of_the_replicates_for_the_main_contrasts(
    pool: Run,
) -> None:
    smaller = run("bellmar", replicates=160, overrides=["quick_count.n=60"], jobs=2)
    found = compare(
        pool, smaller, outcomes=["qc_calls_winner", "qc_error_share", "incidents_per_1000"]
    )

    assert {row.outcome: (row.result.variance_ratio or 0) > 2 for row in found.rows} == {
        "qc_calls_winner": True,
        "qc_error_share": True,
        "incidents_per_1000": True,
    }


def test_a_known_shift_is_found_with_the_power_that_theory_gives() -> None:
    from sim.studies.equivalence import difference

    found, trials, shift, n = 0, 400, 0.5, 50
    for trial in range(trials):
        noise = generator(12, "shift", trial).normal(size=n)
        found += (
            difference(np.zeros(n), noise + shift, 0.1, ALPHA, paired=True, binary=False).verdict
            == "different"
        )

    power = 0.933  # noncentral t, shift sqrt(n) = 3.54, 49 degrees of freedom, two-sided at .05
    assert abs(found / trials - power) <= 3.3 * np.sqrt(power * (1 - power) / trials)


def test_what_cannot_be_paired_is_refused_with_every_reason() -> None:
    import polars as pl

    table = pl.DataFrame(
        {
            "replicate": [0, 1],
            "error": pl.Series([None, None], dtype=pl.String),
            "contested": [True, False],
        }
    )
    a = Side("a", table, "0x1", "r1", "m1")
    b = Side("b", table, "0x2", "r2", "m2")

    with pytest.raises(
        ComparisonError,
        match=r"other entropy .*; other registers .*; other "
        r"versions of the model.*--unpaired",
    ):
        compare(a, b)
    assert compare(a, b, paired=False).n == 2


def test_an_outcome_that_exists_more_often_is_seen() -> None:
    import polars as pl

    name = next(
        name for name, measure in MEASURES.items() if measure.kind not in ("bool", "category")
    )
    numbers = pl.Series([float(i) for i in range(40)])
    none = pl.Series([None] * 40, dtype=pl.String)
    full = pl.DataFrame({"replicate": range(40), "error": none, name: numbers})
    holes = full.with_columns(pl.when(pl.col("replicate") < 15).then(pl.col(name)).alias(name))
    found = compare(Side("a", full, "0x1", "r", "m"), Side("b", holes, "0x1", "r", "m"))

    assert [(row.category, row.result.verdict) for row in found.rows] == [
        ("(exists)", "different"),
        ("", "equal"),
    ]
