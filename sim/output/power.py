"""The power study on screen and as a picture: how often each estimator speaks, and in the same cell
how often falsely.

A cell reads "93 (1)": 93 % of replicates of this world end with "inconsistent", and 1 % of the
honest ones of the same evidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.output.grid import Column, Grid
from sim.output.pictures import save_chart
from sim.text import literal

if TYPE_CHECKING:
    import polars as pl

FIGURES = (
    "rejection_share",
    "rejection_low",
    "rejection_high",
    "false_alarm_share",
    "false_alarm_low",
    "false_alarm_high",
)


def cell(rejection: float, alarms: float) -> str:
    """Return power and false alarms in percent, for instance "93 (1)"; a dot where neither is."""
    return f"{100 * rejection:.0f} ({100 * alarms:.0f})" if rejection or alarms else "·"


def speaking(rows: pl.DataFrame) -> list[str]:
    """Return the estimators that ever decide anything, in their order; the others describe, or had
    nothing to read.
    """
    import polars as pl

    decided = set(rows.filter(pl.col("undecided_share") < 1)["estimator"].to_list())
    return [key for key in dict.fromkeys(rows["estimator"].to_list()) if key in decided]


def power_tables(rows: pl.DataFrame) -> Iterator[Grid]:
    """Yield the table of each evidence: worlds as rows, estimators as columns, in blocks."""
    for evidence in dict.fromkeys(rows["evidence"].to_list()):
        yield _table(rows, evidence, speaking(rows))


def _table(rows: pl.DataFrame, evidence: str, keys: Sequence[str]) -> Grid:
    found = {(r["world"], r["estimator"]): r for r in rows.to_dicts() if r["evidence"] == evidence}
    title = (
        f"Evidence: {evidence}. Cells: % of replicates found inconsistent (% in the honest world "
        "of the same evidence)"
    )
    asked = [max((r["n"] for (_, k), r in found.items() if k == key), default=0) for key in keys]
    heads = [f"{key}\nn={n}" for key, n in zip(keys, asked, strict=True)]
    columns = [Column("world"), *(Column(head, right=True) for head in heads)]
    body = []
    for world in dict.fromkeys(world for world, _ in found):
        cells = [found.get((world, key)) for key in keys]
        if any(cells):
            shown = (cell(c["rejection_share"], c["false_alarm_share"]) if c else "" for c in cells)
            body.append([world, *shown])
    return Grid(columns, body, title, blocks=True)


def as_json(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the rows as plain dictionaries."""
    return rows.to_dicts()


def heat_map(rows: pl.DataFrame, title: str, subtitle: Sequence[str]) -> Any:
    """Return the picture: a panel for each kind of evidence, worlds without displacement down,
    estimators across.

    Colour and first number: share found inconsistent; number in brackets: false alarms. The honest
    worlds stand on top.
    """
    import altair as alt
    import polars as pl

    alt.data_transformers.disable_max_rows()
    keys = speaking(rows)
    kept = rows.filter(~pl.col("displaced") & pl.col("estimator").is_in(keys))
    worlds = list(dict.fromkeys(kept["world"].to_list()))
    data = [
        {
            "world": r["world"],
            "estimator": r["estimator"],
            "share": r["rejection_share"],
            "evidence": r["evidence"],
            "text": cell(r["rejection_share"], r["false_alarm_share"]),
        }
        for r in kept.to_dicts()
    ]
    kinds = list(dict.fromkeys(kept["evidence"].to_list()))
    panels = [
        _panel(alt, [d for d in data if d["evidence"] == kind], kind, worlds, keys)
        for kind in kinds
    ]
    head = alt.TitleParams(
        literal(title),
        subtitle=list(subtitle),
        anchor="start",
        fontSize=20,
        subtitleFontSize=14,
        offset=16,
    )
    return (
        alt.vconcat(*panels, spacing=24)
        .properties(title=head)
        .configure_view(stroke=None, fill="#e8e8e8")
    )


def _panel(
    alt: Any, data: list[dict[str, Any]], kind: str, worlds: list[str], keys: list[str]
) -> Any:
    y = alt.Y(
        "world:N",
        sort=worlds,
        title=None,
        axis=alt.Axis(labelLimit=320, labelFontSize=12, ticks=False),
    )
    x = alt.X(
        "estimator:N",
        sort=keys,
        title=None,
        axis=alt.Axis(orient="top", labelAngle=-60, labelFontSize=12, labelLimit=240),
    )
    scale = alt.Scale(scheme="yellowgreenblue", domain=[0, 1])
    legend = alt.Legend(
        title=["share found", "inconsistent"],
        format=".0%",
        gradientLength=220,
        titleFontSize=12,
        labelFontSize=12,
    )
    base = alt.Chart(alt.Data(values=data)).encode(x=x, y=y)
    squares = base.mark_rect(stroke="white").encode(
        color=alt.Color("share:Q", scale=scale, legend=legend)
    )
    words = base.mark_text(fontSize=10).encode(
        text="text:N",
        color=alt.condition("datum.share > 0.55", alt.value("white"), alt.value("#222222")),
    )
    size = {"width": 46 * len(keys), "height": 18 * len(worlds)}
    return (squares + words).properties(
        title=alt.TitleParams(f"Evidence: {kind}", fontSize=15), **size
    )


def draw(rows: pl.DataFrame, out: Path, title: str, subtitle: Sequence[str]) -> tuple[Path, ...]:
    """Write `power.png` and `power.svg` into the study's folder, in the place of those of its last
    run, and return both.
    """
    picture = heat_map(rows, title, subtitle)
    names = ("power.png", "power.svg")
    return tuple(save_chart(picture, out / name, title, replace=True, scale=1.0) for name in names)
