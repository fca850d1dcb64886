"""Groups of columns, one for each candidate, that name the candidate in their own cells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.counting.prepared import Prepared
from sim.files.mapping.grammar import Mapping
from sim.files.mapping.lookup import Lookup
from sim.files.mapping.wide import filled_down, kept_rows, plan_of, prepare_wide, rules_of, style_of
from sim.files.opening.columns import kinds
from sim.files.opening.header import Table
from sim.files.opening.numbers import EMPTY, OK, parse


def pairs(table: Table, mapping: Mapping, look: Lookup) -> list[tuple[int, int]]:
    """Return (column of the name, column of the votes) of every group."""
    groups = mapping.groups
    assert groups is not None
    if groups.first is None:
        return numbered(groups.candidate, groups.votes, look)
    first, width = look.one(groups.first, "groups.first"), groups.width or 0
    label, votes = (
        look.one(groups.candidate, "groups.candidate"),
        look.one(groups.votes, "groups.votes"),
    )
    look.check()
    if width < 2 or not (first <= label < first + width and first <= votes < first + width):
        hint = "width counts the columns of one group; name and votes stand inside the first"
        raise InputError(
            Problem(
                "the group does not hold its own columns", file=look.file, path="groups", hint=hint
            )
        )
    starts = range(0, table.frame.width - max(label, votes), width)
    return [(label + s, votes + s) for s in starts]


def numbered(candidate: str, votes: str, look: Lookup) -> list[tuple[int, int]]:
    """Return the pairs of columns whose names hold 1, 2, 3 ... in place of {n}."""
    names = look.table.names
    out = []
    for n in range(1, len(names) + 1):
        pair = [form.replace("{n}", str(n)) for form in (candidate, votes)]
        if all(name in names for name in pair):
            out.append((names.index(pair[0]), names.index(pair[1])))
    if not out:
        hint = f"columns: {', '.join(map(repr, names))[:600]}"
        raise InputError(
            Problem(
                f"no columns {candidate!r} and {votes!r}", file=look.file, path="groups", hint=hint
            )
        )
    return out


def widened(table: Table, found: list[tuple[int, int]], file: str) -> tuple[Table, list[str]]:
    """Return (the table with a column of votes for each name in the groups, those names)."""
    names: dict[str, NDArray[np.float64]] = {}
    odd: dict[str, list[tuple[int, str]]] = {}
    for label, votes in found:
        cells, text = table.cells(label), table.cells(votes)
        numbers = parse(text)
        for name in [n for n in cells.unique(maintain_order=True).to_list() if n]:
            here = (cells == name).to_numpy()
            column = names.setdefault(name, np.full(table.frame.height, np.nan))
            if (here & np.isfinite(column)).any():
                line = int(table.lines[int(np.flatnonzero(here & np.isfinite(column))[0])])
                raise InputError(
                    Problem(f"{name!r} stands in two groups of one row", file=file, line=line)
                )
            column[here & (numbers.kind != EMPTY)] = np.nan_to_num(
                numbers.values[here & (numbers.kind != EMPTY)]
            )
            bad = np.flatnonzero(here & (numbers.kind != EMPTY) & (numbers.kind != OK))
            odd.setdefault(name, []).extend((int(i), str(text[int(i)])) for i in bad)
    frame = table.frame
    for k, (name, column) in enumerate(names.items()):
        cells_out = ["0" if np.isnan(v) else str(int(v)) for v in column]
        for i, cell in odd[name]:
            cells_out[i] = cell
        frame = frame.with_columns(pl.Series(str(table.frame.width + k), cells_out))
    padded = (*table.names, *("" for _ in range(table.frame.width - len(table.names))), *names)
    return replace(table, frame=frame, names=padded), list(names)


def mapped_groups(table: Table, mapping: Mapping, file: str) -> Prepared:
    """Return a table of groups as its mapping says.

    Raises:
        InputError: a missing column, or a name in two groups of one row.
    """
    table, kept_out = kept_rows(table, mapping, Lookup(table, file))
    table = filled_down(table, mapping, Lookup(table, file))
    found = pairs(table, mapping, Lookup(table, file))
    wide, names = widened(table, found, file)
    start = wide.frame.width - len(names)
    look = Lookup(wide, file)
    plan = replace(
        plan_of(mapping, look),
        candidates=tuple((name, (start + k,)) for k, name in enumerate(names)),
    )
    look.check()
    ready = prepare_wide(
        wide,
        plan,
        kinds(wide, style_of(mapping)),
        rules_of(mapping),
        look,
        mapping,
        style_of(mapping),
        kept_out,
    )
    return replace(ready, shape="groups")
