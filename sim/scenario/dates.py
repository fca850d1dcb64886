"""Days of the clock written as dates.

A parameter that counts days may be written as a number, which moves with the vote, or as a date,
which stays where it is when the vote moves.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any, get_args

from sim.documents.fields import Spec, find_spec
from sim.documents.merge import Keys, Leaf, Merged
from sim.records.vote.clock import day_of
from sim.scenario.drawn.uncertainties import DRAWN_TABLES
from sim.scenario.schema import Scenario, is_parameter


def in_days(merged: Merged) -> Merged:
    """Return the values with dates as days of the clock wherever a parameter counts days."""
    leaves = merged.get(("vote", "days"))
    days = leaves[0].value if leaves else None
    election = days[0] if isinstance(days, tuple) and days else None
    if type(election) is not dt.date:
        return merged  # the schema says what is wrong with it
    return {keys: _converted(keys, leaves, election) for keys, leaves in merged.items()}


def _converted(keys: Keys, leaves: tuple[Leaf, ...], election: dt.date) -> tuple[Leaf, ...]:
    path = tuple(keys[1].split(".")) if keys[0] in DRAWN_TABLES and len(keys) == 2 else keys
    if not any(_holds_date(leaf.value) for leaf in leaves) or not _counts_days(path):
        return leaves
    return tuple(replace(leaf, value=_days(leaf.value, election)) for leaf in leaves)


def _counts_days(path: Keys) -> bool:
    """Return whether a parameter's own type is a number of days, and no date."""
    spec = find_spec(Scenario, path)
    if not is_parameter(path) or not isinstance(spec, Spec):
        return False
    parts = {spec.annotation, *get_args(spec.annotation)}
    return float in parts and dt.date not in parts


def _holds_date(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_holds_date(item) for item in value.values())
    if isinstance(value, tuple):
        return any(_holds_date(item) for item in value)
    return isinstance(value, dt.date)


def _days(value: Any, election: dt.date) -> Any:
    if isinstance(value, dict):
        return {key: _days(item, election) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(_days(item, election) for item in value)
    return day_of(value, election) if isinstance(value, dt.date) else value
