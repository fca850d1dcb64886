"""Seventh stage: the key of a polling table, its centre and its region, each proven on the rows
that remain.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.files.opening.hashes import Hashes, cell_hashes, different, joined
from sim.files.refusal import RefusalError
from sim.files.roles.plan import Plan
from sim.files.roles.scene import Scene
from sim.files.roles.words import COUNTED, RARELY, says

MOST_PARTS, MOST_POOL = 4, 14
NEEDED = 0.98
SPREADSHEET_NUMBER = re.compile(r"^\d+[.,]\d+[eE]\+?\d+$")
SPREADSHEET_DATE = re.compile(r"^(?:\d{1,2}-[A-Za-zéû]{3,4}\.?|[A-Za-z]{3}-\d{2})$")
MAPPING = "save this mapping, name the columns of the key, and run again with --mapping"


@dataclass(frozen=True, slots=True)
class Key:
    """Columns that name a table, its centre and its region.

    unique: share of rows told apart. problem: why not, or None.
    """

    table: tuple[int, ...]
    centre: tuple[int, ...]
    region: tuple[int, ...]
    unique: float
    problem: RefusalError | None
    mangled: bool = False


def find_key(scene: Scene, plan: Plan, rows: NDArray[np.bool_]) -> Key:
    """Return the smallest set of columns that tells as many rows apart as all text and code columns
    together.
    """
    pool = key_pool(scene, plan)
    serials = [k for k in pool if is_serial(scene, k, rows)]
    hashes = cell_hashes(scene.table.frame, pool or [0])
    distinct = once_each(scene, rows)
    usable = [k for k in pool if k not in serials and different(hashes, [k], distinct) > 1][
        :MOST_POOL
    ]
    table = smallest(scene, hashes, usable, distinct) if usable else ()
    n = int(distinct.sum())
    share = different(hashes, table, distinct) / max(n, 1) if table else 0.0
    if share < NEEDED and serials:
        table, share = (serials[0],), 1.0
    mangled = any(is_mangled(scene, k) for k in table)
    surplus = n - round(share * n)
    problem = None
    if surplus > max(1, (1 - NEEDED) * n):
        problem = no_key(scene, hashes, usable, distinct, table, mangled)
    return Key(
        table,
        centre_of(scene, plan, hashes, table, distinct),
        region_of(scene, plan),
        share,
        problem,
        mangled,
    )


def key_pool(scene: Scene, plan: Plan) -> list[int]:
    """Return the columns that may name tables: text and codes, without stamps, links, shares and
    counts.
    """
    used = {
        *plan.chosen,
        *plan.invalid_columns,
        *(k for columns in plan.counts.values() for k in columns),
    }
    out = []
    for k in (*scene.columns.text, *scene.columns.whole):
        name = scene.table.names[k]
        counted = scene.role[k] in (*COUNTED, *RARELY) and is_counting(scene, k)
        free = k not in used and not counted and not says(name, "levels", "never_key")
        if free and (k in scene.columns.text or scene.is_code(k) or is_naming(scene, k)):
            out.append(k)
    return sorted(out)


def is_counting(scene: Scene, k: int) -> bool:
    """Return whether a column holds counts, be it that some of them are damaged ("1?084")."""
    if k in scene.columns.whole:
        return True
    some = [cell for cell in scene.table.cells(k).head(5000).to_list() if cell]
    return 2 * sum(bool(cell.isdecimal()) for cell in some) > len(some)


def is_naming(scene: Scene, k: int) -> bool:
    """Return whether a column of whole numbers without a word looks like codes: in order, or in
    blocks.
    """
    cells = scene.block[:, k][scene.rows]
    if len(cells) < 2:
        return True
    steps = np.diff(cells)
    return bool((steps >= 0).all() or (steps == 0).mean() > 0.4 or (steps == 1).mean() > 0.4)


def is_serial(scene: Scene, k: int, rows: NDArray[np.bool_]) -> bool:
    """Return whether a column only numbers the rows of the file."""
    if k not in scene.columns.whole or says(scene.table.names[k], "levels", "table"):
        return False
    cells = scene.block[:, k][rows]
    running = len(cells) > 2 and bool((np.diff(cells) == 1).all()) and cells[0] in (0, 1)
    return running and (
        not scene.table.names[k]
        or not scene.is_code(k)
        or says(scene.table.names[k], "levels", "serial")
    )


def once_each(scene: Scene, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return (n,) rows without those that repeat an earlier row cell by cell."""
    everything = cell_hashes(scene.table.frame, range(scene.table.frame.width))
    values = joined(everything, list(everything))
    first = np.unique(values[rows], return_index=True)[1]
    out = np.zeros(len(rows), dtype=np.bool_)
    out[np.flatnonzero(rows)[first]] = True
    return out


def smallest(
    scene: Scene, hashes: dict[int, Hashes], pool: list[int], rows: NDArray[np.bool_]
) -> tuple[int, ...]:
    """Return the fewest columns that tell as many rows apart as all of them; wider columns come
    first.
    """
    single = {k: different(hashes, [k], rows) for k in pool}
    full = different(hashes, pool, rows)
    for size in range(1, MOST_PARTS + 1):
        options = sorted(itertools.combinations(pool, size), key=lambda c: order(scene, c))
        for one in options:
            possible = np.prod([float(single[k]) for k in one])
            if possible >= full and different(hashes, one, rows) == full:
                return wider_first(scene, one, single)
    return wider_first(scene, tuple(pool), single)


def wider_first(scene: Scene, columns: tuple[int, ...], single: dict[int, int]) -> tuple[int, ...]:
    """Return the columns of a key from the widest level to the table."""

    def level(k: int) -> tuple[int, int, int]:
        name = scene.table.names[k]
        words = ("region", "centre", "code", "table")
        rank = max((i for i, w in enumerate(words) if says(name, "levels", w)), default=1)
        return rank, single[k], k

    return tuple(sorted(columns, key=level))


def order(scene: Scene, columns: tuple[int, ...]) -> tuple[int, int, int, tuple[int, ...]]:
    """Return the order in which sets of columns are tried: with a word of a table first, codes
    before names, leftmost.
    """
    names = [scene.table.names[k] for k in columns]
    tables = any(says(n, "levels", "table") for n in names)
    centres = sum(any(says(n, "levels", w) for w in ("centre", "region", "table")) for n in names)
    named = sum(says(n, "levels", "name") for n in names)
    return not tables, -centres, named, columns


def no_key(
    scene: Scene,
    hashes: dict[int, Hashes],
    pool: list[int],
    rows: NDArray[np.bool_],
    table: tuple[int, ...],
    mangled: bool,
) -> RefusalError:
    """Return the refusal where no columns tell tables apart, with what would help."""
    n, apart = int(rows.sum()), different(hashes, pool, rows) if pool else 1
    names = " + ".join(scene.table.shown(k) for k in table) or "no column"
    if mangled or any(is_mangled(scene, k) for k in pool):
        said = (
            "codes of tables were mangled by a spreadsheet (rounded to 1.2E+11, or turned into "
            f"dates): {names} gives "
            f"{apart:,} codes for {n:,} rows"
        )
        fix = (
            'get the original file, or save the codes as text; or write table = "row" in this '
            "mapping: each row is a table"
        )
        return RefusalError("mangled_codes", said, fix)
    said = f"no columns tell the tables apart: {names} gives {apart:,} codes for {n:,} rows"
    return RefusalError("no_unique_key", said, MAPPING)


def is_mangled(scene: Scene, k: int) -> bool:
    """Return whether a column's codes were rounded or turned into dates by a spreadsheet."""
    some = [cell for cell in scene.table.cells(k).head(5000).to_list() if cell]
    hits = sum(
        bool(SPREADSHEET_NUMBER.match(cell) or SPREADSHEET_DATE.match(cell)) for cell in some
    )
    return hits >= 1 and hits > 0.01 * len(some)


def at_level(scene: Scene, plan: Plan, level: str, not_levels: tuple[str, ...]) -> list[int]:
    """Return the columns whose word says this level and none of the others, without counts."""
    used = {
        *plan.chosen,
        *plan.invalid_columns,
        *(k for columns in plan.counts.values() for k in columns),
    }
    out = []
    for k, name in enumerate(scene.table.names):
        counted = k in scene.columns.whole and scene.role[k] in (*COUNTED, *RARELY)
        fits = says(name, "levels", level) and not any(
            says(name, "levels", other) for other in not_levels
        )
        if (
            fits
            and k not in used
            and not counted
            and k not in (*scene.columns.empty, *scene.columns.decimal)
        ):
            out.append(k)
    return out


def centre_of(
    scene: Scene,
    plan: Plan,
    hashes: dict[int, Hashes],
    table: tuple[int, ...],
    rows: NDArray[np.bool_],
) -> tuple[int, ...]:
    """Return the columns above the table as a whole (region + commission + place), or () where no
    column is of that level.
    """
    centres = at_level(scene, plan, "centre", ("table",))
    plain = [
        k for k in centres if not re.search(r"name|nombre|\bnm\b", scene.table.names[k].lower())
    ]
    centres = plain or centres
    if not centres or not table:
        return ()
    columns = tuple(
        sorted(
            {*at_level(scene, plan, "region", ("table", "centre")), *centres}
            - set(table if len(table) == 1 else ())
        )
    )
    if not columns:
        return ()
    more = cell_hashes(scene.table.frame, columns)
    groups, tables = different(more, columns, rows), different(hashes, table, rows)
    return columns if 1 <= groups < tables else ()


def region_of(scene: Scene, plan: Plan) -> tuple[int, ...]:
    """Return the column of the region: a name before a code, the leftmost."""
    regions = at_level(scene, plan, "region", ("table",))
    regions.sort(key=lambda k: (k not in scene.columns.text, k))
    return tuple(regions[:1])
