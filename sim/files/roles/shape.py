"""Fifth stage: the shape. Wide, long, groups, several contests, tables across: what only a mapping
can settle is refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import polars as pl

from sim.files.opening.columns import Columns
from sim.files.opening.hashes import Hashes, cell_hashes, different
from sim.files.opening.header import Table
from sim.files.roles.words import COUNTED, role_of, says

MOST_LABELS, PROBE, PROBED_LABELS = 400, 2000, 40
REPEATS = 1.5
NUMBERED = re.compile(r"^(\D*?)[\s_]*(\d{1,3})[\s_]*(\D*)$")


@dataclass(frozen=True, slots=True)
class LongShape:
    """A file with one row for each candidate of a table: columns with labels, votes, other facts
    and the key.
    """

    label: int
    votes: int
    key: tuple[int, ...]
    contest: tuple[int, ...]
    facts: tuple[int, ...]
    kind: int | None = None


def is_across(table: Table) -> bool:
    """Return whether tables stand in columns: the first column names counts, the header names
    none.
    """
    first = [cell for cell in table.cells(0).to_list() if cell]
    down = sum(role_of(cell) in COUNTED for cell in first)
    over = sum(role_of(name) in COUNTED for name in table.names[1:])
    return down >= 2 and over == 0 and len(first) <= MOST_LABELS


def group_shape(table: Table) -> tuple[int, int] | None:
    """Return (first column of the group, its width) where rows are longer than the header in steps
    of one width.
    """
    named = len(table.names)
    while named and not table.names[named - 1]:
        named -= 1
    beyond = table.frame.width - named
    if table.longer is None or len(table.longer) < 0.5 * table.frame.height or beyond < 2:
        return None
    some = table.frame.head(200)
    for width in range(2, min(beyond, 40) + 1):
        start = named - width
        if beyond % width or start < 1:
            continue
        same = [
            kind_of(some[str(start + k)]) == kind_of(some[str(named + k)]) for k in range(width)
        ]
        if all(same):
            return start, width
    return None


def kind_of(cells: pl.Series) -> str:
    """Return whether a column holds whole numbers, other numbers, text, or nothing."""
    text = cells.str.strip_chars().filter(cells.str.strip_chars() != "")
    if not len(text):
        return "empty"
    if text.str.contains(r"^\d+$").all():
        return "whole"
    return "decimal" if text.str.contains(r"^\d+[.,]\d+%?$").mean() > 0.5 else "text"  # type: ignore[operator]


def numbered_groups(table: Table, columns: Columns) -> dict[str, dict[int, int]] | None:
    """Return stem -> number -> column where columns are numbered with the same words and one stem
    holds names.
    """
    stems: dict[str, dict[int, int]] = {}
    for k, name in enumerate(table.names):
        match = NUMBERED.match(name)
        if match:
            stem = f"{match[1]} {match[3]}".strip(" _-.")
            stems.setdefault(stem, {})[int(match[2])] = k
    groups = {stem: at for stem, at in stems.items() if len(at) >= 2}
    if len(groups) < 2:
        return None
    numbers = max(
        (frozenset(at) for at in groups.values()),
        key=lambda s: sum(s == frozenset(a) for a in groups.values()),
    )
    groups = {stem: at for stem, at in groups.items() if frozenset(at) == numbers}
    texts = [
        s
        for s, at in groups.items()
        if all(c in columns.text for c in at.values())
        and any(says(s, "levels", word) for word in ("label", "name"))
    ]
    wholes = [s for s, at in groups.items() if all(c in columns.whole for c in at.values())]
    return groups if texts and wholes else None


def contest_column(table: Table, columns: Columns) -> int | None:
    """Return a column that says round, office or ballot and holds several values, each on many
    rows; or None.
    """
    for k in range(table.frame.width):
        if not says(table.names[k], "levels", "contest") or role_of(table.names[k]) in COUNTED:
            continue
        values = table.cells(k)
        counts = values.filter(values != "").value_counts()
        if 2 <= counts.height <= 12 and int(counts["count"].min()) >= 2:  # type: ignore[arg-type]
            return k
    return None


def tied(hashes: dict[int, Hashes], label: int, other: int, labels: int) -> bool:
    """Return whether one column says nothing beyond the other: each label has one value, as a
    party's number has.
    """
    return different(hashes, [label, other]) == labels and different(hashes, [other]) > 1


def long_shape(table: Table, columns: Columns, strong: bool) -> LongShape | None:
    """Return the parts of a long file, or None. strong: only where a column's word says candidate,
    party or option.

    A large file is judged by its first rows, and by all rows of a few tables, wherever they stand.
    """
    if table.frame.height <= PROBE:
        return long_parts(table, columns, strong)
    first = replace(table, frame=table.frame.head(PROBE))
    return long_parts(first, columns, strong) or long_parts(
        some_tables(table, columns), columns, strong
    )


def some_tables(table: Table, columns: Columns) -> Table:
    """Return all rows that show one of a few values of the column that names most."""
    naming = [
        k
        for k in range(table.frame.width)
        if k not in columns.decimal and not is_measure(table, columns, k)
    ]
    top = max(naming, key=lambda k: table.frame[str(k)].n_unique(), default=0)
    few = table.frame[str(top)].gather_every(max(table.frame.height // 200, 1))
    return replace(
        table, frame=table.frame.filter(pl.col(str(top)).is_in(few.unique().to_list())).head(PROBE)
    )


def long_parts(table: Table, columns: Columns, strong: bool) -> LongShape | None:
    """Return the parts of a long file, looked for among these rows."""
    n, width = table.frame.height, table.frame.width
    hashes = cell_hashes(table.frame, range(width))
    measure = {k for k in columns.whole if is_measure(table, columns, k)}
    for label in label_columns(table, columns, hashes, measure, strong):
        labels = different(hashes, [label])
        free = [
            k
            for k in range(width)
            if k != label and k not in columns.decimal and not tied(hashes, label, k, labels)
        ]
        measures = [k for k in free if k in measure]
        for votes in vote_columns(table, measures)[:3]:
            known = [m for m in measures if m != votes]
            for facts in (known, []) if strong and known else (known,):
                key = [k for k in free if k != votes and (k not in measures or k in facts)]
                if (
                    different(hashes, key) * REPEATS > n
                    or different(hashes, [*key, label]) < 0.98 * n
                ):
                    continue
                return described(table, columns, hashes, (label, votes), key, facts)
    return None


def label_columns(
    table: Table, columns: Columns, hashes: dict[int, Hashes], measure: set[int], strong: bool
) -> list[int]:
    """Return the columns that may hold labels of candidates, those that say so first."""
    out = []
    for k in range(table.frame.width):
        worded = says(table.names[k], "levels", "label")
        if k in columns.whole and (
            (k in measure and not worded) or role_of(table.names[k]) in COUNTED
        ):
            continue
        if (worded or not strong) and 2 <= different(hashes, [k]) <= min(
            MOST_LABELS, table.frame.height // 2
        ):
            out.append((not worded, not names_counts(table, k), k))
    return [k for *_, k in sorted(out)]


def names_counts(table: Table, k: int) -> bool:
    """Return whether some of a column's labels are words of counts ("Invalid", "Turnout")."""
    return any(role_of(cell) in COUNTED for cell in labels_of(table, k)[:PROBED_LABELS])


def is_measure(table: Table, columns: Columns, k: int) -> bool:
    """Return whether a column of whole numbers counts something rather than naming something."""
    name = table.names[k]
    if role_of(name) is not None or says(name, "levels", "votes"):
        return True
    return not any(
        says(name, "levels", level)
        for level in ("table", "centre", "region", "code", "contest", "label")
    )


def vote_columns(table: Table, measures: list[int]) -> list[int]:
    """Return the columns that may hold the votes, those that say so first."""
    return sorted(measures, key=lambda k: (not says(table.names[k], "levels", "votes"), -k))


def described(
    table: Table,
    columns: Columns,
    hashes: dict[int, Hashes],
    pair: tuple[int, int],
    key: list[int],
    facts: list[int],
) -> LongShape:
    """Return the parts of a long file with its key reduced to what tells tables apart."""
    contest = tuple(
        k for k in key if says(table.names[k], "levels", "contest") and different(hashes, [k]) > 1
    )
    kind = next(
        (k for k in key if k in columns.text and says(table.names[k], "levels", "votes")), None
    )
    names = [k for k in key if k not in facts and k not in contest and k != kind]
    full = different(hashes, names)
    for k in sorted(
        names, key=lambda k: (any(says(table.names[k], "levels", w) for w in ("table", "code")), -k)
    ):
        rest = [c for c in names if c != k]
        if rest and different(hashes, rest) == full:
            names = rest
    return LongShape(pair[0], pair[1], tuple(names), contest, tuple(facts), kind)


def labels_of(table: Table, column: int) -> list[str]:
    """Return the different labels of a column, in order of appearance."""
    return [cell for cell in dict.fromkeys(table.cells(column).to_list()) if cell]
