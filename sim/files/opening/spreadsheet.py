"""Spreadsheets by python-calamine (a binding of the Rust library calamine; xlsx, xls, xlsb, ods):
every cell as text.
"""

from __future__ import annotations

import datetime
from io import BytesIO

import numpy as np
import python_calamine as calamine

from sim.errors import InputError, Problem
from sim.files.opening.container import Source
from sim.files.opening.grid import Grid, from_rows
from sim.files.refusal import RefusalError

MOST_CELLS = 40_000_000


def cell_text(value: object) -> str:
    """Return a cell as it is shown: whole numbers without a decimal point, dates in ISO form."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return (
            value.isoformat(sep=" ") if isinstance(value, datetime.datetime) else value.isoformat()
        )
    return str(value)


def read_sheet(source: Source, sheet: str | None = None) -> tuple[Grid, str]:
    """Return (cells of the sheet, its name): the named one, or the one with most filled cells.

    Raises:
        RefusalError: no such sheet, or two sheets of one size. InputError: the workbook cannot be
        opened.
    """
    try:
        book = calamine.CalamineWorkbook.from_filelike(BytesIO(source.raw))
        names = book.sheet_names
        if sheet is not None and sheet not in names:
            listed = ", ".join(map(repr, names))
            raise RefusalError(
                "members",
                f"no sheet {sheet!r} in the spreadsheet",
                f"its sheets: {listed}",
                source.name,
            )
        chosen = [sheet] if sheet is not None else list(names)
        pages = {name: rows_of(book, name, source.name) for name in chosen}
    except (calamine.CalamineError, calamine.WorksheetNotFound, OSError, ValueError) as error:
        hint = "save it as CSV (UTF-8) and try again"
        raise InputError(
            Problem(f"this spreadsheet cannot be read: {error}", file=source.name, hint=hint)
        ) from error
    name = largest(pages, source.name) if sheet is None else sheet
    rows, lines = pages[name]
    return from_rows(rows, np.array(lines, dtype=np.int64), "", source.name), name


def rows_of(
    book: calamine.CalamineWorkbook, name: str, file: str
) -> tuple[list[list[str]], list[int]]:
    """Return (rows with something in them, their numbers as the spreadsheet shows them)."""
    page = book.get_sheet_by_name(name)
    if page.total_height * page.total_width > MOST_CELLS:
        raise InputError(
            Problem(
                f"sheet {name!r} has more than {MOST_CELLS:,} cells",
                file=file,
                hint="save it as CSV",
            )
        )
    raw = page.to_python(skip_empty_area=False)
    rows = [[cell_text(cell) for cell in row] for row in raw]
    kept = [i for i, row in enumerate(rows) if any(row)]
    return [rows[i] for i in kept], [i + 1 for i in kept]


def largest(pages: dict[str, tuple[list[list[str]], list[int]]], file: str) -> str:
    """Return the sheet that holds most cells; a second one half as large leaves the choice open."""
    sizes = {name: sum(sum(map(bool, row)) for row in rows) for name, (rows, _) in pages.items()}
    order = sorted(sizes, key=lambda name: -sizes[name])
    if len(order) > 1 and sizes[order[1]] > 0.5 * sizes[order[0]]:
        listed = ", ".join(repr(name) for name in order)
        fix = f'name one in a mapping file: [file] sheet = "{order[0]}"'
        raise RefusalError(
            "members",
            f"the spreadsheet has several sheets that may be the table: {listed}",
            fix,
            file,
            mapping=f'format = 2\n[file]\nsheet = "{order[0]}"\n[columns]\ntable = '
            '"..."\n[candidates]\n',
        )
    return order[0]
