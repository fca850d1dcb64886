"""The plan of a quick count as a document: its numbers, without the list of all tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, get_type_hints

from sim.fieldwork.call_chances import CallChance
from sim.fieldwork.quick_count_plan import QuickCountPlan

SCALARS = (
    "candidate",
    "basis",
    "p",
    "tables_in_all",
    "mean_valid",
    "design_effect",
    "level",
    "margin",
    "naive_voters",
    "naive_tables",
    "plain_tables",
    "stratified_tables",
    "drawn",
    "naive_margin",
    "plain_margin",
    "stratified_margin",
    "nonresponse",
)


def hints() -> dict[str, Any]:
    """Return the types of the plan's fields."""
    return get_type_hints(QuickCountPlan)


def plan_document(plan: QuickCountPlan, chances: Sequence[CallChance]) -> dict[str, object]:
    """Return the plan's numbers, its strata and, where a country was simulated, its chances."""
    return {
        **{name: getattr(plan, name) for name in SCALARS},
        "strata": [asdict(row) for row in plan.strata],
        "notes": list(plan.notes),
        "chances": [asdict(row) for row in chances],
    }
