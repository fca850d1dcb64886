"""The JSON Schema that editors use agrees with the loader."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from sim.documents.document import read_document
from sim.scenario.find import list_scenario_files
from sim.scenario.keys.renamed import check_case_format
from sim.scenario.write.json_schema import json_schema


def plain(value: Any) -> Any:
    """Return TOML values as JSON has them: dates are text."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("file", list_scenario_files(), ids=lambda file: file.stem)
def test_every_shipped_scenario_keeps_to_the_schema(
    file: Path, validator: Draft202012Validator
) -> None:
    assert [
        error.message
        for error in validator.iter_errors(plain(read_document(file, check=check_case_format).data))
    ] == []


@pytest.mark.parametrize(
    ("wrong", "path"),
    [
        ({"nigth": {}}, []),
        ({"night": {"exit_cots": 1}}, ["night"]),
        ({"night": {"exit_cost": "lots"}}, ["night", "exit_cost"]),
        ({"support": {"family_weight": 1.2}}, ["support", "family_weight"]),
        ({"uncertainties": {"night.exit_cots": {"beta": [1, 2]}}}, ["uncertainties"]),
        ({"levers": {"licences.GL41.valu": [1]}}, ["levers"]),
        ({"events": [{"actor": "government"}]}, ["events", 0]),
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(
    wrong: dict[str, Any], path: list[str | int], validator: Draft202012Validator
) -> None:
    assert path in [list(error.absolute_path) for error in validator.iter_errors(wrong)]
