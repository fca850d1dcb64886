"""Announced totals that hold more than the tables without a sheet have voters; counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sim.estimators.sheets.totals_impossibility import TotalsImpossibility
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Sheets
from sim.rng import generator


@pytest.mark.parametrize(
    ("announced", "registered", "tables", "verdict", "words"),
    [
        ((500, 400), 1200, 12, "consistent", "hold 200 votes; the 2 tables without a sheet have"),
        ((500, 401), 1200, 12, "inconsistent", "hold 201 votes; the 2 tables without a sheet"),
        ((500, 401), None, 12, "undecided", "200 voters if their registers, which are not given"),
        ((400, 301), 1000, 10, "inconsistent", "no table is without a sheet"),
        ((400, 301), 1000, 9, "consistent", "hold 1 vote; how many voters"),
        ((500, 401), 900, 12, "consistent", "have is not known"),
        ((500, 401), None, None, "consistent", "have is not known"),
        ((700, 290), 1200, 12, "inconsistent", "Bruno by 10"),
    ],
)
def test_what_is_left_over_is_held_against_the_registers(
    announced: tuple[int, int], registered: int | None, tables: int | None, verdict: str, words: str
) -> None:
    """Ten sheets of 100 voters, 40 votes for Ana and 30 for Bruno on each."""
    sheets = Sheets(
        table=np.arange(10, dtype=np.int32),
        votes=np.array([[40] * 10, [30] * 10]),
        invalid=np.zeros(10, np.int64),
        registered=np.full(10, 100),
    )
    said = Announced(np.array(announced), registered=registered, tables=tables)
    evidence = Evidence(("Ana", "Bruno"), None, sheets, None, said)
    found = TotalsImpossibility(Monitoring()).assess(evidence, generator(1, "test/remainder"))
    assert found.verdict == verdict
    assert words in found.statement
