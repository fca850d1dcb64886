"""Maps of tiles by region, where the case has a layout; else the regions as rows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable

import numpy as np

from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.draw.tile_chart import Tile, Tiles, green, lead_tone, tiles_svg
from sim.output.report.history.replay import Floats, Replay
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import replicates, signed
from sim.output.report.run.subject import Subject
from sim.scenario.find import shipped

LAYOUT = "tiles.toml"
Place = tuple[str, int, int]
MAPS: dict[str, tuple[str, str, bool]] = {
    "lead": ("Lead of the challenger in votes cast", "percentage points", True),
    "turnout": ("Turnout", "percent of the register", False),
    "coverage": ("Tables whose copy observers hold", "percent of the tables", False),
    "wait": ("Mean wait", "minutes", False),
}
"""Field of `Regions` -> (what, unit, whether it is a lead)."""


def layout(subject: Subject) -> dict[str, Place]:
    """Return region -> (three letters, column, row), {} where the case has no layout."""
    if subject.resolved is None:
        return {}
    path = shipped("seeds") / subject.resolved.seed.name / LAYOUT
    if not path.is_file():
        return {}
    tiles = tomllib.loads(path.read_text(encoding="utf-8"))["tiles"]
    return {name: (str(x[0]), int(x[1]), int(x[2])) for name, x in tiles.items()}


def values(replay: Replay, what: str) -> Floats:
    """Return (replicates, regions) of a field, in percent or minutes."""
    kept = [h.regions for h in replay.histories if h.regions is not None]
    scale = 1.0 if what == "wait" else 100.0
    return scale * np.array([getattr(r, what) for r in kept], dtype=np.float64)


def map_figure(subject: Subject, replay: Replay, what: str = "lead") -> Figure | None:
    """Return a map of medians with the middle 90 % of the replicates; None without an election."""
    found = values(replay, what)
    if not found.size:
        return None
    low, mid, high = (np.nanquantile(found, q, axis=0) for q in (0.05, 0.5, 0.95))
    places, (name, unit, lead) = layout(subject), MAPS[what]
    text: Callable[[float], str] = signed if lead else lambda x: f"{x:.0f}"
    rows = [(s, low[k], mid[k], high[k]) for k, s in enumerate(replay.states)]
    known = all(s in places for s in replay.states) and bool(places)
    drawn = _tiled(rows, places, lead, text) if known else _rowed(rows, f"{name}, {unit}", text)
    order = sorted((r for r in rows if np.isfinite(r[2])), key=lambda r: r[2])
    ends = order[-1], order[0]
    n = len(found)
    ahead = sum(r[2] > 0 for r in order)
    said = (
        f"The challenger leads in {ahead} of {len(order)} regions in the median"
        if lead
        else f"{name}: from {text(ends[1][2])} in {ends[1][0]} to {text(ends[0][2])} in "
        f"{ends[0][0]}"
    )
    codes = ", ".join(f"{places[s][0]} {s}" for s in replay.states) if known else ""
    return Figure(
        said,
        f"{name}, {unit}: median, and the middle 90% of {replicates(n)} below it.",
        drawn[0],
        drawn[1],
        f"{said}; most in {ends[0][0]} ({text(ends[0][2])}), least in {ends[1][0]} "
        f"({text(ends[1][2])}); {replicates(n)}.",
        f'Simulated, "{subject.title}"; {replicates(n)} played again. Tiles are equal although '
        f"electorates are not. {codes}",
        Table(
            ("region", "median", "5%", "95%"),
            [[s, text(m), text(a), text(b)] for s, a, m, b in rows],
            f"{name}, {unit}",
            (1, 2, 3),
        ),
    )


Region = tuple[str, float, float, float]


def _tiled(
    rows: list[Region], places: dict[str, Place], lead: bool, text: Callable[[float], str]
) -> tuple[str, str]:
    finite = [r[2] for r in rows if np.isfinite(r[2])]
    least, most = min(finite), max(finite)
    tiles, small = [], []
    for name, low, mid, high in rows:
        code, column, row = places[name]
        if not np.isfinite(mid):
            tiles.append(Tile(column, row, "", (code, "\u2013")))
            small.append(Tile(column, row, "", (code, "\u2013")))
            continue
        part = (mid - least) / (most - least) if most > least else 0.5
        tone = lead_tone(mid / 100) if lead else green(part * 0.999)
        tiles.append(Tile(column, row, tone, (code, text(mid), f"{text(low)} {text(high)}")))
        small.append(Tile(column, row, tone, (code, text(mid))))
    return (
        tiles_svg(Tiles(tiles, size=(72, 58), bold=1), WIDE),
        tiles_svg(Tiles(small, size=(40, 44), bold=1), NARROW),
    )


def _rowed(rows: list[Region], unit: str, text: Callable[[float], str]) -> tuple[str, str]:
    ordered = sorted(rows, key=lambda r: -r[2] if np.isfinite(r[2]) else np.inf)
    scale = nice([x for r in ordered for x in r[1:]], unit, zero=True)
    axis = Axis(scale.low, scale.high, scale.ticks, unit, zero=True)
    made = [
        Row(s, m, a, b, notes=(text(m), f"{text(a)} to {text(b)}"))
        for s, a, m, b in ordered
        if np.isfinite(m)
    ]
    heads = ("median", "middle 90%")
    return interval_svg(made, axis, heads, WIDE), interval_svg(made, axis, heads, NARROW)
