"""The JSON Schema of a scenario file, for editors: keys, units, ranges, bounds, and what each
number means.
"""

from __future__ import annotations

from typing import Any

from sim.actors.register import ROLES
from sim.documents.fields import Spec, declared_paths, find_spec
from sim.scenario.drawn.uncertainties import DRAWN_TABLES
from sim.scenario.facts.register import FACT_KINDS
from sim.scenario.schema import CaseParameters, Scenario

SOURCE = {
    "type": "string",
    "description": 'citation key that covers the values of this table, or "assumption"',
}
NEEDED_EVENT = ["actor", "decision", "option"]


def json_schema() -> dict[str, Any]:
    """Return the schema.

    No key is required, because a file may leave every key to what it extends; unknown keys are not.
    """
    schema = Scenario.model_json_schema(mode="validation")
    for table in [schema, *schema["$defs"].values()]:
        _open_table(table)
    schema["$defs"]["ForcedEvent"]["required"] = NEEDED_EVENT
    for table in DRAWN_TABLES:
        schema["properties"][table] = _by_path({"$ref": "#/$defs/Uncertainty"})
    schema["properties"]["levers"] = _by_path({"type": "array", "minItems": 1})
    schema["properties"]["extends"] = {
        "description": "a scenario file beside this one, or a shipped one; or a list of them",
        "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}],
    }
    schema["properties"]["facts"] = _facts()
    schema["$defs"]["Member"]["properties"]["roles"]["items"] = {"enum": list(ROLES)}
    schema["properties"]["$schema"] = {"type": "string"}
    schema["title"] = "Scenario of an election under observation"
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _facts() -> dict[str, Any]:
    """Return the schema of `[facts]`: a fact is a table of one of the kinds, and false drops it.

    A scenario may change a single field of a fact, so no field is required.
    """
    fields: dict[str, Any] = {"source": SOURCE}
    for kind in FACT_KINDS.values():
        for name, field in kind.model_fields.items():
            fields.setdefault(name, {"description": field.description or ""})
    kinds = [{"const": key, "description": kind.MEANING} for key, kind in FACT_KINDS.items()]
    fields["kind"] = {"description": "kind of fact", "anyOf": kinds}
    fact = {"type": "object", "properties": fields, "additionalProperties": False}
    return {
        "type": "object",
        "description": "facts that this scenario drops (false), changes or adds",
        "properties": {"source": SOURCE},
        "additionalProperties": {"anyOf": [{"const": False}, fact]},
    }


def _open_table(table: dict[str, Any]) -> None:
    """Drop what only a resolved scenario must have; say unit, range and source where an editor
    shows them.
    """
    if table.get("type") != "object":
        return
    table.pop("required", None)
    properties = table.setdefault("properties", {})
    for entry in properties.values():
        _describe(entry)
        _open_entries(entry)
    properties["source"] = SOURCE


def _open_entries(entry: dict[str, Any]) -> None:
    """Let a table of free keys state its source, too."""
    inner = entry.get("additionalProperties")
    if isinstance(inner, dict):
        entry["properties"] = {"source": SOURCE}
        _open_entries(inner)


def _describe(entry: dict[str, Any]) -> None:
    parts = [entry.get("description", "")]
    unit = entry.pop("unit", "")
    source = entry.pop("source", "")
    if unit and unit != "key":
        parts.append(f"unit: {unit}")
    if "range" in entry:
        low, high = entry.pop("range")
        parts.append(f"study range: {low:g} to {high:g}")
    if source:
        parts.append(f"source of the default: {source}")
    entry["description"] = "; ".join(part for part in parts if part)


def _by_path(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a table whose keys are dotted paths of the model's values; `*` stands
    for any key there.
    """
    properties: dict[str, Any] = {}
    patterns: dict[str, Any] = {}
    for path in declared_paths(CaseParameters):
        spec = find_spec(CaseParameters, path)
        text = f"{spec.note}; unit: {spec.unit}" if isinstance(spec, Spec) else ""
        value = {**entry, "description": text.strip("; ")}
        if "*" in path:
            patterns["^" + r"\.".join("[^.]+" if key == "*" else key for key in path) + "$"] = value
        else:
            properties[".".join(path)] = value
    properties["source"] = SOURCE
    return {
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": False,
    }
