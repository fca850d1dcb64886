"""The list of drawn tables that `sim plan --out` writes, read back on the night: it is the sample,
never the list of all tables.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.csv_rows import Rows, decimals, read_rows, texts, unique, whole_numbers
from sim.models.quick_count.sample_design import mean_by_stratum

DRAW_COLUMNS = ("stratum", "what", "role", "order", "table")
"""A file with all of these is such a list."""
MORE_COLUMNS = ("region", "registered", "earlier_share", "stratum_tables")
"""What the plan knows beside: empty cells where its files do not say."""
SAMPLE, REPLACEMENT = "sample", "replacement"


@dataclass(frozen=True, slots=True, eq=False)
class DrawnList:
    """The drawn tables, n of them, in the order of the file.

    codes: (n,). spare: (n,) bool, a replacement. stratum: (n,) int32, 0-based by the plan's
    number. names: (H,). tables: (H,) int64, all tables of each stratum, None where not stated.
    past: (H,) float64, mean earlier share of the drawn tables, NaN where unknown.
    """

    file: str
    codes: tuple[str, ...]
    spare: NDArray[np.bool_]
    stratum: NDArray[np.int32]
    names: tuple[str, ...]
    tables: NDArray[np.int64] | None
    past: NDArray[np.float64]


def is_draw(path: Path) -> bool:
    """Return whether the header is that of a list of drawn tables; a packed file is none."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header = next(csv.reader(stream), [])
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    return set(DRAW_COLUMNS) <= {name.strip() for name in header}


def read_draw(path: Path) -> DrawnList:
    """Return the list.

    Raises:
        InputError: every line with no code, a code twice, an unknown role, a stratum of two sizes.
    """
    rows = read_rows(path)
    at = {name: rows.header.index(name) for name in DRAW_COLUMNS}
    codes = texts(rows, at["table"])
    unique(rows, at["table"], codes)
    number = np.array(whole_numbers(rows, at["stratum"]), dtype=np.int64)
    labels, role = texts(rows, at["what"]), texts(rows, at["role"])
    for (line, _), word in zip(rows.cells, role, strict=True):
        if word not in (SAMPLE, REPLACEMENT):
            hint = f"write {SAMPLE!r} or {REPLACEMENT!r}"
            rows.wrong(line, at["role"], f"{word!r} is no role", hint)
    used, stratum = np.unique(number, return_inverse=True)
    share = decimals(rows, rows.column("earlier_share", False), 0, 1)
    share = np.full(len(codes), np.nan) if share is None else share
    tables = _stratum_tables(rows, stratum, len(used))
    rows.check()
    return DrawnList(
        path.name,
        tuple(_bare(code) for code in codes),
        np.array([word == REPLACEMENT for word in role]),
        stratum.astype(np.int32),
        _names(used.tolist(), number.tolist(), labels),
        tables,
        mean_by_stratum(share, stratum, len(used)),
    )


def _bare(code: str) -> str:
    """Return a code without the apostrophe that keeps spreadsheets from taking it for a formula."""
    return (
        code[1:] if code.startswith("'") and code[1:].lstrip().startswith(tuple("=+-@")) else code
    )


def _names(used: list[int], number: list[int], labels: list[str]) -> tuple[str, ...]:
    first = dict(zip(reversed(number), reversed(labels), strict=True))
    alone = len(set(first.values())) == len(used)
    return tuple(first[n] if alone else f"{n} ({first[n]})" for n in used)


def _stratum_tables(
    rows: Rows, stratum: NDArray[np.int64], strata: int
) -> NDArray[np.int64] | None:
    """Return (H,) the tables of each stratum, None where not stated; two numbers are a problem."""
    column = rows.column("stratum_tables", False)
    if column is None or not any(cells[column] for _, cells in rows.cells):
        return None
    each = np.array(whole_numbers(rows, column), dtype=np.int64)
    listed = np.bincount(stratum, minlength=strata)
    out = np.zeros(strata, dtype=np.int64)
    for row, ((line, _), h) in enumerate(zip(rows.cells, stratum.tolist(), strict=True)):
        if out[h] and out[h] != each[row]:
            rows.wrong(line, column, "another number of tables than above for this stratum")
        elif each[row] < listed[h]:
            rows.wrong(line, column, f"the list itself holds {listed[h]} tables of this stratum")
        out[h] = each[row]
    return out


def wrong_place(path: Path, option: str) -> InputError:
    """Return the error for such a list given where the list of all tables is needed."""
    return InputError(
        Problem(
            f"this is the list of drawn tables that `sim plan` wrote, not the list of all tables "
            f"that {option} needs",
            file=str(path),
            hint="give the file from which the sample was drawn",
        )
    )
