"""The power tables in README and docs/power.md are those of docs/power_table.csv, and the table of
false alarms is that of the estimators.

`python -m tests.unit.pages.test_power_pages` prints all, to be put in when the kept table is made
again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from sim.estimators.forensic.levels import LEVELS, Level
from sim.power.detection_table import wilson
from sim.power.seen_by import SEEN_BY
from sim.power.worlds import INTENSITIES, SETTINGS

ROOT = Path(__file__).parents[3]
METHODS = {
    "quick_count_ratio": "quick count",
    "missing_tables_bounds": "bounds for the missing",
    "copy_discrepancy": "copies against rows",
    "totals_impossibility": "totals against copies",
    "rounded_percentages": "rounded totals",
    "observer_incidents": "incident reports",
    "box_check": "opened boxes",
    "batch_polling_alpha": "audit by copies",
    "batch_comparison_macro": "audit of rows",
    "integer_percentages": "whole percentages",
    "turnout_share_slope": "turnout and share inside centres",
    "centre_hypergeometric": "spread inside centres",
    "history_residuals": "change since an earlier election",
    "last_digit": "last digits",
    "second_digit": "second digits",
    "zero_five_endings": "endings in 0 or 5",
    "share_moments": "shape of the vote rate",
    "fingerprint_fit": "fitted fingerprint",
}
EVIDENCE = "default loss"
Cell = Mapping[str, Any]


def kept() -> dict[tuple[str, str], Cell]:
    """Return the kept table's rows under default loss by world and estimator."""
    rows = pl.read_csv(ROOT / "docs" / "power_table.csv").filter(pl.col("evidence") == EVIDENCE)
    return {(r["world"], r["estimator"]): r for r in rows.to_dicts()}


def apart(cell: Cell) -> bool:
    """Return whether a method finds this world more often than it cries wolf (95 % intervals)."""
    return bool(cell["rejection_low"] > cell["false_alarm_high"])


def share(cell: Cell, name: str) -> str:
    """Return "100 (97-100)": percent with its 95 % interval."""
    low, high = (f"{100 * cell[f'{name}_{end}']:.0f}" for end in ("low", "high"))
    return f"{100 * cell[f'{name}_share']:.0f} ({low}-{high})"


def markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a table."""
    return [
        f"| {' | '.join(head)} |",
        "|" + "---|" * len(head),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def detections() -> list[str]:
    """Return a row for each manipulation and method that sees it at some intensity."""
    found, rows = kept(), []
    for done in sorted(SETTINGS):
        for key, name in METHODS.items():
            cells = [found.get((f"{done}, {how}", key)) for how in INTENSITIES]
            if any(c is not None and apart(c) for c in cells):
                shown = ["" if c is None else share(c, "rejection") for c in cells]
                first = next(c for c in cells if c is not None)
                row = [done.replace("_", " "), name, *shown, share(first, "false_alarm")]
                rows.append([*row, str(first["n"])])
    return markdown(("done", "method", *INTENSITIES, "false alarms", "elections"), rows)


def unseen() -> str:
    """Return the manipulations that no method sees at any intensity."""
    seen = {line.split(" | ")[0].removeprefix("| ") for line in detections()[2:]}
    return ", ".join(n for n in (k.replace("_", " ") for k in sorted(SETTINGS)) if n not in seen)


def measured(level: Level) -> str:
    """Return the false alarms in simulated elections with their 95 % interval, in percent."""
    part, low, high = (100 * x for x in wilson(level.alarms, level.elections))
    return f"{level.alarms} of {level.elections:,}: {part:.1f} ({low:.1f}-{high:.1f})"


def false_alarms() -> list[str]:
    """Return a row for each test of rows: how often it cries wolf, whether it gives verdicts."""
    rows = [
        [
            METHODS[key],
            measured(level),
            f"{level.file_alarms} of {level.files}",
            "yes" if level.held else "no",
        ]
        for key, level in LEVELS.items()
    ]
    head = ("test of rows", "simulated elections, alarms (%)", "real files, alarms", "verdicts")
    return markdown(head, rows)


def pages() -> dict[str, Sequence[list[str]]]:
    """Return the tables of each page."""
    return {"docs/power.md": (detections(), [unseen()], false_alarms()), "README.md": ([unseen()],)}


@pytest.mark.parametrize("page", ["README.md", "docs/power.md"])
def test_the_page_shows_the_kept_table(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [lines[0] for lines in pages()[page] if "\n".join(lines) not in text] == []


def test_the_lists_name_the_methods_that_the_kept_table_names() -> None:
    found: dict[str, set[str]] = {done: set() for done in SETTINGS}
    for (world, estimator), cell in kept().items():
        done, *how = world.split(", ")
        if len(how) == 1 and apart(cell):
            found[done].add(estimator)
    assert {done: set(methods) for done, methods in SEEN_BY.items()} == found


if __name__ == "__main__":
    sys.stdout.write(
        "\n\n".join("\n".join(lines) for tables in pages().values() for lines in tables) + "\n"
    )
