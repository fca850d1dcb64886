"""The JSON Schema of each document that `--json` prints, by its kind."""

from __future__ import annotations

from collections.abc import Callable

from sim.output.documents.from_types import Schema, closed, list_of, of_type, record
from sim.output.documents.tell import FORMAT

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TEXT, WHOLE = of_type(str), of_type(int)
ANY: Schema = {}
NUMBER, YES_NO = of_type(float), of_type(bool)
TEXTS, NUMBERS = list_of(TEXT), list_of(NUMBER)
TEXT_OR_NULL, WHOLE_OR_NULL = of_type(str | None), of_type(int | None)


def _run() -> dict[str, Schema]:
    from sim.records.results.summary import SummaryLine
    from sim.studies.conditional import Conditional

    return {
        "scenario": TEXT,
        "digest": TEXT,
        "entropy": TEXT,
        "replicates": WHOLE,
        "assumptions": {"enum": ["drawn", "fixed"]},
        "drawn": WHOLE,
        "held": TEXTS,
        "failures": WHOLE,
        "outcomes": list_of(record(SummaryLine)),
        "conditional": list_of(record(Conditional)),
    }


def _sweep() -> dict[str, Schema]:
    from sim.records.results.summary import SummaryLine

    point: dict[str, Schema] = {
        "point": WHOLE,
        "values": {"type": "object"},
        "outcomes": list_of(record(SummaryLine)),
    }
    return {
        "title": TEXT,
        "entropy": TEXT,
        "computed": WHOLE,
        "skipped": WHOLE,
        "failures": WHOLE,
        "units": {"type": "object", "additionalProperties": TEXT},
        "points": list_of(closed(point)),
    }


def _compare() -> dict[str, Schema]:
    from sim.studies.comparison.result import Compared

    alternative = {
        "name": TEXT,
        "verdict": TEXT,
        "paired": YES_NO,
        "alpha": NUMBER,
        "replicates": WHOLE,
        "failures": WHOLE,
        "family": TEXT,
        "comparisons": WHOLE,
        "sets": WHOLE,
        "rows": list_of(record(Compared)),
    }
    return {
        "base": TEXT,
        "alpha": NUMBER,
        "verdict": TEXT,
        "alternatives": list_of(closed(alternative)),
    }


def _assumptions() -> dict[str, Schema]:
    from sim.records.results.assumptions import Assumptions

    return _fields(Assumptions)


def _sobol() -> dict[str, Schema]:
    from sim.studies.sensitivity import Index

    return {"rows": list_of(record(Index))}


def _tornado() -> dict[str, Schema]:
    from sim.studies.sensitivity import Swing

    return {"rows": list_of(record(Swing))}


def _influence() -> dict[str, Schema]:
    from sim.studies.influence import Influences

    return _fields(Influences)


def _power() -> dict[str, Schema]:
    row = {"type": "object", "required": ["world", "evidence", "estimator", "n", "rejection_share"]}
    return {
        "scenario": TEXT,
        "digest": TEXT,
        "entropy": TEXT,
        "replicates": WHOLE,
        "failures": WHOLE,
        "rows": list_of(row),
    }


def _discover() -> dict[str, Schema]:
    from sim.studies.discover import Discovery

    return _fields(Discovery)


def _queue() -> dict[str, Schema]:
    from sim.fieldwork.queue_plan import QueuePlan

    return {**_fields(QueuePlan), "sentence": TEXT}


def _plan() -> dict[str, Schema]:
    from sim.fieldwork.call_chances import CallChance
    from sim.fieldwork.quick_count_plan import Stratum
    from sim.output.documents.plan import SCALARS, hints

    found = hints()
    return {
        **{name: of_type(found[name]) for name in SCALARS},
        "strata": list_of(record(Stratum)),
        "notes": TEXTS,
        "chances": list_of(record(CallChance)),
    }


def _audit_plan() -> dict[str, Schema]:
    from sim.fieldwork.audit.answer import Size

    return {"risk_limit": NUMBER, "methods": list_of(record(Size))}


def _audit_draw() -> dict[str, Schema]:
    from sim.fieldwork.audit.draw import Drawn

    draws = list_of(record(Drawn))
    return {"seed": TEXT, "rule": TEXT, "unit": TEXT, "of": WHOLE, "draws": draws}


def _audit_measured() -> dict[str, Schema]:
    from sim.fieldwork.audit.answer import Compared, NextRound

    return {
        "risk_limit": NUMBER,
        "reported_winner": TEXT,
        "method": TEXT,
        "attained_risk": NUMBER,
        "confirmed": YES_NO,
        "drawn": WHOLE,
        "unit": TEXT,
        "next_round": {"anyOf": [record(NextRound), of_type(type(None))]},
        "split": {"type": ["object", "null"]},
        "for_comparison": list_of(record(Compared)),
        "notes": TEXTS,
    }


def _check() -> dict[str, Schema]:
    failure = closed({"replicate": WHOLE, "changed": TEXT, "error": TEXT})
    scenario = {
        "name": TEXT,
        "title": TEXT,
        "notes": TEXTS,
        "played": WHOLE,
        "failures": list_of(failure),
    }
    problem = {
        "message": TEXT,
        "file": TEXT,
        "line": WHOLE,
        "column": WHOLE,
        "path": TEXT,
        "hint": TEXT,
    }
    return {"scenarios": list_of(closed(scenario)), "problems": list_of(closed(problem))}


def _export() -> dict[str, Schema]:
    return {"replicate": WHOLE, "files": TEXTS}


def _list() -> dict[str, Schema]:
    return {"list": TEXT, "rows": list_of({"type": "object"})}


def _explanation() -> dict[str, Schema]:
    from sim.scenario.keys.provenance import Explanation

    return _fields(Explanation)


def _article() -> dict[str, Schema]:
    from sim.studies.fact_effects import FactEffect

    return {"facts": list_of(record(FactEffect))}


def _scenario() -> dict[str, Schema]:
    value = closed({"source": TEXT, "unit": TEXT, "file": TEXT, "line": WHOLE})
    return {
        "scenario": {"type": "object"},
        "provenance": {"type": "object", "additionalProperties": value},
        "drawn": {"type": "object", "additionalProperties": TEXT},
    }


def _bargain() -> dict[str, Schema]:
    return {
        "model": TEXT,
        "options": {"type": "object", "additionalProperties": TEXT},
        "contested": YES_NO,
        "actors": TEXTS,
        "dimensions": TEXTS,
        "scales": list_of(NUMBERS),
        "scales_given": YES_NO,
        "reading": ANY,
        "turns": WHOLE,
        "turns_allowed": WHOLE,
        "settled": of_type(bool | None),
        "baseline": NUMBERS,
        "outcome": NUMBERS,
        "outcomes": list_of(NUMBERS),
        "positions": list_of(list_of(NUMBERS)),
        "probabilities": list_of(NUMBERS),
        "risks": list_of(NUMBERS),
        "challenges": list_of({"type": "object"}),
        "noise": {"type": ["object", "null"]},
    }


def _bargain_sides() -> dict[str, Schema]:
    package = closed({"package": TEXT, "utilities": NUMBERS})
    return {
        "sides": TEXTS,
        "reserves": NUMBERS,
        "agreement_possible": YES_NO,
        "frontier": list_of(package),
        "settled": list_of({"type": "object"}),
    }


def _bargain_division() -> dict[str, Schema]:
    return {"divisions": list_of({"type": "object"})}


def _bargain_benchmark() -> dict[str, Schema]:
    return {"models": list_of({"type": "object"})}


def _fields(cls: type) -> dict[str, Schema]:
    properties = record(cls)["properties"]
    assert isinstance(properties, dict)
    return properties


SCHEMAS: dict[str, Callable[[], dict[str, Schema]]] = {
    "article": _article,
    "assumptions": _assumptions,
    "audit_draw": _audit_draw,
    "audit_measured": _audit_measured,
    "audit_plan": _audit_plan,
    "bargain": _bargain,
    "bargain_benchmark": _bargain_benchmark,
    "bargain_division": _bargain_division,
    "bargain_sides": _bargain_sides,
    "check": _check,
    "compare": _compare,
    "discover": _discover,
    "explanation": _explanation,
    "export": _export,
    "influence": _influence,
    "list": _list,
    "plan": _plan,
    "power": _power,
    "queue": _queue,
    "resolved": _scenario,
    "run": _run,
    "sobol": _sobol,
    "sweep": _sweep,
    "tornado": _tornado,
}
"""Kinds of documents. `sim assess --json` is described in docs/files.md, `sim trace --json` is one
event a line.
"""


def document_schema(kind: str) -> Schema:
    """Return the schema of a kind of document."""
    head: dict[str, Schema] = {"format": {"const": FORMAT}, "kind": {"const": kind}}
    return {"$schema": DIALECT, "title": f"sim --json: {kind}", **closed(head | SCHEMAS[kind]())}
