"""All that is to say about one value of a loaded scenario: the data behind `sim show --explain`."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sim.documents.fields import Spec, find_spec, nearest_path
from sim.errors import InputError, Problem
from sim.records.parameters.base_rates import BASE_RATES
from sim.records.results.shown import Shown
from sim.scenario.checks import keys_of
from sim.scenario.forced.by_name import FREE, decision_problem, is_decision
from sim.scenario.forced.events import registered_decisions
from sim.scenario.keys.origins import DEFAULT, Provenance
from sim.scenario.load import Resolved, loaded
from sim.scenario.schema import Scenario
from sim.sources import ASSUMPTION


@dataclass(frozen=True, slots=True, repr=False)
class Explanation(Shown):
    """All that is to say about one value.

    `reference` is the source in full; `dated` is when it was public. `open_ends`: whether the
    lower and the upper bound is itself refused.
    """

    dotted: str
    provenance: Provenance
    study_range: tuple[float, float] | None
    bounds: tuple[float | None, float | None] | None
    reference: str
    dated: dt.date | None
    note: str
    uncertain: str
    choices: tuple[str, ...]
    assumed: str = ""
    open_ends: tuple[bool, bool] = (False, False)
    base_rate: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the explanation as JSON values (dates and other values as `str` where JSON has
        none).
        """
        return asdict(self)


STUDIED = {
    "uncertainties": "distribution of the value that this key names: drawn by studies",
    "assumptions": "distribution of the value that this key names: drawn once a set",
    "levers": "values of this key that studies and explorers try",
}
"""Tables whose keys are dotted paths of other values."""


def explain(scenario: Resolved | str | Path, dotted: str) -> Explanation:
    """Return a value, its unit, range, source, file and line, and what it overrode.

    Raises:
        InputError: no value has this path; names the nearest.
    """
    resolved = loaded(scenario)
    entry = resolved.provenance.get(dotted)
    found = find_spec(Scenario, keys_of(dotted))
    if entry is None:
        raise InputError(_unknown(resolved.scenario, dotted, found))
    spec = found if isinstance(found, Spec) else None
    references = [
        reference
        for key in entry.source.split(", ")
        if (reference := resolved.seed.reference(key)) is not None
    ]
    uncertain = resolved.scenario.uncertainties.get(dotted)
    assumed = resolved.assumptions.get(dotted)
    return Explanation(
        dotted=dotted,
        provenance=entry,
        study_range=spec.study_range if spec else None,
        bounds=_finite(spec),
        reference="; ".join(reference.text for reference in references)
        or (ASSUMPTION if entry.source == ASSUMPTION else ""),
        dated=max((reference.known_on for reference in references), default=None),
        note=spec.note if spec else STUDIED.get(keys_of(dotted)[0], ""),
        uncertain=""
        if uncertain is None
        else f"{uncertain.kind} {getattr(uncertain, uncertain.kind)}",
        assumed=assumed.words() if assumed is not None else "",
        open_ends=spec.open_ends if spec else (False, False),
        base_rate=_rests_on(spec, entry.file),
        choices=tuple(str(value) for value in resolved.scenario.levers.get(dotted, ())),
    )


def _rests_on(spec: Spec | None, file: str) -> str:
    """Return the base rate on which a default rests, "" where a file gives another value."""
    row = BASE_RATES.get(str(spec.extra.get("base_rate", ""))) if spec is not None else None
    return row.words() if row is not None and file == DEFAULT else ""


def _unknown(scenario: Scenario, dotted: str, found: object) -> Problem:
    """Return why nothing is explained: a decision, a table, or a name that nothing has."""
    keys = keys_of(dotted)
    if is_decision(scenario.cast, keys):
        problem = decision_problem(scenario, dotted, FREE)
        if problem is not None:
            return problem
        options = ", ".join([*registered_decisions(scenario)[keys[0]][keys[1]], FREE])
        hint = f"fix it with --set {dotted}=OPTION ({options}); `sim list roles` says what it is"
        return Problem(f"a decision that {keys[0]} takes, not a value", path=dotted, hint=hint)
    hint = "name a value inside this table"
    if isinstance(found, int):
        hint = nearest_path(Scenario, keys, found)
    return Problem(f"no value is called '{dotted}'", path=dotted, hint=hint)


def _finite(spec: Spec | None) -> tuple[float | None, float | None] | None:
    """Return the hard bounds, None where there is none on a side; None where there is none at
    all.
    """
    if spec is None or spec.bounds == (float("-inf"), float("inf")):
        return None
    low, high = spec.bounds
    return (low if low > float("-inf") else None, high if high < float("inf") else None)
