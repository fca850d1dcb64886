"""`sim list`: everything that can be set or measured is explained in words."""

import pytest

from sim.documents.fields import Spec, declared_paths, find_spec
from sim.output.catalogue import CATALOGUES, catalogue
from sim.scenario.find import list_scenario_files
from sim.scenario.keys.provenance import explain
from sim.scenario.load import load
from sim.scenario.schema import Scenario


def test_no_key_is_without_a_meaning():
    specs = [find_spec(Scenario, path) for path in declared_paths(Scenario)]
    assert [spec for spec in specs if not isinstance(spec, Spec) or not spec.note] == []


@pytest.mark.parametrize("name", [path.stem for path in list_scenario_files()])
def test_no_value_of_a_shipped_scenario_is_without_a_meaning(name):
    resolved = load(name)
    mute = [key for key in resolved.provenance if not explain(resolved, key).note]
    assert mute == []


@pytest.mark.parametrize("kind", sorted(CATALOGUES))
def test_no_two_entries_of_a_list_say_the_same(kind):
    rows = catalogue(kind)
    said = [tuple(row.values()) for row in rows]
    assert rows
    assert len(set(said)) == len(said)
    assert all(len(row) > 1 and any(map(str, row.values())) for row in rows)


def test_a_search_finds_what_holds_the_word_in_any_case():
    assert [row["key"] for row in catalogue("keys", "Exit cost")] == [
        "sanctions.designation_exit_cost",
        "sanctions.personal_relief_exit_cost",
    ]
    assert catalogue("keys", "no such word") == []
