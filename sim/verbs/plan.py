"""`sim.plan`: how many tables a quick count needs."""

from __future__ import annotations

from pathlib import Path

from sim.fieldwork.plan_strata import PlanRequest
from sim.fieldwork.quick_count_plan import QuickCountPlan, make_plan


def plan(
    *,
    margin: float | None = None,
    level: float = 0.95,
    tables: int | None = None,
    past: Path | str | None = None,
    mapping: Path | str | None = None,
    frame: Path | str | None = None,
    nonresponse: float = 0.1,
    strata: int = 8,
    candidate: str | None = None,
    neyman: bool = False,
    past_correlation: float = 0.75,
) -> QuickCountPlan:
    """Return the plan of a quick count: reports needed, allocation, expected margins.

    Args:
        margin: wanted half-width, as a share; or tables: reports that can be had. past: an earlier
        election by table, with its mapping. frame: list of all tables. nonresponse: share of drawn
        tables that will not report. neyman: allocate by spread too. past_correlation: of a table's
        share then and now.

    Raises:
        InputError: a file cannot be read, or the numbers cannot be.
    """
    request = PlanRequest(
        margin=margin,
        level=level,
        tables=tables,
        past=_path(past),
        mapping=_path(mapping),
        frame=_path(frame),
        nonresponse=nonresponse,
        strata=strata,
        candidate=candidate,
        neyman=neyman,
        past_correlation=past_correlation,
    )
    return make_plan(request)


def _path(given: Path | str | None) -> Path | None:
    return None if given is None else Path(given)
