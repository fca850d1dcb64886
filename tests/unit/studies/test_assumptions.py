"""Both errors of a run whose assumptions are drawn, and which of them move its outcomes."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import sim
from sim.errors import InputError
from sim.studies.assumed import assumptions
from sim.studies.comparison.compare import compare
from sim.studies.equivalence import difference
from sim.studies.running.result import Run
from tests.support.commands import sim as command

DRAWN = ("run.assumptions=drawn", 'assumptions."sheets.witness_level"={ uniform = [0.1, 0.95] }')


@cache
def run() -> Run:
    return sim.run("bellmar", replicates=80, jobs=1, overrides=DRAWN)


def test_what_moves_an_outcome_is_named_from_the_run_itself() -> None:
    found = assumptions(run(), ["copies_share_24h"])
    one = found.ranges[0]

    assert (found.sets, found.parameters) == (20, len(run().resolved.assumptions))
    assert one.movers[0].path == "sheets.witness_level"
    assert one.movers[0].correlation > 0.9
    assert one.low < one.estimate - 0.1 < one.estimate + 0.1 < one.high


def test_a_summary_line_tells_both_errors() -> None:
    line = next(x for x in run().summary() if x.outcome == "copies_share_24h")

    assert (line.sets, line.n) == (20, 80)
    assert line.monte_carlo_error is not None
    assert line.assumed_low is not None
    assert line.assumed_high is not None
    assert line.assumed_high - line.assumed_low > 3 * line.monte_carlo_error


def test_fixed_assumptions_and_few_sets_leave_nothing_to_say() -> None:
    fixed = sim.run("bellmar", replicates=2, jobs=1)
    few = sim.run("bellmar", replicates=8, jobs=1, overrides=DRAWN)

    with pytest.raises(InputError, match="assumptions are fixed"):
        assumptions(fixed)
    with pytest.raises(InputError, match="2 sets of assumptions say nothing"):
        assumptions(few)
    assert {line.assumed_low for line in few.summary()} == {None}


def test_a_comparison_takes_its_intervals_from_the_means_of_sets() -> None:
    a, b = np.zeros(40), np.repeat([0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0], 4)
    sets = np.repeat(np.arange(10), 4)

    alone = difference(a, b, 0.02, 0.05, paired=True, binary=False)
    found = difference(a, b, 0.02, 0.05, paired=True, binary=False, sets=(sets, sets))

    # ten independent differences: 0.3 -+ t(9) * sqrt(0.7 * 0.3 / 9)
    assert found.high == pytest.approx(0.3 + 2.262157 * (0.21 / 9) ** 0.5)
    assert found.high - found.low > 2 * (alone.high - alone.low)


def test_runs_that_share_their_sets_are_paired() -> None:
    other = sim.run("bellmar", replicates=80, jobs=1, overrides=(*DRAWN, "quick_count.n=30"))

    found = compare(run(), other, outcomes=["copies_share_24h"])

    assert (found.sets, found.rows[0].result.verdict) == (20, "equal")


def test_a_table_of_a_run_with_drawn_assumptions_has_the_number_of_the_set() -> None:
    table = run().table()

    assert table.select(pl.col("set").n_unique()).item() == 20
    assert (table["set"] == table["replicate"] // 4).all()


def test_the_command_names_what_moves_and_what_is_not_drawn(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    options = ("-n", 48, "-j", 1, "--set", DRAWN[0], "--set", DRAWN[1], "--out", tmp_path / "run")
    words = ("sensitivity", "bellmar", *options, "--outcome", "copies_share_24h")

    done = command(monkeypatch, capsys, *words)

    assert done.code == 0
    assert "sheets.witness_level (+" in done.out
    assert "Not drawn, so in no range: the register of tables" in done.out
