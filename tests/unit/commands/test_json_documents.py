"""Each `--json` is one document of a stated kind and format, and keeps to its schema."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import jsonschema
import pytest

from sim.output.documents.schemas import SCHEMAS, document_schema
from tests.docs.pages import DOCS, EXAMPLES, blocks
from tests.support.commands import sim

AXIS = "--axis quick_count.n=60:90 --outcome turnout_true_share -n 2 -j 1"
ONE_STEP = {
    "article": "show venezuela-2024 --article --effects 0",
    "assumptions": "sensitivity bellmar -n 40 -j 1 --set run.assumptions=drawn",
    "audit_draw": "audit draw ballots.csv --seed 73920184650928374615 --take 4",
    "audit_measured": "audit measure round_1.csv -v Ana=1500 -v Bo=800 --ballots 2400",
    "audit_plan": "audit plan -v Ana=1500 -v Bo=800 --ballots 2400",
    "bargain": "bargain actors.csv --scale 4:10 --noise 0.05 --draws 20",
    "bargain_division": "bargain players.csv",
    "bargain_sides": "bargain packages.csv",
    "check": "check bellmar mine.toml --quick",
    "compare": "compare bellmar bellmar bellmar -n 2 -j 1",
    "discover": "discover bellmar --axis quick_count.n=20:200 --outcome qc_calls_winner "
    "--points 20 -n 2 -j 1",
    "explanation": "show bellmar --explain quick_count.n",
    "export": "export bellmar -r 3 --out day",
    "influence": "influence bellmar -n 2 -j 1 --decision petition",
    "list": "list estimators",
    "plan": "plan --past past.csv --frame frame.csv --margin 0.02 --scenario bellmar -n 2",
    "power": "power bellmar -n 2 -j 1 --manipulation sheet_refusal",
    "queue": "queue --machines 2 --voters 90 -n 4",
    "resolved": "show bellmar",
    "run": "run bellmar -n 8 -j 1 --no-save --all --set run.assumptions=drawn",
    "sobol": f"sensitivity bellmar {AXIS} --points 2",
    "sweep": "sweep bellmar --axis quick_count.n=60,90 -n 2 -j 1",
    "tornado": f"sensitivity bellmar --tornado {AXIS}",
}
NO_COMMAND = {"bargain_benchmark"}
"""Needs a file of decided issues."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("try")
    for source in (EXAMPLES, DOCS / "audits"):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    tables = blocks(DOCS / "bargaining.md", "csv")
    for name, table in zip(("actors", "packages", "players"), tables, strict=True):
        (folder / f"{name}.csv").write_text(table)
    (folder / "mine.toml").write_text('title = "x"\nextends = "bellmar"\nnonsense = 1\n')
    return folder


def test_every_kind_is_tried() -> None:
    assert set(ONE_STEP) | NO_COMMAND == set(SCHEMAS)


@pytest.mark.parametrize("kind", sorted(ONE_STEP))
def test_a_document_keeps_to_its_schema(kind: str, files: Path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(files)
    ran = sim(monkeypatch, capsys, *shlex.split(ONE_STEP[kind]), "--json")
    found = json.loads(ran.out, parse_constant=pytest.fail)
    schema = json.loads(sim(monkeypatch, capsys, "schema", kind).out)

    assert (found["format"], found["kind"]) == (1, kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(found, schema, jsonschema.Draft202012Validator)


def test_a_schema_refuses_another_key_and_another_kind() -> None:
    document = {"format": 1, "kind": "export", "replicate": 3, "files": ["a.csv"]}
    schema = document_schema("export")
    jsonschema.validate(document, schema)
    for wrong in ({"more": 1}, {"kind": "run"}, {"files": [1]}, {"format": 2}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document | wrong, schema)
