"""What there is to list: scenarios, seeds, outcomes and the registered parts of the model, each
with the first paragraph of its docstring.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import fields

from sim.output.tables.grid import Column, Grid
from sim.records.results.outcome import Measure

Row = dict[str, object]


PROSE = ("question", "definition", "what", "reference", "meaning", "found by", "finds")
"""Columns of sentences."""


def catalogue_table(rows: list[Row]) -> Grid:
    """Return the rows of a list as a table."""
    columns = [Column(name, prose=name in PROSE) for name in (rows[0] if rows else {"nothing": ""})]
    return Grid(columns, [[str(value) for value in row.values()] for row in rows])


def first_paragraph(thing: object) -> str:
    """Return the first paragraph of a part's docstring, or of its module's, on one line."""
    doc = inspect.getdoc(thing) or inspect.getdoc(inspect.getmodule(thing) or object) or ""
    return " ".join(doc.split("\n\n", 1)[0].split())


def _scenarios() -> list[Row]:
    from sim.scenario.find import list_scenario_files
    from sim.scenario.load import load

    found = [(path.stem, load(path).scenario) for path in list_scenario_files()]
    return [
        {"scenario": name, "title": s.title, "as of": s.as_of, "question": s.description}
        for name, s in found
    ]


def _seeds() -> list[Row]:
    from sim.scenario.seeds.seed_files import list_seeds

    return [
        {field.name: getattr(seed, field.name) for field in fields(seed)} for seed in list_seeds()
    ]


def _outcomes() -> list[Row]:
    from sim.measures.register import MEASURES

    signs = {1: "higher is better", -1: "lower is better", 0: ""}
    return [
        {
            "outcome": m.name,
            "group": m.group,
            "kind": m.kind,
            "unit": m.unit,
            "direction": signs[m.direction],
            "definition": m.definition,
        }
        for m in [*MEASURES.values(), *_families()]
    ]


def _families() -> list[Measure]:
    """Return the outcomes that each part of a case has; <key> stands for the part."""
    from sim.measures.families.register import FAMILIES

    return [
        Measure(
            f"{family.name}.<key>.{one.name}",
            family.group,
            one.kind,
            one.unit,
            one.direction,
            f"of each {family.of_what}: {one.definition}",
        )
        for family in FAMILIES
        for one in family.members
    ]


def _roles() -> list[Row]:
    """Return what each role decides, with a member of a shipped case that plays it; small
    candidates are no members of a cast.
    """
    from sim.actors.base import Actor
    from sim.actors.minor import Minor
    from sim.actors.register import ROLES
    from sim.scenario.find import list_scenario_files
    from sim.scenario.load import load

    cases = [load(path).scenario for path in list_scenario_files()]
    played = {r: (p, key) for p in cases for key, m in p.cast.items() for r in m.roles}
    parts: dict[str, Actor] = {
        role: make(*played[role]) for role, make in ROLES.items() if role in played
    }
    parts["minor"] = Minor(cases[0], "")
    return [
        {
            "role": role,
            "decision": decision,
            "options": ", ".join(options),
            "what": part.meanings[decision],
        }
        for role, part in parts.items()
        for decision, options in part.decisions.items()
    ]


def _bargaining() -> list[Row]:
    from sim.models.bargaining.register import BARGAINING

    return [{"model": key, "what": model.summary} for key, model in BARGAINING.items()]


def _effects() -> list[Row]:
    from sim.processes.effects.register import EFFECTS

    return [{"effect": key, "what": effect.meaning} for key, effect in EFFECTS.items()]


def _manipulations() -> list[Row]:
    from sim.manipulations.register import MANIPULATIONS

    return [
        {
            "manipulation": key,
            "acts on": part.acts_on,
            "what": first_paragraph(part),
            "found by": _found_by(key),
        }
        for key, part in MANIPULATIONS.items()
    ]


def _found_by(manipulation: str) -> str:
    """Return the methods that find it, as measured."""
    from sim.power.seen_by import SEEN_BY

    if manipulation not in SEEN_BY:
        return "not measured: sim power"
    return "found by: " + (", ".join(SEEN_BY[manipulation]) or "no method here")


NEEDS = {
    "announced": "announced totals",
    "boxes": "opened boxes",
    "frame": "list of all tables",
    "incidents": "incident reports",
    "quick_count": "a drawn sample",
    "sheets": "sheets",
}


def _estimators() -> list[Row]:
    from sim.estimators.register import ESTIMATORS
    from sim.records.parameters.watching.monitoring import Monitoring

    return [
        {
            "estimator": key,
            "needs": f"needs {', '.join(NEEDS[part] for part in sorted(make(Monitoring()).reads))}",
            "what": first_paragraph(make),
            "finds": _finds(key),
        }
        for key, make in ESTIMATORS.items()
    ]


def _finds(estimator: str) -> str:
    """Return the manipulations that a method finds, as measured."""
    from sim.power.seen_by import sees

    return f"finds: {', '.join(sees(estimator)) or 'none of the manipulations here'}"


def _keys() -> list[Row]:
    """Return every key of a scenario file with its unit, default and meaning; `*` is a name."""
    from sim.documents.fields import Spec, declared_paths, find_spec
    from sim.scenario.schema import Scenario

    specs = [(path, find_spec(Scenario, path)) for path in declared_paths(Scenario)]
    return [
        {"key": ".".join(path), "unit": spec.unit, "default": spec.default, "meaning": spec.note}
        for path, spec in specs
        if isinstance(spec, Spec)
    ]


def _facts() -> list[Row]:
    from sim.scenario.facts.base import Fact
    from sim.scenario.facts.register import FACT_KINDS

    return [
        {
            "kind": kind,
            "what": schema.MEANING,
            "fields": ", ".join(f for f in schema.model_fields if f not in Fact.model_fields),
        }
        for kind, schema in FACT_KINDS.items()
    ]


def _events() -> list[Row]:
    from sim.ledger import Event
    from sim.records import events

    kinds = [
        k
        for k in vars(events).values()
        if isinstance(k, type) and issubclass(k, Event) and k is not Event
    ]
    return [
        {"event": k.__name__, "fields": ", ".join(f for f in k.__dataclass_fields__ if f != "day")}
        for k in kinds
    ]


def _sources() -> list[Row]:
    from sim.sources import REFERENCES

    return [
        {"key": r.key, "kind": r.kind, "known on": r.known_on, "reference": r.text}
        for r in REFERENCES.values()
    ]


def _base_rates() -> list[Row]:
    from sim.records.parameters.base_rates import BASE_RATES

    return [
        {
            "base rate": rate.key,
            "value": f"{rate.value:g} {rate.unit}",
            "count": "" if rate.count is None else f"{rate.count[0]} of {rate.count[1]}",
            "definition": rate.definition,
            "period": rate.period,
            "source": rate.told(),
            "gives": ", ".join(f"{each.path} {each.default:g}" for each in rate.gives),
        }
        for rate in BASE_RATES.values()
    ]


CATALOGUES: dict[str, Callable[[], list[Row]]] = {
    "scenarios": _scenarios,
    "seeds": _seeds,
    "outcomes": _outcomes,
    "roles": _roles,
    "bargaining": _bargaining,
    "effects": _effects,
    "keys": _keys,
    "manipulations": _manipulations,
    "estimators": _estimators,
    "events": _events,
    "facts": _facts,
    "sources": _sources,
    "base-rates": _base_rates,
}


def catalogue(kind: str, word: str = "") -> list[Row]:
    """Return the rows of one catalogue, those that hold a word (in any case) where one is given."""
    rows = CATALOGUES[kind]()
    wanted = word.casefold()
    return [row for row in rows if wanted in " ".join(map(str, row.values())).casefold()]
