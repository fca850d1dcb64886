"""What every base rate inherits: defaults that are what its row says, and a source."""

from __future__ import annotations

import pytest

from sim.documents.fields import Spec, declared_paths, find_spec
from sim.records.parameters.base_rates import BASE_RATES, BaseRate, Gives
from sim.scenario.schema import Scenario
from sim.sources import ASSUMPTION, REFERENCES

GIVEN = [(row, each) for row in BASE_RATES.values() for each in row.gives]


def named() -> dict[str, str]:
    """Return the row that each parameter names, by dotted path."""
    specs = (find_spec(Scenario, path) for path in declared_paths(Scenario))
    found = (s for s in specs if isinstance(s, Spec) and "base_rate" in s.extra)
    return {".".join(spec.path): str(spec.extra["base_rate"]) for spec in found}


def test_a_row_and_the_parameters_that_rest_on_it_name_each_other() -> None:
    assert named() == {each.path: row.key for row, each in GIVEN}
    assert len(named()) == 17


@pytest.mark.parametrize(("row", "each"), GIVEN, ids=[each.path for _, each in GIVEN])
def test_a_default_is_what_its_base_rate_gives(row: BaseRate, each: Gives) -> None:
    spec = find_spec(Scenario, tuple(each.path.split(".")))

    assert isinstance(spec, Spec)
    assert spec.field.default == pytest.approx(each.default, abs=1e-5)
    assert spec.extra.get("drawn") == each.drawn


@pytest.mark.parametrize("row", BASE_RATES.values(), ids=list(BASE_RATES))
def test_a_row_has_a_source_and_its_value_is_its_count(row: BaseRate) -> None:
    assert row.source in (*REFERENCES, ASSUMPTION)
    assert (row.seen == "memory") <= (row.source == ASSUMPTION)
    if row.count is not None:
        assert row.value == pytest.approx(row.count[0] / row.count[1], abs=0.005)
    if row.source in REFERENCES:
        assert REFERENCES[row.source].known_on.isoformat() < "2024-07-01"
