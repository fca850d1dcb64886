"""What the night must show, with drawn assumptions: the bands of tests/benchmarks/night_rows.py,
and the incumbent's belief against what became of its overrides, also where something is fixed that
everybody knows. At 600 replicates one standard error of the belief's gap is about .02.
"""

from __future__ import annotations

import pytest

from sim.records.decisions.forcing import Forcing
from tests.benchmarks.night_rows import BANDS, best_by, fifths, nights, rows

SLACK = 0.02
SWITCHES = {
    "statements negative": Forcing("missions", "statement", "negative"),
    "copies never published": Forcing("platform", "publish_sheets", "no"),
    "no protest": Forcing("citizens", "protest", "no"),
    "the critical member calls": Forcing("us", "call_winner", "yes"),
}


@pytest.mark.slow
def test_every_row_lies_in_its_band_and_each_fifth_of_belief_holds() -> None:
    found = nights(800)
    values = rows(found)

    outside = {
        k for k, (low, high) in BANDS.items() if not low - SLACK <= values[k] <= high + SLACK
    }
    assert outside == set()
    assert max(abs(a - b) for a, b in fifths(found)) <= 0.08 + 2 * SLACK
    by_loyalty = best_by(found, "loyalty", (0.65, 0.75, 0.85))
    assert by_loyalty == sorted(by_loyalty, reverse=True)


@pytest.mark.slow
@pytest.mark.parametrize("name", SWITCHES)
def test_belief_holds_where_something_is_fixed_that_everybody_knows(name: str) -> None:
    found = rows(nights(600, forcings=(SWITCHES[name],)))

    assert abs(found["6 believed minus simulated survival"]) <= 0.03 + 2 * SLACK
