"""The report of a power study: what each method finds, beside its false alarms, with n."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.tile_chart import Tile, Tiles, green, tiles_svg
from sim.output.report.page.parts import (
    Block,
    Change,
    Choice,
    Command,
    Figure,
    Folded,
    Page,
    Section,
    Table,
)
from sim.output.report.page.words import percent, span
from sim.output.report.power.table import PowerTable
from sim.output.tables.power import speaking

COLUMNS, MOST_ROWS = 8, 40
Cell = Mapping[str, object]


def power_page(table: PowerTable, command: str) -> Page:
    """Return the report. command: makes this page again."""
    best, worst = _best(table), _alarms(table)
    return Page(
        "What does each method find, and how often is it wrong?",
        f"Report of a power study \u00b7 {table.title}",
        f"{_number(table.rows['n'].max())} elections at most",
        "",
        [_answer(best, worst), _rests(table)],
        None,
        _changes(table),
        [
            Section("Found and false alarms", ["Filled: found. Hollow: false alarm."],
                    [found_figure(table)]),
            _maps(table),
            Section("Every cell", [], [_all(table)]),
            Section("Make it again", ["Same input, same bytes."], [Command(command)]),
        ],
    )  # fmt: skip


def _number(value: object) -> str:
    return f"{int(str(value)):,}" if value is not None else "0"


def _float(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _int(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def cells(table: PowerTable, evidence: str) -> dict[tuple[str, str], Cell]:
    """Return (world, estimator) -> row, of one kind of evidence."""
    rows = table.rows.to_dicts()
    return {(r["world"], r["estimator"]): r for r in rows if r["evidence"] == evidence}


def kinds(table: PowerTable) -> list[str]:
    """Return the kinds of evidence in their order."""
    return list(dict.fromkeys(table.rows["evidence"].to_list()))


def _asked(table: PowerTable) -> list[Cell]:
    return [r for r in table.rows.to_dicts() if r["world"] != r["baseline"]]


def _best(table: PowerTable) -> Cell | None:
    """Return the cell with the most power whose false alarms are at most one in twenty."""
    good = [r for r in _asked(table) if _float(r["false_alarm_share"]) <= 0.05]
    return max(good, key=lambda r: (_float(r["rejection_share"]), _int(r["n"])), default=None)


def _alarms(table: PowerTable) -> Cell | None:
    rows = [r for r in table.rows.to_dicts() if r["world"] == r["baseline"]]
    return max(rows, key=lambda r: (_float(r["rejection_share"]), _int(r["n"])), default=None)


def _words(key: object) -> str:
    return str(key).replace("_", " ")


def _answer(best: Cell | None, worst: Cell | None) -> str:
    said = []
    if best is not None:
        said.append(
            f"With {best['evidence']} evidence, {_words(best['estimator'])} finds "
            f"{_words(best['world'])} in {_share(best, 'rejection')} of {_int(best['n'])} "
            f"elections; false alarms: {_share(best, 'false_alarm')} of "
            f"{_int(best['false_alarm_n'])}."
        )
    if worst is not None and _float(worst["rejection_share"]):
        said.append(
            f"The most false alarms come from {_words(worst['estimator'])} with "
            f"{worst['evidence']} evidence: {_share(worst, 'rejection')} of {_int(worst['n'])}."
        )
    else:
        said.append("No honest election was called inconsistent by any method.")
    return " ".join(said)


def _share(row: Cell, kind: str) -> str:
    low, high = (_float(row[f"{kind}_{end}"]) for end in ("low", "high"))
    return f"{percent(_float(row[f'{kind}_share']))} (95%: {span(low, high)})"


def _rests(table: PowerTable) -> str:
    worlds = len(set(table.rows["world"].to_list()))
    return (
        f"{worlds} worlds whose truth is known, {len(kinds(table))} kinds of evidence. Intensities "
        "are assumptions inside the study ranges, not estimates of any real election; intervals "
        "are Monte Carlo intervals."
    )


def _changes(table: PowerTable) -> list[Change]:
    n = [int(x) for x in table.rows["n"].to_list()]
    return [
        Change("More elections", f"Cells rest on {min(n):,} to {max(n):,}; costly methods on the "
               "fewest. 0 of 10 leaves room for 28%."),
        Change("Other worlds", "A method that finds nothing here may find what is not among them.",
               "assumption"),
        Change("Other evidence", "Each page of the heat map is one kind of evidence."),
    ]  # fmt: skip


def found_figure(table: PowerTable) -> Figure:
    """Return for each method the world in which it finds most, beside its false alarms."""
    most: dict[str, Cell] = {}
    for r in _asked(table):
        held = most.get(str(r["estimator"]))
        if held is None or _float(r["rejection_share"]) > _float(held["rejection_share"]):
            most[str(r["estimator"])] = r
    every = [most[k] for k in speaking(table.rows) if k in most]
    every.sort(key=lambda r: (-_float(r["rejection_share"]), str(r["estimator"])))
    rows, body = [], []
    for r in every:
        name = _words(r["estimator"])
        aside = f"({_words(r['world'])}, {r['evidence']})"
        pair = [_float(r[f"{k}_share"]) for k in ("rejection", "false_alarm")]
        ends = [_float(r[f"{k}_{e}"]) for k in ("rejection", "false_alarm") for e in ("low",
                "high")]  # fmt: skip
        notes = (percent(pair[0]), percent(pair[1]), f"{_int(r['n'])}")
        rows.append(
            Row(f"{name} {aside}", pair[0], ends[0], ends[1], notes=notes, other=pair[1],
                other_low=ends[2], other_high=ends[3])
        )  # fmt: skip
        body.append([name, aside.strip("()"), _share(r, "rejection"), _share(r, "false_alarm"),
                     str(_int(r["n"]))])  # fmt: skip
    axis = Axis(0, 1, tuple((x / 4, f"{25 * x}%") for x in range(5)), "share of the elections")
    heads = ("found", "false", "n")
    top = rows[0]
    said = f"{body[0][0]} finds most: {top.notes[0]} of {body[0][1]}" if rows else "Nothing found"
    return Figure(
        said[:1].upper() + said[1:],
        "Share called inconsistent, in the world and evidence in which each method finds most. "
        "Filled: found. Hollow: false alarms in the honest world of the same evidence. Lines: 95%.",
        interval_svg(rows, axis, heads, WIDE),
        interval_svg(rows, axis, heads, NARROW),
        "; ".join(f"{b[0]} {b[2]}, false {b[3]}" for b in body[:3]) + ".",
        "Simulated elections whose truth is known.",
        Table(("method", "world, evidence", "found", "false alarms", "n"), body,
              "Where each method finds most", (4,)),
    )  # fmt: skip


def _maps(table: PowerTable) -> Section:
    options = []
    for kind in kinds(table):
        keys = speaking(table.rows)
        for start in range(0, len(keys), COLUMNS):
            some = keys[start : start + COLUMNS]
            more = "" if len(keys) <= COLUMNS else f", methods {start + 1} to {start + len(some)}"
            option = (f"{kind}-{start}", f"{kind} evidence{more}", [map_figure(table, kind, some)])
            options.append(option)
    how = ["One page a kind of evidence.", "First rows: honest worlds, whose numbers are alarms."]
    return Section("World by world", how, [Choice("map", "Evidence and methods", options)])


def map_figure(table: PowerTable, kind: str, keys: Sequence[str]) -> Figure:
    """Return the heat map of one kind of evidence for some methods."""
    held = cells(table, kind)
    every = [w for w in dict.fromkeys(w for w, _ in held) if "displace" not in w]
    worlds = [w for w in every if seen(held, w, keys)][:MOST_ROWS]
    blind = sorted({_words(w).rsplit(",", 1)[0] for w in every} -
                   {_words(w).rsplit(",", 1)[0] for w in worlds})  # fmt: skip
    most = max((_int(f["n"]) for f in held.values()), default=0)
    tiles, body = [], []
    for i, world in enumerate(worlds):
        row = [_words(world)]
        for j, key in enumerate(keys):
            found = held.get((world, key))
            tiles.append(Tile(j, i, *_tile(found, most)))
            row.append("not asked" if found is None else f"{_share(found, 'rejection')}, n "
                       f"{_int(found['n'])}")  # fmt: skip
        body.append(row)
    size = (min(80, 640 // max(len(keys), 1)), 24)
    grid = Tiles(tiles, [_words(k) for k in keys], [_words(w) for w in worlds],
                 "method \u2192", "world \u2193", size)  # fmt: skip
    shown = [(f, w, k) for (w, k), f in held.items() if w in worlds and k in keys]
    top = max(shown, key=lambda e: _float(e[0]["rejection_share"]))
    said = (
        f"With {kind} evidence, {_words(top[2])} finds {_words(top[1])} in "
        f"{percent(_float(top[0]['rejection_share']))}"
    )
    sizes = [_int(f["n"]) for f, _, _ in shown]
    return Figure(
        said,
        f"Percent of elections called inconsistent; n = {min(sizes):,} to {max(sizes):,}, in "
        f"brackets where it is below {max(sizes):,}. Dash: undecided or not asked.",
        tiles_svg(grid, WIDE),
        tiles_svg(grid, NARROW),
        f"{said} (n = {_int(top[0]['n'])}).",
        f"0 of {max(sizes):,} leaves room for {percent(3 / max(max(sizes), 1))} (rule of three). "
        + (f"In no cell of this page: {', '.join(blind)}." if blind else ""),
        Table(("world", *(_words(k) for k in keys)), body, f"{kind} evidence"),
    )


def seen(held: Mapping[tuple[str, str], Cell], world: str, keys: Sequence[str]) -> bool:
    """Return whether a world is drawn: the honest ones, whose numbers are false alarms, and those
    in which one of the methods finds something.
    """
    found = [held[world, key] for key in keys if (world, key) in held]
    honest = any(f["world"] == f["baseline"] for f in found)
    return honest or any(_float(f["rejection_share"]) for f in found)


def _tile(found: Cell | None, most: int) -> tuple[str, tuple[str, ...]]:
    if found is None or _float(found["undecided_share"]) >= 1:
        return "", ("\u2013",)
    share, n = _float(found["rejection_share"]), _int(found["n"])
    few = f" ({n})" if n < most else ""
    if not share:
        return "", (f"0{few}",)
    return green(share * 0.999), (f"{percent(share).rstrip('%')}{few}",)


def _all(table: PowerTable) -> Folded:
    body = [
        [_words(r["world"]), str(r["evidence"]), _words(r["estimator"]), str(_int(r["n"])),
         _share(r, "rejection"), _share(r, "false_alarm"), percent(_float(r["undecided_share"]))]
        for r in table.rows.to_dicts()
        if _float(r["undecided_share"]) < 1
    ]  # fmt: skip
    head = ("world", "evidence", "method", "n", "inconsistent", "false alarms", "undecided")
    block: Block = Table(head, body, "Cells in which the method decides at all", (3, 4, 5, 6))
    assert isinstance(block, Table)
    return Folded(f"All {len(body)} cells that decide", block)
