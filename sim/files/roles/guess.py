"""What the file itself says, without a mapping: a plan that sums confirm, or a refusal with the
mapping to write.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.files.counting.totals import total_rows
from sim.files.mapping.template import Extra, column, long_template, template, text
from sim.files.opening.columns import Columns
from sim.files.opening.grid import from_rows
from sim.files.opening.hashes import cell_hashes, joined
from sim.files.opening.header import Table, below
from sim.files.refusal import RefusalError
from sim.files.roles.keys import Key, find_key
from sim.files.roles.plan import Plan
from sim.files.roles.propose import propose
from sim.files.roles.scene import Scene, make_scene
from sim.files.roles.shape import (
    contest_column,
    group_shape,
    is_across,
    labels_of,
    long_shape,
    numbered_groups,
)

SAVE = "save this mapping, correct it, and run again with --mapping"
MOST_CONTESTS = 12
GROWING = 6


def guess(
    table: Table, columns: Columns, extra: Extra, force: bool = False
) -> tuple[Plan, Key, Scene]:
    """Return the plan that the file confirms, its key, and the scene.

    Args:
        extra: what a mapping must say besides roles. force: also without confirmation, for a
        template.

    Raises:
        RefusalError: with the mapping to write.
    """
    by_shape(table, columns, extra)
    scene = make_scene(table, columns)
    proposal = propose(scene)
    rows = counting_rows(scene, proposal.plan)
    key = find_key(scene, proposal.plan, rows)
    plan = replace(proposal.plan, table=key.table, centre=key.centre, region=key.region)
    contests = repeated_contest(scene, plan, rows)
    problem = contests or proposal.problem or running_totals(scene, plan, rows) or key.problem
    if problem is not None and problem.code == "nothing_confirms":
        refuse_long(table, columns, extra, strong=False)
    if problem is not None and not force:
        raise problem.mapped(template(table, plan, extra_rows(table, plan, extra, contests)), "")
    return plan, key, scene


def by_shape(table: Table, columns: Columns, extra: Extra) -> None:
    """Raise for the shapes that only a mapping can settle: groups, tables across, long files,
    several contests.
    """
    refuse_groups(table, columns, extra)
    if is_across(table):
        raise across(table, extra)
    refuse_long(table, columns, extra, strong=True)
    at = contest_column(table, columns)
    if at is not None:
        raise several(table, columns, at, extra)


def refuse_groups(table: Table, columns: Columns, extra: Extra) -> None:
    """Raise where each candidate has a group of columns that names it in its own cells."""
    found = group_shape(table)
    if found is not None:
        start, width = found
        label, votes = group_parts(table, start, width)
        lines = (
            f"first = {column(table, start)}   # a group opens here and repeats to the end "
            "of the row",
            f"width = {width}",
            f"candidate = {column(table, label)}",
            f"votes = {column(table, votes)}",
        )
        said = (
            f"rows are longer than the header, in groups of {width} columns that repeat from "
            f"{table.shown(start)!r} on: "
            "each group names its candidate in its own cells"
        )
        raise RefusalError(
            "groups",
            said,
            SAVE,
            mapping=template(
                table, words_only(table, columns, start), replace(extra, groups=lines)
            ),
        )
    numbered = numbered_groups(table, columns)
    if numbered is not None:
        stems = list(numbered)
        texts = next(s for s in stems if all(k in columns.text for k in numbered[s].values()))
        wholes = next(s for s in stems if all(k in columns.whole for k in numbered[s].values()))
        form = [numbered_form(table, numbered[s]) for s in (texts, wholes)]
        parts = (
            f"candidate = {text(form[0])}   # {{n}} stands for the number",
            f"votes = {text(form[1])}",
        )
        said = (
            f"candidates differ by row: columns are numbered, and {form[0]!r} names the "
            f"candidate whose votes stand in {form[1]!r}"
        )
        start = min(k for at in numbered.values() for k in at.values())
        raise RefusalError(
            "groups",
            said,
            SAVE,
            mapping=template(
                table, words_only(table, columns, start), replace(extra, groups=parts)
            ),
        )


def numbered_form(table: Table, at: dict[int, int]) -> str:
    """Return the name of numbered columns with {n} in place of the number."""
    number, k = next(iter(at.items()))
    head, _, tail = table.names[k].rpartition(str(number))
    return f"{head}{{n}}{tail}"


def group_parts(table: Table, start: int, width: int) -> tuple[int, int]:
    """Return (column of the name, column of the votes) in a group, by their words."""
    from sim.files.roles.words import says

    inside = range(start, start + width)
    label = next((k for k in inside if says(table.names[k], "levels", "label")), start)
    votes = next(
        (
            k
            for k in inside
            if says(table.names[k], "levels", "votes") and "%" not in table.names[k]
        ),
        start + 1,
    )
    return label, votes


def words_only(table: Table, columns: Columns, stop: int) -> Plan:
    """Return what words and keys say of the columns before `stop`."""
    from sim.files.roles.propose import by_word_alone

    scene = make_scene(table, columns)
    left = replace(
        columns,
        whole=tuple(k for k in columns.whole if k < stop),
        text=tuple(k for k in columns.text if k < stop),
    )
    part = replace(scene, columns=left)
    plan = replace(by_word_alone(part), candidates=())
    key = find_key(part, plan, scene.rows)
    return replace(plan, table=key.table, centre=key.centre, region=key.region)


def across(table: Table, extra: Extra) -> RefusalError:
    """Return the refusal for tables that stand in columns, with the mapping for the turned
    table.
    """
    from sim.files.opening.columns import kinds

    turned = turn(table)
    lines = ("across = true   # a column for each table",)
    columns = kinds(turned)
    try:
        plan, _, _ = guess(turned, columns, Extra(), force=True)
        plan = replace(plan, table=(0,), centre=(), region=())
        mapping = template(turned, plan, replace(extra, file=(*extra.file, *lines)))
    except RefusalError as inner:
        mapping = inner.mapping
    said = (
        "tables stand across, a column for each: the first column names counts, the header "
        "names tables"
    )
    return RefusalError("across", said, f"{SAVE}; it turns the table", mapping=mapping)


def turn(table: Table) -> Table:
    """Return the table with rows for columns."""
    names = [table.names[0] or "table", *table.cells(0).to_list()]
    rows = [[table.names[k], *table.cells(k).to_list()] for k in range(1, table.frame.width)]
    grid = from_rows([names, *rows], np.arange(len(rows) + 1, dtype=np.int64), table.delimiter, "")
    turned = below(grid, 0, 1, "")
    return replace(
        turned, lines=np.arange(1, len(rows) + 1, dtype=np.int64), preamble=table.preamble
    )


def refuse_long(table: Table, columns: Columns, extra: Extra, strong: bool) -> None:
    """Raise for a file with one row for each candidate of a table."""
    shape = long_shape(table, columns, strong)
    if shape is None:
        return
    said = (
        "this is a long file, one row for each candidate of a table: "
        f"{table.shown(shape.label)!r} holds labels, "
        f"{table.shown(shape.votes)!r} their votes; which labels are candidates, and of which "
        "contest, no sum says"
    )
    raise RefusalError(
        "long_format",
        said,
        f"{SAVE}: [long] says which labels are no candidates",
        mapping=long_template(table, shape, extra),
    )


def several(table: Table, columns: Columns, at: int, extra: Extra) -> RefusalError:
    """Return the refusal for several contests in one wide file, with the mapping for one of
    them.
    """
    values = labels_of(table, at)[:MOST_CONTESTS]
    kept = replace(
        table,
        frame=table.frame.filter(table.cells(at) == values[-1]),
        lines=table.lines[(table.cells(at) == values[-1]).to_numpy()],
    )
    from sim.files.opening.columns import kinds

    lines = (
        f"keep = {{ {column(table, at)} = {text(values[-1])} }}   # "
        f"{', '.join(map(text, values))}: one contest a run",
    )
    try:
        plan, _, _ = guess(replace(kept, frame=kept.frame), kinds(kept), extra, force=True)
        mapping = template(table, plan, replace(extra, rows=lines))
    except RefusalError as inner:
        mapping = inner.mapping
    said = (
        f"several contests stand in one file (rounds, offices or ballots): {table.shown(at)!r} "
        "holds "
        f"{', '.join(map(repr, values))}"
    )
    return RefusalError(
        "several_contests", said, f"{SAVE}: [rows] keep chooses one", mapping=mapping
    )


def repeated_contest(scene: Scene, plan: Plan, rows: NDArray[np.bool_]) -> RefusalError | None:
    """Return the refusal where every table stands k times with one register beside a column of k
    values.
    """
    register = plan.counts.get("registered")
    if not register or len(plan.table) < 2:
        return None
    hashes = cell_hashes(scene.table.frame, [*plan.table, *register])
    for k in plan.table:
        values = len(np.unique(hashes[k][rows]))
        rest = joined(hashes, [c for c in plan.table if c != k])[rows]
        groups, count = np.unique(rest, return_counts=True)
        same = len(np.unique(joined({0: rest, 1: joined(hashes, register)[rows]}, [0, 1])))
        if (
            2 <= values <= MOST_CONTESTS
            and len(groups) >= 3
            and (count == values).all()
            and same == len(groups)
        ):
            said = (
                f"several contests stand in one file: every table stands {values} times with one "
                "register, "
                f"parted by {scene.table.shown(k)!r}"
            )
            return RefusalError(
                "several_contests", said, f"{SAVE}: [rows] keep chooses one", note=str(k)
            )
    return None


def running_totals(scene: Scene, plan: Plan, rows: NDArray[np.bool_]) -> RefusalError | None:
    """Return the refusal where every count grows from row to row, down or up the file: each row
    then holds all rows before it.

    Of rows in any other order k columns all grow by chance once in (n!)^k.
    """
    block = scene.block[rows][:, list(plan.chosen)]
    if len(block) < GROWING or block.shape[1] < 2:
        return None
    block = block if block[0].sum() < block[-1].sum() else block[::-1]
    steps, all_votes = np.diff(block, axis=0), block.sum(axis=1)
    strictly = (steps > 0).all(axis=0).sum() >= 2
    sorted_only = 2 * all_votes[-1] < len(block) * all_votes[0]  # no row holds all before it
    if not strictly or (steps < 0).any() or sorted_only:
        return None
    said = (
        "votes of every candidate grow from row to row: these are running totals, of which only "
        "the last counts"
    )
    return RefusalError("running_totals", said, "give a file with the votes of each table")


def extra_rows(table: Table, plan: Plan, extra: Extra, contests: RefusalError | None) -> Extra:
    """Return what a mapping must say of rows where a column parts contests."""
    if contests is None or not contests.note.isdigit():
        return extra
    at = int(contests.note)
    values = labels_of(table, at)
    return replace(
        extra,
        rows=(
            f"keep = {{ {column(table, at)} = {text(values[0])} }}   # "
            f"{', '.join(map(text, values))}",
        ),
    )


def counting_rows(scene: Scene, plan: Plan) -> NDArray[np.bool_]:
    """Return (n,) rows that remain after headers and totals."""
    columns = [*plan.chosen, *plan.invalid_columns, *plan.counts.get("registered", ())]
    possible = scene.rows & (scene.block[:, columns].any(axis=1) if columns else scene.rows)
    if len(columns) < 2:
        return scene.rows
    return scene.rows & ~total_rows(scene.block[:, columns], possible)
