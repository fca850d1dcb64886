"""Runs for tests of reports, made up in a moment: three outcomes, few settings, no simulation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sim.output.report.run.moments import MOMENTS, Path3
from sim.output.report.run.subject import Subject

HOSTILE = "</script><script>alert(1)</script>"


def subject(paths: list[Path3], **changed: Any) -> Subject:
    """Return a run whose replicates end as told."""
    columns = {name: [path[i] for path in paths] for i, name in enumerate(MOMENTS)}
    settings = {
        "title": "Testland",
        "description": "Setting. Who governs?",
        "seed": "testland",
        "as_of": "2030-01-01",
        "vote": {"days": ["2030-03-03"]},
        "calendar": {"inauguration": "2030-04-12T12:00:00"},
    } | changed
    manifest = {"scenario_digest": "d", "entropy": "0x1", "failures": [], "replicates": [0, 1]}
    numbers = tuple(range(len(paths)))
    return Subject(
        "testland",
        columns,  # type: ignore[arg-type]
        numbers,
        0,
        settings,
        {},
        manifest,
        "sim run testland",
        None,
        "made up",
        Path("nowhere"),
    )


OPPOSITION, OVERRIDDEN = ("opposition",) * 3, ("opposition", "incumbent", "incumbent")
HUNDRED: list[Path3] = [OVERRIDDEN] * 70 + [OPPOSITION] * 30
TWELVE: list[Path3] = [OVERRIDDEN] * 9 + [OPPOSITION] * 3


def compared_subject(title: str, columns: dict[str, list[Any]], **changed: Any) -> Subject:
    """Return a run that can be compared, with any outcomes."""
    import dataclasses

    import polars as pl

    from sim.studies.comparison.sides import Side

    n = len(next(iter(columns.values())))
    head = {"replicate": list(range(n)), "error": pl.Series([None] * n, dtype=pl.String)}
    side = Side(title, pl.DataFrame(head | columns), "0x1", "register", "model", tuple(columns))
    made = subject([OPPOSITION] * n, title=title, **changed)
    return dataclasses.replace(made, columns=columns, origin=side)
