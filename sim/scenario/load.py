"""From a scenario's name to a frozen, checked Scenario: defaults, the seed, what it extends,
itself, `--set`, in this order.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from sim.documents.checking import in_file_order, problems_of
from sim.documents.document import Document, dotted_path, with_odd
from sim.documents.merge import Keys, Layer, Merged, conflicts, layer, merge, tree
from sim.documents.positions import Path as KeyPath
from sim.errors import InputError, Problem
from sim.records.results.outcome import Value
from sim.records.results.shown import Record, Shown
from sim.scenario.checks import (
    date_problems,
    keys_of,
    lever_problems,
    source_problems,
    uncertainty_problems,
)
from sim.scenario.dates import in_days
from sim.scenario.drawn.assumptions import Assumption, assumed, held
from sim.scenario.drawn.inputs import digest_of, input_files, missing_inputs
from sim.scenario.drawn.uncertainties import DRAWN_TABLES
from sim.scenario.facts.chronicle import (
    Known,
    folded,
    incumbent_of,
    known_later,
    read_facts,
    without_facts,
)
from sim.scenario.find import find_scenario, find_seed, list_seed_folders
from sim.scenario.forced.by_name import taken_out, with_decisions
from sim.scenario.forced.events import Decisions, event_problems, registered_decisions
from sim.scenario.keys.layers import Chain, follow, overlays
from sim.scenario.keys.origins import Provenance, trace_values
from sim.scenario.keys.overrides import Overrides, overlay_texts
from sim.scenario.keys.renamed import said_anew
from sim.scenario.own import Own
from sim.scenario.schema import CaseParameters, Scenario
from sim.scenario.seeds.seed import Seed, as_known, facts_known
from sim.scenario.seeds.seed_files import load_seed


@dataclass(frozen=True, eq=False, repr=False)
class Resolved(Shown):
    """A loaded scenario. `given` is what it was called by; `fixed`: distributions that a later file
    or `--set` replaced by a value; `assumptions`: what is drawn once a set, by dotted path; `held`:
    what declares a distribution and is not drawn from it.

    `seed` is what was known on the as-of date: no later fact, no outcome. `inputs`: data files by
    the parameter that names them. `overrides`: the `--set` overlays with which it was loaded.
    `own`: a user's own code that decides, measures or estimates.
    """

    scenario: Scenario
    given: str
    seed: Seed
    digest: str
    files: tuple[str, ...]
    folder: Path
    facts: tuple[Known, ...] = field(repr=False)
    dropped_facts: int
    inputs: dict[str, Path]
    fixed: tuple[str, ...]
    assumptions: dict[str, Assumption] = field(repr=False)
    held: tuple[str, ...] = field(repr=False)
    merged: Merged = field(repr=False)
    overrides: tuple[str, ...] = ()
    own: Own = field(default_factory=Own, repr=False)

    @property
    def name(self) -> str:
        """Return the name or path by which the scenario can be loaded again."""
        return self.given

    def in_short(self) -> str:
        """Return its name, title and date."""
        return f"{self.name}, {self.scenario.title}, as of {self.scenario.as_of}"

    def records(self) -> list[Record]:
        """Return one record a parameter that something other than a general default gives."""
        return [
            {"key": dotted, "value": _plain(entry.value), "unit": entry.unit, "from": entry.file}
            for dotted, entry in self.provenance.items()
            if entry.file
        ]

    @cached_property
    def provenance(self) -> dict[str, Provenance]:
        """Return where each value comes from, by dotted path."""
        return trace_values(self.scenario, self.merged)

    def problem(self, path: KeyPath, message: str, hint: str = "") -> Problem:
        """Return a problem at the place where a value was written, for checks that other layers
        make (unknown outcomes, ...).
        """
        leaves = next(
            (
                self.merged[keys]
                for end in range(len(path), 0, -1)
                if (keys := _keys(path[:end])) in self.merged
            ),
            None,
        )
        if leaves is None:
            leaves = next((v for k, v in self.merged.items() if k[: len(path)] == path), None)
        if leaves is None:
            return Problem(message, path=dotted_path(path), hint=hint)
        return leaves[0].document.problem(path, message, hint)

    def placed(self, problem: Problem) -> Problem:
        """Return a problem that has a path alone with the place where the value was written."""
        if problem.file or not problem.path:
            return problem
        return self.problem(tuple(problem.path.split(".")), problem.message, problem.hint)

    def as_json(self) -> dict[str, Any]:
        """Return the resolved scenario and the provenance of each value, as JSON values."""
        return {
            "scenario": self.scenario.model_dump(mode="json", exclude_none=True),
            "provenance": {
                dotted: {
                    "source": entry.source,
                    "unit": entry.unit,
                    "file": entry.file,
                    "line": entry.line,
                }
                for dotted, entry in self.provenance.items()
            },
            "drawn": {path: found.words() for path, found in self.assumptions.items()},
        }


def _plain(value: object) -> Value:
    return value if isinstance(value, bool | int | float) else str(value)


def _keys(path: KeyPath) -> Keys:
    return tuple(str(part) for part in path)


def load(
    given: str | Path, overrides: Overrides = (), decisions: Decisions | None = None
) -> Resolved:
    """Load a scenario by path or name, with `--set key=value` overlays on top; they are
    also taken as a mapping.

    Args:
        decisions: actor -> decision -> options against which `[[events]]` are checked; default: the
        registered actors.

    Raises:
        InputError: every mistake of every file, with file, line and column.
        FormatError: a file of an unknown format.
    """
    texts = overlay_texts(overrides)
    path = find_scenario(given)
    chain = follow(path, _shown(path))
    extra, said = overlays(texts)
    chain.minor += said
    _stop(chain.problems and [*chain.problems, *chain.minor], chain)
    layers = [*chain.layers.values(), *map(layer, extra)]
    own = merge(layers)
    seed = _seed(own, path, chain)
    facts, wrong = read_facts([*seed.chronicle, *layers])
    chain.minor += wrong
    seeded = _seeded(seed, facts, own, chain)
    layers = [*seeded, *map(without_facts, layers)]
    merged = merge(layers)
    fixed, by = _fixed(merged, layers), _given(merged, seeded)
    merged = in_days(merged)
    merged = {
        keys: leaves
        for keys, leaves in merged.items()
        if not (keys[0] in DRAWN_TABLES and keys[-1] in fixed)
    }
    raw = tree(merged)
    options = taken_out(raw, extra)
    try:
        scenario = _validated(raw, merged, seed, chain, decisions, extra)
        scenario = with_decisions(scenario, options) if options else scenario
    except InputError as error:
        raise InputError([known_later(problem, facts, own) for problem in error.problems]) from None
    known, dropped = facts_known(facts, scenario.as_of)
    inputs = input_files(merged, seed)
    drawn = assumed(scenario, *by)
    return Resolved(
        scenario=scenario,
        given=str(given),
        seed=as_known(seed, known),
        digest=digest_of(scenario, drawn, seed, inputs),
        files=tuple(document.name for document in [*seed.documents, *chain.documents.values()]),
        folder=path.parent,
        facts=known,
        dropped_facts=dropped,
        inputs=inputs,
        fixed=fixed,
        assumptions=drawn,
        held=held(scenario, drawn),
        merged=merged,
        overrides=texts,
    )


def loaded(scenario: Resolved | str | Path, overrides: Overrides = ()) -> Resolved:
    """Return a scenario that is loaded already, or load it.

    Raises:
        InputError: as `load`; or overlays are given beside a loaded scenario, which would not see
        them.
    """
    if not isinstance(scenario, Resolved):
        return load(scenario, overrides)
    if overlay_texts(overrides) not in ((), scenario.overrides):
        raise InputError("this scenario is loaded already: give the overrides to sim.load")
    return scenario


def _shown(path: Path) -> str:
    """Return a path as errors show it: relative where the working folder holds it."""
    try:
        return str(path.resolve().relative_to(Path.cwd().resolve()))
    except (ValueError, OSError):
        return str(path)


def _stop(problems: list[Problem], chain: Chain) -> None:
    if problems:
        raise InputError(
            in_file_order(problems, [document.name for document in chain.documents.values()])
        )


def _seed(own: Merged, path: Path, chain: Chain) -> Seed:
    leaf = own.get(("seed",), (None,))[0]
    if leaf is None:
        raise InputError(
            Problem("'seed' is missing", file=_shown(path), path="seed", hint='add seed = "..."')
        )
    folder = find_seed(leaf.value, path.parent) if isinstance(leaf.value, str) else None
    if folder is None:
        there = ", ".join(found.name for found in list_seed_folders())
        raise InputError(
            leaf.document.problem(
                leaf.path, "no seed of this name", f"there are: {there}" if there else ""
            )
        )
    return load_seed(folder)


def _seeded(seed: Seed, facts: list[Known], own: Merged, chain: Chain) -> list[Layer]:
    """Return what the seed states and what follows from the facts up to the as-of date.

    A value is written once: what a fact gives, no table of the seed gives too.
    """
    leaf = own.get(("as_of",), (None,))[0]
    as_of = leaf.value if leaf is not None and type(leaf.value) is dt.date else seed.head.as_of
    chronicle = folded(facts, as_of, incumbent_of(seed.parameters))
    for table in seed.parameters:
        chain.minor += conflicts(chronicle, table, also_equal=True)
    return [*seed.parameters, chronicle]


def _given(merged: Merged, seeded: list[Layer]) -> tuple[frozenset[Keys], frozenset[Keys]]:
    """Return the paths whose value is the scenario's own, and those whose value is the seed's."""
    of_seed = {id(leaf) for layer in seeded for leaf in layer.values()}
    by_seed = frozenset(keys for keys, leaves in merged.items() if id(leaves[0]) in of_seed)
    return frozenset(merged) - by_seed, by_seed


def _fixed(merged: Merged, layers: list[Layer]) -> tuple[str, ...]:
    """Return the distributions whose parameter a later layer sets to one value: that value
    holds.
    """
    order = {id(leaf): number for number, layer in enumerate(layers) for leaf in layer.values()}
    found = []
    for keys, leaves in merged.items():
        if len(keys) == 2 and keys[0] in DRAWN_TABLES:
            value = merged.get(keys_of(keys[1]))
            if value is not None and order[id(value[0])] > order[id(leaves[0])]:
                found.append(keys[1])
    return tuple(found)


def _validated(
    raw: dict[str, Any],
    merged: Merged,
    seed: Seed,
    chain: Chain,
    decisions: Decisions | None,
    extra: list[Document],
) -> Scenario:
    files = [document.name for document in [*seed.documents, *chain.documents.values()]]
    problems: list[Problem] = [*chain.minor]
    scenario = None
    try:
        scenario = Scenario.model_validate(raw)
    except ValidationError as error:
        documents = [*seed.documents, *chain.documents.values()]
        found = problems_of(error, Scenario, raw, lambda path: _place(path, merged, documents))
        problems += [said_anew(problem, raw) for problem in found]
    problems += date_problems(raw, merged)
    problems += uncertainty_problems(raw, merged)
    problems += lever_problems(raw, merged)
    problems += source_problems(merged, seed, raw.get("as_of"))
    if raw.get("events"):
        problems += event_problems(
            raw, merged.get(("events",), (None,))[0], decisions or _decisions(scenario, seed)
        )
    problems += missing_inputs(merged, seed)
    problems = with_odd(problems, [*seed.documents, *chain.documents.values(), *extra])
    if problems or scenario is None:
        raise InputError(in_file_order(problems, files))
    return scenario


def _decisions(scenario: Scenario | None, seed: Seed) -> Decisions:
    """Return what the actors decide, by the scenario's parameters or, where it is wrong, by the
    seed's alone.
    """
    if scenario is not None:
        return registered_decisions(scenario)
    try:
        return registered_decisions(CaseParameters.model_validate(tree(merge(seed.parameters))))
    except ValidationError:
        return {}


def _place(path: KeyPath, merged: Merged, documents: list[Document]) -> tuple[Document, KeyPath]:
    """Return the file in which a value stands, and where there: its own leaf's, or the newest that
    sets something below the path. What follows from a fact stands at the fact.
    """
    rank = {id(document): number for number, document in enumerate(documents)}
    keys = tuple(str(part) for part in path)
    for end in range(len(keys), 0, -1):
        if keys[:end] in merged:
            leaf = merged[keys[:end]][0]
            return leaf.document, leaf.path if leaf.facts else path
        below = [leaves[0] for found, leaves in merged.items() if found[:end] == keys[:end]]
        if below:
            leaf = max(below, key=lambda leaf: rank.get(id(leaf.document), len(rank)))
            return leaf.document, (*leaf.path, path[-1]) if leaf.facts else path
    return documents[-1], path
