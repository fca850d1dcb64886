"""One picture of a run: the three outcomes that are never merged, and how far the announced lead is
from the lead as cast.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sim.records.outcome import Value
from sim.text import literal

WINNERS = {
    "vote_winner": "most votes cast",
    "announced_winner": "announced as winner",
    "office_holder_inauguration": "holds office after inauguration",
}
WHO = ("opposition", "incumbent", "interim", "other", "none")
COLOURS = ("#2f6db3", "#d9822b", "#8a6fb0", "#8c8c8c", "#c9c9c9")


def shares(columns: Mapping[str, Sequence[Value]]) -> list[dict[str, Any]]:
    """Return one row for each of the three outcomes and who it falls to, with its share of the
    replicates.
    """
    rows = []
    for name, words in WINNERS.items():
        counts = Counter(str(v) for v in columns[name] if v is not None)
        n = sum(counts.values())
        for order, who in enumerate(WHO):
            if counts[who]:
                rows.append(
                    {"outcome": words, "who": who, "share": counts[who] / n, "order": order}
                )
    return rows


def leads(columns: Mapping[str, Sequence[Value]]) -> list[dict[str, Any]]:
    """Return the lead as cast and as announced of each replicate that has both (challenger minus
    incumbent, points).
    """
    rows = []
    for true, announced in zip(
        columns["lead_true_share"], columns["lead_announced_share"], strict=True
    ):
        if isinstance(true, float) and isinstance(announced, float):
            rows += [
                {"which": "as cast", "lead": 100 * true},
                {"which": "as announced", "lead": 100 * announced},
            ]
    return rows


def run_chart(columns: Mapping[str, Sequence[Value]], title: str) -> Any:
    """Return the picture as an altair chart."""
    import altair as alt

    who = alt.Color(
        "who:N",
        scale=alt.Scale(domain=WHO, range=COLOURS),
        legend=alt.Legend(title=None, orient="bottom"),
    )
    base = alt.Chart(alt.Data(values=shares(columns))).encode(
        y=alt.Y(
            "outcome:N", sort=list(WINNERS.values()), title=None, axis=alt.Axis(labelLimit=260)
        ),
        x=alt.X(
            "share:Q",
            stack="zero",
            title="share of replicates",
            axis=alt.Axis(format=".0%"),
            scale=alt.Scale(domain=[0, 1]),
        ),
        order="order:Q",
    )
    bars = base.mark_bar(height=26).encode(color=who)
    labels = base.mark_text(dx=-18, color="white", fontSize=12).encode(
        text=alt.Text("share:Q", format=".0%"),
        opacity=alt.condition("datum.share > 0.05", alt.value(1), alt.value(0)),
    )
    lines = (
        alt.Chart(alt.Data(values=leads(columns)))
        .transform_density("lead", groupby=["which"], as_=["lead", "density"], extent=[-100, 100])
        .mark_area(opacity=0.45, line=True)
        .encode(
            x=alt.X("lead:Q", title="lead of the challenger over the incumbent, points"),
            y=alt.Y("density:Q", title=None, axis=None, stack=None),
            color=alt.Color(
                "which:N",
                scale=alt.Scale(domain=["as cast", "as announced"], range=["#2f6db3", "#c0392b"]),
                legend=alt.Legend(title=None, orient="bottom"),
            ),
        )
    )
    top = (bars + labels).properties(width=620, height=130)
    bottom = lines.properties(width=620, height=150)
    chart = alt.vconcat(top, bottom).resolve_scale(color="independent")
    return chart.properties(
        title=alt.TitleParams(literal(title), anchor="start", fontSize=15)
    ).configure_view(stroke=None)
