"""A long file, one row for each candidate of a table, made ready with the labels that its mapping
names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.counting.cells import KINDS, Cells, Flags, Floats, joined_text, table_codes, text_of
from sim.files.counting.prepared import Prepared
from sim.files.counting.rows import Outside
from sim.files.mapping.grammar import LongSection, Mapping
from sim.files.mapping.lookup import Lookup
from sim.files.mapping.wide import plan_of, rules_of, style_of
from sim.files.opening.columns import header_rows
from sim.files.opening.header import Table
from sim.files.opening.numbers import EMPTY, Numbers, parse
from sim.files.refusal import RefusalError
from sim.files.roles.plan import Plan
from sim.records.tally import ColumnRole, SetAside

NAMED = 8


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """M lines of the file.

    at: (M,) number of the table; first: (N,) its first line; label: (M,) text; votes: (M,).
    """

    at: NDArray[np.int64]
    first: NDArray[np.int64]
    codes: pl.Series
    nameless: Flags
    votes: Numbers
    candidate: list[str]
    kind: list[str] | None


def mapped_long(table: Table, mapping: Mapping, file: str) -> Prepared:
    """Return a long file as its mapping says.

    Raises:
        InputError: a missing column, an unknown label, a table with one label twice.
    """
    long = mapping.long
    assert long is not None
    look = Lookup(table, file)
    plan = plan_of(mapping, look)
    if long.candidate is None or long.votes is None:
        raise InputError(
            Problem(
                "[long] needs candidate and votes",
                file=file,
                hint='candidate = "column", votes = "column"',
            )
        )
    label, votes = look.one(long.candidate, "long.candidate"), look.one(long.votes, "long.votes")
    kind = None if long.kind is None else look.one(long.kind, "long.kind")
    dropped = (
        look.where(mapping.rows.drop, "rows.drop")
        if mapping.rows.drop
        else np.zeros(len(table.lines), dtype=np.bool_)
    )
    kept = look.where(mapping.rows.keep, "rows.keep")
    facts = {
        role: look.where(getattr(long, role), f"long.{role}")
        for role in ("registered", "ballots_found")
        if getattr(long, role)
    }
    look.check()
    header = header_rows(table)
    inside = ~dropped & ~header & (kept | np.any(list(facts.values()), axis=0) if facts else kept)
    if not (kept & inside).any():
        raise InputError(
            Problem("no row fulfils rows.keep", file=file, hint="check its values against the file")
        )
    part = replace(table, frame=table.frame.filter(pl.Series(inside)), lines=table.lines[inside])
    rows = rows_of(
        part,
        plan,
        parse(part.cells(votes), style_of(mapping)),
        text_of(part, label) or [],
        text_of(part, kind),
    )
    fact_rows = {role: flags[inside] for role, flags in facts.items()}
    before = aside(table, plan, [("filtered", dropped & ~header), ("header_again", header)])
    return pivoted(
        part,
        plan,
        rows,
        fact_rows,
        kept[inside],
        long,
        mapping,
        file,
        before,
        int((~kept & ~dropped).sum()),
    )


def aside(table: Table, plan: Plan, listed: list[tuple[str, Flags]]) -> tuple[SetAside, ...]:
    """Return lines that are set aside before any table is made."""
    codes = table_codes(table, plan)[0]
    return tuple(
        SetAside(int(table.lines[i]), str(codes[int(i)]), reason)
        for reason, flags in listed
        for i in np.flatnonzero(flags)
    )


def rows_of(
    part: Table, plan: Plan, votes: Numbers, candidate: list[str], kind: list[str] | None
) -> Rows:
    """Return lines with their tables, in order of appearance."""
    codes, nameless = table_codes(part, plan)
    _, first, at = np.unique(codes.hash(1).to_numpy(), return_index=True, return_inverse=True)
    order = np.argsort(first, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    return Rows(rank[at], first[order], codes, nameless, votes, candidate, kind)


def pivoted(
    part: Table,
    plan: Plan,
    rows: Rows,
    facts: dict[str, Flags],
    kept: Flags,
    long: LongSection,
    mapping: Mapping,
    file: str,
    before: tuple[SetAside, ...],
    kept_out: int,
) -> Prepared:
    """Return one row for each table."""
    contest = kept & ~np.any(list(facts.values()), axis=0) if facts else kept
    names, groups, kinds, whole = labels(rows, contest, long, file)
    n = len(rows.first)
    block, odd = spread(rows, groups, len(names), n, contest)
    once(rows, groups, contest, file)
    invalid = {name: block[k] for name, k in kinds.items()}
    chosen = [k for k in range(len(names)) if k not in kinds.values() and k not in whole]
    counts = {role: fact(rows, flags, n) for role, flags in facts.items()}
    counts |= {
        role: constant(part, rows, columns, role, file) for role, columns in plan.counts.items()
    }
    invalid |= {name: constant(part, rows, columns, name, file) for name, columns in plan.invalid}
    if whole:
        counts["total"] = np.nansum(block[sorted(whole)], axis=0)
    first = rows.first
    cells = Cells(
        rows.codes.gather(first),
        rows.nameless[first],
        block[chosen],
        odd,
        counts,
        invalid,
        gathered(part, plan.region, first),
        gathered(part, plan.centre, first),
    )
    outside = Outside({}, table_flags(part, rows, mapping, file, n))
    shown = Lookup(part, file)
    columns = long_columns(shown, plan, long, [names[k] for k in chosen], facts, invalid)
    texts = {
        role: [t[i] for i in first]
        for role in ("stratum", "sample")
        if (t := text_of(part, getattr(plan, role))) is not None
    }
    named = {
        "table": shown.shown(plan.table),
        "centre": shown.shown(plan.centre),
        "region": shown.shown(plan.region),
    }
    full = replace(
        plan,
        candidates=tuple((names[k], ()) for k in chosen),
        invalid=tuple((name, ()) for name in invalid),
    )
    return Prepared(
        cells,
        outside,
        rules_of(mapping),
        full,
        "long",
        rows.at,
        part.lines,
        named,
        columns,
        before,
        texts,
        kept_out=kept_out,
    )


def labels(
    rows: Rows, contest: Flags, long: LongSection, file: str
) -> tuple[list[str], NDArray[np.int64], dict[str, int], set[int]]:
    """Return (names of labels, (M,) label of each line or -1, invalid kind -> label, labels that
    are totals).
    """
    names: dict[str, int] = {}
    wrong = {value: name for name, values in long.invalid.items() for value in values}
    kinds: dict[str, int] = {}
    whole: set[int] = set()
    out = np.full(len(rows.at), -1, dtype=np.int64)
    unknown: dict[str, None] = {}
    for i in np.flatnonzero(contest):
        word = rows.candidate[i] if rows.kind is None else rows.kind[i]
        if word in wrong:
            key = f"\0{wrong[word]}"
            out[i] = kinds.setdefault(wrong[word], names.setdefault(key, len(names)))
        elif word in long.total:
            out[i] = names.setdefault(f"\0\0{word}", len(names))
            whole.add(int(out[i]))
        elif rows.kind is None or word in long.valid:
            out[i] = names.setdefault(rows.candidate[i], len(names))
        else:
            unknown.setdefault(word)
    if unknown:
        hint = (
            "name them under [long] valid, invalid or total: "
            f"{', '.join(map(repr, list(unknown)[:NAMED]))}"
        )
        raise InputError(
            Problem(
                f"{len(unknown)} kinds of rows are named nowhere in the mapping",
                file=file,
                hint=hint,
            )
        )
    if "" in names:
        raise InputError(
            Problem(
                "rows without a label of a candidate",
                file=file,
                hint="name their kind, or leave them out with [rows] drop",
            )
        )
    return list(names), out, kinds, whole


def spread(
    rows: Rows, groups: NDArray[np.int64], m: int, n: int, contest: Flags
) -> tuple[Floats, dict[str, Flags]]:
    """Return ((m, n) votes by label and table, NaN where there is no line or an empty cell; tables
    with an odd cell).
    """
    block = np.full((m, n), np.nan)
    use = np.flatnonzero((groups >= 0) & (rows.votes.kind != EMPTY))
    base = np.zeros((m, n))
    np.add.at(base, (groups[use], rows.at[use]), np.nan_to_num(rows.votes.values[use]))
    block[groups[use], rows.at[use]] = base[groups[use], rows.at[use]]
    odd = {}
    for reason, kind in KINDS.items():
        odd[reason] = np.zeros(n, dtype=np.bool_)
        odd[reason][rows.at[contest & (rows.votes.kind == kind)]] = True
    seen = np.zeros((m, n), dtype=np.bool_)
    seen[groups[groups >= 0], rows.at[groups >= 0]] = True
    sheets = np.isfinite(block).any(axis=0)
    # a candidate without a line at a table has no votes there
    block[:, sheets] = np.where(~seen[:, sheets], 0.0, block[:, sheets])
    return block, odd


def once(rows: Rows, groups: NDArray[np.int64], contest: Flags, file: str) -> None:
    """Raise where a table shows one label more than once: something else parts the rows."""
    use = np.flatnonzero(contest & (groups >= 0))
    pairs = groups[use].astype(np.int64) * len(rows.first) + rows.at[use]
    count = np.unique(pairs, return_counts=True)[1]
    plain = count[count > 1]
    if len(plain):
        said = (
            f"{len(plain):,} times a table shows one label more than once: adding these up "
            "would count votes twice"
        )
        fix = 'part them: another column in columns.table, or [rows] keep = { mode = "TOTAL" }'
        raise RefusalError("no_unique_key", said, fix, file)


def fact(rows: Rows, flags: Flags, n: int) -> Floats:
    """Return a fact of each table that stands on a line of its own."""
    out = np.full(n, np.nan)
    out[rows.at[flags]] = rows.votes.values[flags]
    return out


def constant(part: Table, rows: Rows, columns: tuple[int, ...], role: str, file: str) -> Floats:
    """Return a count that stands on every line of a table, once.

    Raises:
        RefusalError: it is not the same on all lines of a table.
    """
    values = np.sum([parse(part.cells(k)).values for k in columns], axis=0)
    once_each = values[rows.first]
    again = once_each[rows.at]
    differ = np.isfinite(values) & np.isfinite(again) & (values != again)
    if differ.any():
        line = int(part.lines[int(np.flatnonzero(differ)[0])])
        said = f"{role} is not the same on all lines of a table (line {line})"
        raise RefusalError(
            "no_unique_key",
            said,
            "add the column that parts them to columns.table, or to [rows] keep",
            file,
            line,
        )
    return np.asarray(once_each, dtype=np.float64)


def gathered(part: Table, columns: tuple[int, ...], first: NDArray[np.int64]) -> pl.Series | None:
    """Return text of the first line of each table."""
    text = joined_text(part, columns)
    return None if text is None else text.gather(first)


def table_flags(part: Table, rows: Rows, mapping: Mapping, file: str, n: int) -> dict[str, Flags]:
    """Return tables whose status does not count, or that were merged with others."""
    look = Lookup(part, file)
    out: dict[str, Flags] = {}

    def of(flags: Flags) -> Flags:
        found = np.zeros(n, dtype=np.bool_)
        found[rows.at[flags]] = True
        return found

    if mapping.rows.counted:
        out["status"] = of(~look.where(mapping.rows.counted, "rows.counted"))
    if mapping.columns.merged_with is not None:
        out["merged"] = of(
            (part.cells(look.one(mapping.columns.merged_with, "merged_with")) != "").to_numpy()
        )
    look.check()
    return out


def long_columns(
    look: Lookup,
    plan: Plan,
    long: LongSection,
    names: list[str],
    facts: dict[str, Flags],
    invalid: dict[str, Floats],
) -> tuple[ColumnRole, ...]:
    """Return the roles in use, for the report."""
    votes = look.shown([look.one(long.votes or 1, "votes")])
    out = [ColumnRole("table", "table", look.shown(plan.table), "mapping")]
    out += [
        ColumnRole(level, level, look.shown(getattr(plan, level)), "mapping")
        for level in ("centre", "region")
        if getattr(plan, level)
    ]
    out += [ColumnRole(role, role, look.shown(c), "mapping") for role, c in plan.counts.items()]
    out += [ColumnRole(role, role, votes, "mapping") for role in facts]
    own = {name: look.shown(c) for name, c in plan.invalid}
    out += [ColumnRole("invalid", name, own.get(name, votes), "mapping") for name in invalid]
    return tuple(out + [ColumnRole("candidate", name, votes, "mapping") for name in names])
