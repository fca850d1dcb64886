"""The power tables in README and docs/power.md are those of docs/power_table.csv.

`python -m tests.unit.test_power_pages` prints both, to be put in when the kept table is made again.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl
import pytest

from sim.output.power import cell
from sim.power.worlds import SETTINGS

ROOT = Path(__file__).parents[2]
METHODS = {
    "quick_count_ratio": "quick count",
    "missing_tables_bounds": "bounds",
    "copy_discrepancy": "copies and rows",
    "totals_impossibility": "totals below copies",
    "rounded_percentages": "rounded totals",
    "observer_incidents": "incidents",
    "box_check": "boxes",
    "batch_polling_alpha": "audit by copies",
    "batch_comparison_macro": "audit of rows",
}
ROW_TESTS = {
    "integer_percentages": "integer %",
    "turnout_share_slope": "turnout slope",
    "centre_hypergeometric": "within centres",
    "history_residuals": "history",
    "last_digit": "last digit",
    "second_digit": "second digit",
    "zero_five_endings": "0/5 endings",
    "share_moments": "shape",
    "klimek_fit": "fingerprint",
}
FRONT = [
    key
    for key in METHODS
    if key not in ("missing_tables_bounds", "batch_polling_alpha", "batch_comparison_macro")
]


def table(worlds: dict[str, str], methods: dict[str, str], head: str, *, sizes: bool) -> list[str]:
    """Return the lines of a table of default loss: % found inconsistent (% of false alarms)."""
    rows = (
        pl.read_csv(ROOT / "docs" / "power_table.csv")
        .filter(pl.col("evidence") == "default loss")
        .to_dicts()
    )
    found = {(r["world"], r["estimator"]): r for r in rows}
    lines = [[head, *methods.values()], ["---"] * (1 + len(methods))]
    if sizes:
        lines.append(["*replicates*", *(f"*{found['none', key]['n']}*" for key in methods)])
    for world, name in worlds.items():
        cells = [found.get((world, key)) for key in methods]
        lines.append(
            [
                name,
                *(cell(c["rejection_share"], c["false_alarm_share"]) if c else "" for c in cells),
            ]
        )
    return [
        "| " + " | ".join(line) + " |" if line[0] != "---" else "|" + "|".join(line) + "|"
        for line in lines
    ]


def pages() -> dict[str, Sequence[list[str]]]:
    """Return the tables of each page."""
    honest = {w: w for w in ("none", "none, totals only", "none, voters may leave")}
    worlds = honest | {w: w for key in sorted(SETTINGS) for w in (f"{key}, middle", f"{key}, high")}
    front = {"none": "none"} | {f"{key}, high": key.replace("_", " ") for key in sorted(SETTINGS)}
    return {
        "docs/power.md": (
            table(worlds, METHODS, "world", sizes=True),
            table(worlds, ROW_TESTS, "world", sizes=True),
        ),
        "README.md": (
            table(front, {key: METHODS[key] for key in FRONT}, "high intensity", sizes=False),
        ),
    }


@pytest.mark.parametrize("page", ["README.md", "docs/power.md"])
def test_the_page_shows_the_kept_table(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    assert [lines[0] for lines in pages()[page] if "\n".join(lines) not in text] == []


if __name__ == "__main__":
    sys.stdout.write(
        "\n\n".join("\n".join(lines) for tables in pages().values() for lines in tables) + "\n"
    )
