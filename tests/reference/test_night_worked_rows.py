"""The worked nights: the slow twin against the specification's table under the reading that it
names, the built rule against the twin, and the built rule's own table.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.models.strategy.night.night_inputs import OVERRIDES
from tests.slow_twins.night_by_hand import as_built, prototype, survive
from tests.slow_twins.night_case import ROWS
from tests.support.night_cases import MEDIANS, value
from tests.support.strategy_case import parameters

READING = {
    **MEDIANS,
    "command__base_rate": 0.001,
    "command__window_days": 45.0,
    "command__rents_slope": 0.0,
    "streets__decay_days": 7.746,
    "streets__branching_repressed": 0.0,
    "court__petition_incumbent": 1.0,
    "court__certify": 0.75,
    "court__certify_in_the_end": 0.75,
    "observer__negative_without_tables": 0.85,
}
TABLE = (
    (0.8651, 0.8367, 0.8635),
    (0.9142, 0.8518, 0.8681),
    (0.8305, 0.8291, 0.8620),
    (0.8399, 0.8022, 0.8401),
    (0.7460, 0.6841, 0.7431),
    (0.5267, 0.5229, 0.6195),
    (0.5064, 0.5026, 0.5979),
    (0.8595, 0.8285, 0.8579),
)
SIGNALS = (
    (0.5542, 0.8629, 0.4207),
    (0.4685, 0.8252, 0.3866),
    (0.5879, 0.8844, 0.4405),
    (0.7997, 0.8629, 0.4207),
)
BUILT = (
    (0.7864, 0.7421, 0.7791),
    (0.8604, 0.7644, 0.7839),
    (0.7361, 0.7298, 0.7775),
    (0.7619, 0.7107, 0.7556),
    (0.5953, 0.5085, 0.5789),
    (0.3482, 0.3360, 0.4398),
    (0.3317, 0.3201, 0.4209),
    (0.7737, 0.7261, 0.7660),
)


def test_belief_outrage_and_the_call_are_those_of_the_table() -> None:
    p = parameters(**MEDIANS, observer__negative_without_tables=0.85)
    found = value(ROWS[:4], p=p)

    told = np.stack((found.outrage[:, 1], found.belief[:, 1], found.called[:, 1]), axis=1)
    assert told == pytest.approx(np.array(SIGNALS), abs=1e-4)


def test_the_built_rule_has_its_own_table() -> None:
    assert value(ROWS).survival == pytest.approx(np.array(BUILT), abs=1e-4)


def test_the_twin_finds_the_built_rule_in_one_case() -> None:
    p = parameters(**MEDIANS)
    found = value(ROWS[5:6], p=p)
    by_hand = survive(ROWS[5], p, "totals_only", as_built(p, 166), False)

    assert [found.survival[0, 1], found.fall[0, 1]] == pytest.approx(by_hand, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("row", range(8))
def test_the_built_rule_is_the_twin_in_every_row(row: int) -> None:
    p = parameters(**MEDIANS)
    found = value(ROWS[row : row + 1], p=p)
    by_hand = np.array([survive(ROWS[row], p, o, as_built(p, 166), False) for o in OVERRIDES])

    assert np.stack((found.survival[0], found.fall[0]), axis=1) == pytest.approx(by_hand, abs=1e-4)


@pytest.mark.slow
@pytest.mark.parametrize("row", range(8))
def test_the_specification_s_rows_under_the_reading_that_it_names(row: int) -> None:
    p = parameters(**READING)
    by_hand = [survive(ROWS[row], p, option, prototype, True)[0] for option in OVERRIDES]

    assert by_hand == pytest.approx(TABLE[row], abs=0.02)
