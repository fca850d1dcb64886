"""The list of all polling tables, under its own names: its key is the columns that hold the codes
of the sheets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import polars as pl

from sim.files.counting.rows import RowRules
from sim.files.mapping.grammar import FrameSection, Mapping
from sim.files.mapping.lookup import Lookup
from sim.files.opening.columns import Columns, kinds
from sim.files.opening.header import Table
from sim.files.refusal import RefusalError
from sim.files.roles.keys import find_key
from sim.files.roles.plan import Plan
from sim.files.roles.propose import by_word_alone
from sim.files.roles.scene import make_scene

MATCHED = 0.5
EXAMPLE = """format = 2
[columns]            # of the sheets, as --template prints them
[frame]              # of the list of all tables
table = "..."        # its column with the codes of the sheets; or a list of columns
region = "..."
registered = "..."
"""


def frame_plan(
    table: Table,
    section: FrameSection | None,
    sheets: Sequence[str] | None,
    key: Sequence[str],
    file: str,
) -> tuple[Plan, Columns]:
    """Return which column of the list is what.

    Args:
        section: what a mapping says of the list. sheets: codes of the file's tables, or None. key:
        names of its key columns.

    Raises:
        RefusalError: no column holds the codes of the sheets. InputError: a column that is not
        there.
    """
    columns = kinds(table)
    scene = make_scene(table, columns)
    words = replace(by_word_alone(scene), candidates=(), invalid=())
    words = replace(words, counts={k: v for k, v in words.counts.items() if k == "registered"})
    found = find_key(scene, words, scene.rows)
    plan = replace(words, table=found.table, centre=found.centre, region=found.region)
    if section is not None and section.table:
        return mapped_frame(section, Lookup(table, file), plan), columns
    if sheets is None:
        if found.problem is not None:
            raise found.problem.mapped(EXAMPLE, file)
        return plan, columns
    chosen = matching(table, sheets, key)
    if chosen is None:
        said = (
            "no column of the frame (the list of all tables) holds the codes of the sheets, "
            f"{sheets[0]!r} say"
        )
        raise RefusalError(
            "frame", said, "write a [frame] in a mapping file", file, mapping=EXAMPLE
        )
    region = tuple(k for k in plan.region if k not in chosen)
    return replace(plan, table=chosen, region=region), columns


def inside(codes: pl.Series, cells: pl.Series) -> float:
    """Return the share of codes that stand in a column."""
    return int(codes.is_in(cells.unique().to_list()).sum()) / max(len(codes), 1)


def matching(table: Table, sheets: Sequence[str], key: Sequence[str]) -> tuple[int, ...] | None:
    """Return the columns of the list that hold the codes of the sheets, or None."""
    if key and all(name in table.names for name in key):
        return tuple(table.names.index(name) for name in key)
    codes = pl.Series(sheets)
    if len(key) < 2:
        shares = [inside(codes, table.cells(k)) for k in range(table.frame.width)]
        best = int(np.argmax(shares))
        return (
            (best,)
            if shares[best] >= MATCHED and table.cells(best).n_unique() > 0.9 * table.frame.height
            else None
        )
    parts = codes.str.splitn("-", len(key)).struct.unnest()
    chosen = []
    for name in parts.columns:
        values = parts[name].drop_nulls().unique()
        shares = [
            inside(values, table.cells(k)) if k not in chosen else -1.0
            for k in range(table.frame.width)
        ]
        best = int(np.argmax(shares))
        if shares[best] < MATCHED:
            return None
        chosen.append(best)
    return tuple(chosen)


def mapped_frame(section: FrameSection, look: Lookup, words: Plan) -> Plan:
    """Return the plan that a [frame] names; a register it leaves out is found by its word."""
    counts = (
        {"registered": look.several(section.registered, "frame.registered")}
        if section.registered
        else words.counts
    )
    plan = Plan(
        counts=counts,
        table=look.several(section.table, "frame.table"),
        centre=look.several(section.centre, "frame.centre"),
        region=look.several(section.region, "frame.region"),
        stratum=None if section.stratum is None else look.one(section.stratum, "frame.stratum"),
        past_share=None
        if section.past_share is None
        else look.one(section.past_share, "frame.past_share"),
        guessed=False,
    )
    look.check()
    return plan


def frame_rules() -> RowRules:
    """Return the rules of a list without votes."""
    return RowRules(zeros_count=True, all_there=False)


def frame_file(mapping: Mapping | None) -> Mapping | None:
    """Return a mapping that says how the list itself is written."""
    if mapping is None or mapping.frame is None:
        return None
    return Mapping(file=mapping.frame.file, rows=mapping.frame.rows)
