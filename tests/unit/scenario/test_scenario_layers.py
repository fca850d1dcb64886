"""Layers: what overrides what, where each value comes from, and what the digest covers."""

from __future__ import annotations

import datetime as dt
import pickle
from pathlib import Path

import pytest

from sim.documents.document import read_document
from sim.documents.merge import layer
from sim.documents.positions import locate
from sim.errors import InputError
from sim.records.decisions.forcing import Forcing
from sim.records.moments import Tied
from sim.scenario.find import list_scenario_files, scenario_folders, shipped
from sim.scenario.forced.events import forcings
from sim.scenario.keys.apply import apply
from sim.scenario.keys.provenance import explain
from sim.scenario.load import load
from sim.scenario.schema import Scenario
from sim.scenario.write.json_schema import json_schema

BASE = 'title = "t"\nextends = "venezuela-2024"\n'


def written(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def test_layers_lie_on_each_other_in_order(tmp_path: Path) -> None:
    written(tmp_path, "base.toml", BASE + "[night]\nexit_cost = 0.4\n")
    top = written(
        tmp_path, "top.toml", 'title = "top"\nextends = "base.toml"\n[night]\nexit_cost = 0.5\n'
    )
    entry = load(top, ["night.exit_cost=0.6"]).provenance["night.exit_cost"]

    assert (entry.value, entry.file, entry.line, entry.unit) == (0.6, "--set", 1, "utility")
    assert [(old.value, Path(old.file).name, old.line) for old in entry.overrode] == [
        (0.5, "top.toml", 4),
        (0.4, "base.toml", 4),
        (0.324037, "default", 0),
    ]


def test_siblings_may_share_a_base_and_agree(tmp_path: Path) -> None:
    written(tmp_path, "base.toml", BASE + "[night]\nexit_cost = 0.4\n")
    written(tmp_path, "a.toml", 'extends = "base.toml"\n[night]\nexit_cost = 0.5\n')
    written(tmp_path, "b.toml", 'extends = "base.toml"\n[support]\nfamily_weight = 0.3\n')
    both = load(
        written(tmp_path, "both.toml", 'title = "t"\nextends = ["a.toml", "b.toml"]\n')
    ).scenario

    assert (both.night.exit_cost, both.support.family_weight) == (0.5, 0.3)


def test_a_source_covers_its_table_in_its_file_only(tmp_path: Path) -> None:
    top = written(
        tmp_path, "top.toml", BASE + '[night]\nsource = "Magaloni2010"\nexit_cost = 0.5\n'
    )
    trace = load(top).provenance

    assert trace["night.exit_cost"].source == "Magaloni2010"
    assert trace["calendar.campaign_end"].source == "Calendar2024"
    assert trace["run.replicates"].source == ""


def test_a_later_fixed_value_ends_an_uncertainty() -> None:
    track = "negotiation.tracks.government_us"
    open_facts = [f"{track}.meeting_day", f"{track}.mediator_share"]
    weight = "support.family_weight"
    given = ["candidacy.unity", weight, "types.guarantees"]
    assert list(load("venezuela-2024").scenario.uncertainties) == [*given, *open_facts]
    fixed = load("venezuela-2024", ["support.family_weight=0.3"])

    assert (
        list(fixed.scenario.uncertainties),
        fixed.fixed,
        fixed.scenario.support.family_weight,
    ) == (["candidacy.unity", "types.guarantees", *open_facts], ("support.family_weight",), 0.3)


def test_set_takes_quoted_keys_lists_and_bare_words() -> None:
    given = [
        'uncertainties."night.exit_cost"={ uniform = [0.1, 0.8] }',
        "title=plain words",
        "calendar.reviews=[2024-07-25]",
    ]
    scenario = load("venezuela-2024", given).scenario

    assert scenario.uncertainties["night.exit_cost"].uniform == (0.1, 0.8)
    assert (scenario.title, scenario.calendar.reviews) == ("plain words", (dt.date(2024, 7, 25),))


def test_the_digest_ignores_labels_and_sees_everything_else(tmp_path: Path) -> None:
    base = load("venezuela-2024").digest

    assert (
        load(
            "venezuela-2024",
            ["title=other", "run.replicates=7", 'run.entropy="0xAB"', "run.jobs=2"],
        ).digest
        == base
    )
    assert load("venezuela-2024", ["night.exit_cost=0.31"]).digest != base
    assert load("venezuela-2024", ["as_of=2024-07-03"]).digest != base


def test_a_data_file_is_part_of_the_digest(tmp_path: Path) -> None:
    top = written(tmp_path, "top.toml", BASE + '[frame]\nfile = "frame.csv"\n')
    written(tmp_path, "frame.csv", "a\n1\n")
    before = load(top)
    written(tmp_path, "frame.csv", "a\n2\n")

    assert before.inputs == {"frame.file": tmp_path / "frame.csv"}
    assert load(top).digest != before.digest


def test_a_resolved_scenario_is_frozen_and_survives_json() -> None:
    scenario = load("venezuela-2024").scenario

    with pytest.raises(ValueError, match="frozen"):
        scenario.night.exit_cost = 1.0  # type: ignore[misc]
    assert Scenario.model_validate_json(scenario.model_dump_json()) == scenario


def test_explain_tells_value_unit_range_source_and_place() -> None:
    told = explain(load("venezuela-2024"), "calendar.campaign_end")

    assert (told.provenance.value, told.provenance.unit, told.dated) == (
        Tied("vote", -2.0),
        "key",
        dt.date(2024, 4, 30),
    )
    assert (Path(told.provenance.file).name, told.provenance.line) == ("calendar.toml", 13)
    with pytest.raises(InputError, match=r"did you mean 'night\.exit_cost'\?"):
        explain(load("venezuela-2024"), "night.exit_cots")


def test_apply_changes_one_value_and_checks_its_section() -> None:
    scenario = load("venezuela-2024").scenario
    changed = apply(scenario, {"night.exit_cost": 0.4, "licences.GL41.value": 5.0})

    assert (changed.night.exit_cost, changed.licences["GL41"].value, scenario.night.exit_cost) == (
        0.4,
        5.0,
        0.324037,
    )
    for dotted, value in (
        ("night.exit_cost", -1.0),
        ("night.nothing", 1.0),
        ("licences.GL99.value", 1.0),
        ("night", {}),
    ):
        with pytest.raises((InputError, ValueError)):
            apply(apply(scenario, {dotted: value}), {"night.exit_cost": 0.1})


def test_an_event_is_fixed_at_a_date_or_after_a_ledger_event(tmp_path: Path) -> None:
    event = (
        '[[events]]\nactor = "government"\ndecision = "bar_candidate"\noption = "yes"\nat = '
        "2024-07-04\n"
    )
    later = (
        '[[events]]\nactor = "government"\ndecision = "night"\noption = "count"\nat = '
        '{ after = "PollsClosed", hours = 12 }\n'
    )

    assert forcings(load(written(tmp_path, "top.toml", BASE + event + later)).scenario) == (
        Forcing("government", "bar_candidate", "yes", dt.date(2024, 7, 4)),
        Forcing("government", "night", "count", Tied("PollsClosed", 0.5)),
    )


def test_every_key_of_a_text_has_its_place() -> None:
    text = (
        '# c\na.b = [1,\n  { x = "]" }] # d\n["q.r"]\nk = 2024-01-01 10:00:00\n[[t]]\nz = '
        '"""\n[no]\n"""\n[[t]]\nz = {y=1}\n'
    )

    assert {path: (p.line, p.value_line, p.value_column) for path, p in locate(text).items()} == {
        ("a",): (2, 2, 1),
        ("a", "b"): (2, 2, 7),
        ("a", "b", 0): (2, 2, 8),
        ("a", "b", 1): (3, 3, 3),
        ("a", "b", 1, "x"): (3, 3, 9),
        ("q.r",): (4, 4, 1),
        ("q.r", "k"): (5, 5, 5),
        ("t",): (6, 6, 1),
        ("t", 0): (6, 6, 1),
        ("t", 0, "z"): (7, 7, 5),
        ("t", 1): (10, 10, 1),
        ("t", 1, "z"): (11, 11, 5),
        ("t", 1, "z", "y"): (11, 11, 8),
    }


@pytest.mark.parametrize("kind", ["scenarios", "seeds"])
def test_every_key_of_the_shipped_files_stands_where_its_position_says(kind: str) -> None:
    for file in sorted(shipped(kind).rglob("*.toml")):
        document = read_document(file, check=lambda _: None)
        for path, leaf in layer(document).items():
            place = document.positions[path]
            assert path[-1] in document.lines[place.line - 1][place.column - 1 :], (file, path)
            assert place.value_line >= place.line, (file, leaf.path)


def test_another_layer_can_point_at_a_value() -> None:
    told = (
        load("venezuela-2024")
        .problem(("measures", "report", 1), "no outcome of this name")
        .render()
        .splitlines()
    )

    assert told[0].endswith("measures.report[1]: no outcome of this name")
    assert told[1].strip().startswith('"vote_winner", "announced_winner"')
    assert told[2].index("^") == told[1].index('"announced_winner"')


def test_a_scenario_and_a_loaded_case_travel_between_processes() -> None:
    scenario = load("venezuela-2024").scenario

    assert pickle.loads(pickle.dumps(scenario)) == scenario


def test_the_schema_for_editors_is_closed_and_knows_paths() -> None:
    schema = json_schema()

    assert schema["additionalProperties"] is False
    assert "support.family_weight" in schema["properties"]["uncertainties"]["properties"]
    assert any(
        "GL44" not in pattern and pattern.startswith("^licences")
        for pattern in schema["properties"]["levers"]["patternProperties"]
    )
    assert schema["$defs"]["Vote"]["properties"]["utc_offset_hours"]["description"] == (
        "local time minus UTC, in the times of exported files; unit: hours; source of the "
        "default: assumption"
    )


def test_names_reach_the_shipped_scenarios_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    assert load("venezuela-2024").scenario.seed == "venezuela-2024"
    assert "venezuela-2024" in [file.stem for file in list_scenario_files()]
    assert scenario_folders()[0] == Path("scenarios")
