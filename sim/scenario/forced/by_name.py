"""A decision as a key: "government.bar_candidate" = "yes" fixes it from the start, as an entry of
`[[events]]` without a date does. So `--set` and the axes of a sweep take decisions beside
parameters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sim.documents.document import Document
from sim.documents.fields import Spec, find_spec, nearest
from sim.errors import InputError, Problem
from sim.records.parameters.root import Parameters
from sim.scenario.forced.event_targets import KINDS
from sim.scenario.forced.events import registered_decisions
from sim.scenario.schema import ForcedEvent, Scenario

FREE = "free"
"""Instead of an option: the actor decides by itself."""


def is_decision(cast: Mapping[str, Any], keys: Sequence[str]) -> bool:
    """Return whether a key names a decision: no parameter has it, and a member begins it."""
    named = len(keys) in (2, 3) and keys[0] in cast
    return named and not isinstance(find_spec(Scenario, tuple(keys)), Spec)


def decision_problem(parameters: Parameters, dotted: str, option: object) -> Problem | None:
    """Return what is wrong with a decision as a key, or with its option."""
    actor, decision, *target = dotted.split(".")
    known = registered_decisions(parameters).get(actor, {})
    if decision not in known:
        hint = nearest(decision, sorted(known)) or f"it decides: {', '.join(known)}"
        return Problem(f"{actor} decides nothing called '{decision}'", path=dotted, hint=hint)
    if option not in (*known[decision], FREE):
        options = ", ".join([*known[decision], FREE])
        return Problem(f"'{option}' is no option of it", path=dotted, hint=f"one of: {options}")
    if target and decision not in KINDS:
        return Problem(f"'{decision}' has no target", path=dotted, hint=f"write {actor}.{decision}")
    return None


def with_decisions(scenario: Scenario, options: Mapping[str, object]) -> Scenario:
    """Return the scenario with these decisions fixed from the start; "free" lifts what a file fixed
    without a date.

    Raises:
        InputError: every decision or option that does not exist.
    """
    said = (decision_problem(scenario, dotted, option) for dotted, option in options.items())
    problems = [problem for problem in said if problem is not None]
    if problems:
        raise InputError(problems)
    new = [_event(dotted, option) for dotted, option in options.items()]
    places = {(one.actor, one.decision, one.target) for one in new}
    kept = (
        one
        for one in scenario.events
        if one.at is not None or (one.actor, one.decision, one.target) not in places
    )
    events = (*kept, *(one for one in new if one.option != FREE))
    return scenario.model_copy(update={"events": events})


def _event(dotted: str, option: object) -> ForcedEvent:
    actor, decision, *target = dotted.split(".")
    return ForcedEvent(
        actor=actor, decision=decision, option=str(option), target=target[0] if target else ""
    )


def taken_out(raw: dict[str, Any], overlays: Sequence[Document]) -> dict[str, object]:
    """Take the decisions of `--set` overlays out of a scenario's raw values, and return them by
    their keys, the last of each.
    """
    found: dict[str, object] = {}
    given = raw.get("cast")
    cast: dict[str, Any] = given if isinstance(given, dict) else {}
    for document in overlays:
        for keys, option in _leaves(document.data, ()):
            if is_decision(cast, keys):
                found[".".join(keys)] = option
                _remove(raw, keys)
    return found


def _leaves(value: Any, keys: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*keys, str(key)))
    else:
        yield keys, value


def _remove(raw: dict[str, Any], keys: Sequence[str]) -> None:
    first, *rest = keys
    if rest and isinstance(raw.get(first), dict):
        _remove(raw[first], rest)
        if not raw[first]:
            del raw[first]
    elif not rest:
        raw.pop(first, None)
