"""Read announced totals from a small TOML file.

share_counted = 0.97        # share of tables in the totals, where it was stated
tables        = 30026       # polling tables in all
registered    = 21321805    # voters on the register
invalid       = 50785
rows          = "rows.csv"  # results by table, if they are out: beside this file

[totals]
"First candidate" = 6408844
others            = 600936  # everybody not named
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.csv_rows import inside
from sim.files.roles.words import fold

OTHERS = "others"
NUMBERS = {
    "share_counted": (0.0, 1.0),
    "tables": (1, 10**8),
    "registered": (1, 10**10),
    "invalid": (0, 10**10),
}


@dataclass(frozen=True, slots=True, eq=False)
class AnnouncedTotals:
    """names, totals: K entries as the evidence will list them. members: file candidates (row
    numbers) behind each.
    """

    names: tuple[str, ...]
    totals: NDArray[np.int64]
    members: tuple[tuple[int, ...], ...]
    share_counted: float | None
    tables: int | None
    registered: int | None
    invalid: int | None
    rows: Path | None


def read_announced(path: Path, candidates: Sequence[str]) -> AnnouncedTotals:
    """Return announced totals for the file's candidates; those not named are the others.

    Raises:
        InputError: every mistake of the file at once.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"cannot be read as TOML: {error}", file=str(path))) from error
    totals = data.get("totals", {})
    if not isinstance(totals, dict) or not isinstance(data.get("rows", ""), str):
        raise InputError(
            Problem(
                "write totals as a table [totals], and rows as the name of a file", file=str(path)
            )
        )
    problems = number_problems(data, totals, path)
    known = {fold(name): row for row, name in enumerate(candidates)}
    named = {known[fold(name)]: name for name in totals if fold(name) in known}
    for name in totals:
        if fold(name) not in known and fold(name) != OTHERS:
            problems.append(
                Problem(
                    f"no candidate {name!r} in the tally file",
                    file=str(path),
                    hint=f"there: {', '.join(candidates)}",
                )
            )
    rest = tuple(row for row in range(len(candidates)) if row not in named)
    has_others = any(fold(name) == OTHERS for name in totals)
    if not named and totals and not problems:
        problems.append(
            Problem("no total is for a candidate of the tally file", file=str(path), path="totals")
        )
    if rest and not has_others and not problems:
        missing = ", ".join(candidates[row] for row in rest)
        problems.append(
            Problem(
                f"no total for {missing}",
                file=str(path),
                path="totals",
                hint="add them, or others = ...",
            )
        )
    if problems:
        raise InputError(problems)
    rows = sorted(named)
    others = sum(v for name, v in totals.items() if fold(name) == OTHERS and OTHERS not in known)
    names = tuple(candidates[r] for r in rows) + ((OTHERS,) if rest else ())
    values = [totals[named[r]] for r in rows] + ([others] if rest else [])
    members = tuple((r,) for r in rows) + ((rest,) if rest else ())
    place = inside(path.parent, data["rows"]) if "rows" in data else None
    parts = {key: data.get(key) for key in NUMBERS}
    return AnnouncedTotals(names, np.array(values, dtype=np.int64), members, rows=place, **parts)


def number_problems(
    data: dict[str, object], totals: dict[str, object], path: Path
) -> list[Problem]:
    """Return what is wrong with keys and numbers."""
    known = {*NUMBERS, "rows", "totals"}
    out = [
        Problem(f"unknown key {key!r}", file=str(path), hint=f"known: {', '.join(sorted(known))}")
        for key in data
        if key not in known
    ]
    for name, value in totals.items():
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            out.append(
                Problem(
                    f"{name} must be a whole number of votes, 0 or more",
                    file=str(path),
                    path="totals",
                )
            )
    for key, (low, high) in NUMBERS.items():
        value = data.get(key)
        whole = key != "share_counted"
        if value is not None and (
            not isinstance(value, int if whole else (int, float)) or not low <= value <= high
        ):
            out.append(
                Problem(f"{key} must lie between {low:,} and {high:,}", file=str(path), path=key)
            )
    if totals and not out and not any(totals.values()):
        words = "the announced totals are all 0: there is no result to compare with"
        hint = "give the announced votes, or leave --announced out"
        out.append(Problem(words, file=str(path), path="totals", hint=hint))
    if not totals:
        out.append(Problem("[totals] with a number for each candidate is needed", file=str(path)))
    return out
