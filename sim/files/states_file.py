"""Reading the state table of a case (`states.csv`)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.files.csv_rows import Rows, decimals, read_rows, texts, unique, whole_numbers
from sim.records.vote.states import ESTIMATED_MARK, PUBLISHED_MARKS, StateTable

UNKNOWN_SHARE = "where no region is known, write the share of the whole country in every row"


def read_states(path: Path) -> StateTable:
    """Return the state table of a case.

    Columns `state, registered, tables, centres, past_share` are required. `tables_mark` E says that
    the number of tables is an estimate to be shared out by a common divisor (F, P, A or empty:
    given); `abroad` 1 marks the row of voters abroad.

    Raises:
        InputError: every problem of the file.
    """
    rows = read_rows(path)
    columns = {
        name: rows.column(name, True)
        for name in ("state", "registered", "tables", "centres", "past_share")
    }
    rows.check()
    at = {name: column for name, column in columns.items() if column is not None}
    mark, abroad = rows.column("tables_mark", False), rows.column("abroad", False)
    names = texts(rows, at["state"])
    unique(rows, at["state"], names)
    table = StateTable(
        names=tuple(names),
        registered=tuple(whole_numbers(rows, at["registered"], 2**31)),
        tables=tuple(whole_numbers(rows, at["tables"])),
        centres=tuple(whole_numbers(rows, at["centres"])),
        tables_published=tuple(
            value != ESTIMATED_MARK
            for value in _marked(rows, mark, (*PUBLISHED_MARKS, ESTIMATED_MARK, ""))
        ),
        past_share=tuple(_shares(rows, at["past_share"])),
        abroad=tuple(value == "1" for value in _marked(rows, abroad, ("0", "1", ""))),
    )
    for (line, _), tables, centres in zip(rows.cells, table.tables, table.centres, strict=True):
        if tables < centres:
            rows.wrong(
                line,
                at["tables"],
                f"{tables} tables for {centres} centres",
                "a centre has at least one table",
            )
    rows.check()
    return table


def _marked(rows: Rows, column: int | None, allowed: tuple[str, ...]) -> list[str]:
    if column is None:
        return [""] * len(rows.cells)
    for line, cells in rows.cells:
        if cells[column] not in allowed:
            named = ", ".join(mark for mark in allowed if mark)
            rows.wrong(
                line,
                column,
                f"{rows.header[column]} must be one of {named}, found {cells[column]!r}",
            )
    return [cells[column] for _, cells in rows.cells]


def _shares(rows: Rows, column: int) -> list[float]:
    found = decimals(rows, column, 0.001, 0.999, UNKNOWN_SHARE)
    assert found is not None
    for (line, cells), share in zip(rows.cells, found, strict=True):
        if np.isnan(share) and not cells[column]:
            rows.wrong(line, column, f"{rows.header[column]} is empty", UNKNOWN_SHARE)
    return [float(share) for share in found]
