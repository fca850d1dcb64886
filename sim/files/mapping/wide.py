"""A wide table and its plan, or a mapping, made ready: one row for each table."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.files.counting.cells import Cells, numbers_of, read_cells, text_of
from sim.files.counting.prepared import Prepared
from sim.files.counting.rows import Outside, RowRules
from sim.files.counting.totals import like_totals, total_rows
from sim.files.mapping.grammar import Filled, Mapping
from sim.files.mapping.lookup import Lookup
from sim.files.opening.columns import Columns, header_rows, kinds, total_words
from sim.files.opening.header import Table
from sim.files.opening.numbers import NumberStyle
from sim.files.roles.plan import COUNTS, Plan
from sim.files.roles.words import COUNTED, role_of
from sim.records.vote.tally import ColumnRole


def plan_of(mapping: Mapping, look: Lookup) -> Plan:
    """Return the plan that a mapping names; what is missing is collected in `look`."""
    c = mapping.columns
    by_row = c.table == ["row"]
    counts = {role: look.several(getattr(c, role), role) for role in COUNTS if getattr(c, role)}
    kinds_named = (
        c.invalid if isinstance(c.invalid, dict) else {"invalid": c.invalid} if c.invalid else {}
    )
    invalid = tuple(
        (name, look.several(chosen, f"invalid {name}")) for name, chosen in kinds_named.items()
    )
    region = [c.region.column] if isinstance(c.region, Filled) else c.region
    candidates = tuple(
        (name, look.several(chosen, f"candidate {name}"))
        for name, chosen in mapping.candidates.items()
    )
    single = {
        role: None if getattr(c, role) is None else look.one(getattr(c, role), role)
        for role in ("stratum", "sample", "past_share")
    }
    hours = c.hours if c.hours is not None else mapping.arrival.hours if mapping.arrival else None
    return Plan(
        candidates=candidates,
        invalid=invalid,
        counts=counts,
        table=() if by_row else look.several(c.table, "table"),
        by_row=by_row,
        centre=look.several(c.centre, "centre"),
        region=look.several(region, "region"),
        hours=None if hours is None else look.one(hours, "hours"),
        guessed=False,
        stratum=single["stratum"],
        sample=single["sample"],
        past_share=single["past_share"],
    )


def style_of(mapping: Mapping) -> NumberStyle:
    """Return how the file writes numbers, as the mapping says."""
    f = mapping.file
    return NumberStyle(f.decimal, f.thousands, tuple(f.empty), tuple(f.unreadable))


def rules_of(mapping: Mapping) -> RowRules:
    """Return what the mapping says about rows."""
    return RowRules(
        mapping.rows.zeros == "sheet",
        not mapping.checks.others_missing,
        "",
        mapping.checks.register_slack,
    )


def kept_rows(table: Table, mapping: Mapping, look: Lookup) -> tuple[Table, int]:
    """Return (the rows of this contest, how many rows belong to others)."""
    if not mapping.rows.keep:
        return table, 0
    rows = look.where(mapping.rows.keep, "rows.keep") | header_rows(table)
    look.check()
    if not rows.any():
        look.problems += [type_problem(look, mapping)]
        look.check()
    part = replace(
        table, frame=table.frame.filter(pl.Series(rows)), lines=table.lines[rows], longer=None
    )
    return part, int((~rows).sum())


def type_problem(look: Lookup, mapping: Mapping):  # type: ignore[no-untyped-def]
    """Return the problem that no row fulfils rows.keep, with values that are there."""
    from sim.errors import Problem

    name = next(iter(mapping.rows.keep))
    values = [v for v in look.table.cells(look.one(name, "rows.keep")).unique().to_list() if v][:8]
    return Problem(
        "no row fulfils rows.keep",
        file=look.file,
        hint=f"{name} holds {', '.join(map(repr, values))}",
    )


def filled_down(table: Table, mapping: Mapping, look: Lookup) -> Table:
    """Return the table with merged cells of the region's column filled from above."""
    region = mapping.columns.region
    if not isinstance(region, Filled):
        return table
    k = str(look.one(region.column, "region"))
    cells = table.frame[k].str.strip_chars()
    frame = table.frame.with_columns(
        pl.when(cells == "").then(None).otherwise(cells).forward_fill().fill_null("").alias(k)
    )
    return replace(table, frame=frame)


def outside_of(
    table: Table, columns: Columns, plan: Plan, cells: Cells, mapping: Mapping | None, look: Lookup
) -> Outside:
    """Return which rows are headers, totals, left out, without a status that counts, or merged."""
    naming = tuple(
        k
        for k in range(min(len(table.names), table.frame.width))
        if role_of(table.names[k]) not in COUNTED and k not in plan.chosen
    )
    header = header_rows(table)
    words = total_words(table, columns, naming)
    columns_used = [*cells.votes, *cells.kinds.values(), *numbers_beside(cells)]
    numbers = np.nan_to_num(np.column_stack(columns_used or [np.zeros(len(header))]), nan=0.0)
    sums = (
        total_rows(numbers.astype(np.int64), ~header & ~words)
        if numbers.shape[1] > 1
        else np.zeros(len(header), dtype=np.bool_)
    )
    totals = words | sums
    forms = naming_forms(table, plan)
    totals |= sums_of_region(numbers, cells, forms[0] & ~header, ~header & ~totals)
    totals |= like_totals(totals, ~header & ~totals, forms)
    early = {"header_again": header, "total_row": totals}
    table_level = {"cells_empty": cut_off(table, cells)}
    if mapping is not None:
        if mapping.rows.drop:
            table_level["filtered"] = look.where(mapping.rows.drop, "rows.drop")
        if mapping.rows.counted:
            table_level["status"] = ~look.where(mapping.rows.counted, "rows.counted")
        if mapping.columns.merged_with is not None:
            table_level["merged"] = (
                table.cells(look.one(mapping.columns.merged_with, "merged_with")) != ""
            ).to_numpy()
    return Outside(early, table_level)


def is_short(table: Table) -> NDArray[np.bool_]:
    """Return (n,) rows with fewer cells than the header."""
    return np.isin(table.lines, table.short)


def cut_off(table: Table, cells: Cells) -> NDArray[np.bool_]:
    """Return (n,) short rows that end before the count which their votes must add up to: the last
    number that is left may be cut as well ("57" as "5").
    """
    out = np.zeros(table.frame.height, dtype=np.bool_)
    for role in ("valid", "total", "ballots_found"):
        if role in cells.counts:
            return is_short(table) & np.isnan(cells.counts[role])
    return out


def remarks(table: Table, plan: Plan) -> NDArray[np.bool_]:
    """Return (n,) rows that hold one cell only, in the column of the codes, which is written unlike
    every code: titles and footnotes.
    """
    n = table.frame.height
    if not plan.table:
        return np.zeros(n, dtype=np.bool_)
    filled = table.frame.select(
        pl.sum_horizontal(pl.all().str.strip_chars().ne("").cast(pl.Int32))
    ).to_series()
    alone = (filled == 1).to_numpy()
    if not alone.any():
        return alone
    codes = pl.select(pl.concat_str([table.cells(k) for k in plan.table])).to_series()
    form = codes.str.replace_all(r"\d+", "9").str.replace_all(r"\p{L}+", "A")
    known = form.filter(pl.Series(~alone)).unique().to_list()
    unlike: NDArray[np.bool_] = ~form.is_in(known).to_numpy()
    return alone & unlike


def sums_of_region(
    numbers: NDArray[np.float64], cells: Cells, named: NDArray[np.bool_], rows: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return rows named as their region that hold the sum of its other rows, in all columns but
    one.
    """
    out = np.zeros(len(named), dtype=np.bool_)
    if cells.region is None or not named.any() or named.sum() > 0.5 * rows.sum():
        return out
    region = cells.region.hash(1).to_numpy()
    for i in np.flatnonzero(named):
        others = rows & (region == region[i])
        others[i] = False
        equal = numbers[others & ~named].sum(axis=0) == numbers[i]
        out[i] = numbers[i].any() and equal.sum() >= max(len(equal) - 1, 1)
    return out


def naming_forms(table: Table, plan: Plan) -> NDArray[np.bool_]:
    """Return (2, n) rows whose code repeats another cell that names (a region's total), and rows
    whose code has no digit.
    """
    n = table.frame.height
    if not plan.table:
        return np.zeros((2, n), dtype=np.bool_)
    code = table.cells(plan.table[-1])
    repeats = np.zeros(n, dtype=np.bool_)
    others = {*plan.region, *plan.centre, *plan.table} - {plan.table[-1]}
    for k in others:
        repeats |= ((table.cells(k) == code) & (code != "")).to_numpy()
    digits = code.str.contains(r"\d").to_numpy()
    return np.stack([repeats, ~digits & (code != "").to_numpy()])


def numbers_beside(cells: Cells) -> list[NDArray[np.float64]]:
    """Return the register, the one count that is no sum of the others."""
    return [cells.counts["registered"]] if "registered" in cells.counts else []


def shown_columns(plan: Plan, look: Lookup) -> tuple[ColumnRole, ...]:
    """Return the roles in use, for the report."""
    how = plan.how
    default = "word" if plan.guessed else "mapping"
    out = [ColumnRole("table", "table", look.shown(plan.table), how.get("table", default))]
    out += [
        ColumnRole(level, level, look.shown(getattr(plan, level)), default)
        for level in ("centre", "region")
        if getattr(plan, level)
    ]
    out += [
        ColumnRole(role, role, look.shown(c), how.get(role, default))
        for role, c in plan.counts.items()
    ]
    out += [
        ColumnRole("invalid", name, look.shown(c), how.get("invalid", default))
        for name, c in plan.invalid
    ]
    out += [
        ColumnRole("candidate", name, look.shown(c), how.get("candidates", default))
        for name, c in plan.candidates
    ]
    for role in ("stratum", "sample", "hours", "past_share"):
        k = getattr(plan, role)
        out += [ColumnRole(role, role, look.shown([k]), default)] if k is not None else []
    return tuple(out)


def prepare_wide(
    table: Table,
    plan: Plan,
    columns: Columns,
    rules: RowRules,
    look: Lookup,
    mapping: Mapping | None = None,
    style: NumberStyle | None = None,
    kept_out: int = 0,
) -> Prepared:
    """Return a wide table made ready."""
    cells = read_cells(table, columns, plan, style or NumberStyle())
    if mapping is not None and mapping.columns.no_register:
        none = look.where(mapping.columns.no_register, "no_register")
        cells.counts["registered"] = np.where(none, 0.0, cells.counts["registered"])
    cells = replace(cells, nameless=cells.nameless | remarks(table, plan))
    outside = outside_of(table, columns, plan, cells, mapping, look)
    look.check()
    texts = {
        role: t
        for role in ("stratum", "sample")
        if (t := text_of(table, getattr(plan, role))) is not None
    }
    numbers = {
        role: v
        for role in ("hours", "past_share")
        if (v := numbers_of(table, getattr(plan, role))) is not None
    }
    names = {
        "table": look.shown(plan.table),
        "centre": look.shown(plan.centre),
        "region": look.shown(plan.region),
    }
    return Prepared(
        cells,
        outside,
        rules,
        plan,
        "wide",
        np.arange(len(table.lines)),
        table.lines,
        names,
        shown_columns(plan, look),
        texts=texts,
        numbers=numbers,
        short=int(is_short(table).sum()),
        kept_out=kept_out,
    )


def mapped_wide(table: Table, mapping: Mapping, file: str) -> tuple[Prepared, Table]:
    """Return a wide table as its mapping says.

    Raises:
        InputError: a column that is not there, no row that is kept.
    """
    look = Lookup(table, file)
    table, kept_out = kept_rows(table, mapping, look)
    look = Lookup(filled_down(table, mapping, look), file)
    plan = plan_of(mapping, look)
    look.check()
    columns = kinds(look.table, style_of(mapping))
    ready = prepare_wide(
        look.table, plan, columns, rules_of(mapping), look, mapping, style_of(mapping), kept_out
    )
    return ready, look.table
