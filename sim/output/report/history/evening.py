"""The evening of one replicate, and when tables close over all that were played again."""

from __future__ import annotations

import numpy as np

from sim.output.report.draw.rows import NARROW, WIDE
from sim.output.report.draw.scales import Scale, nice, percents
from sim.output.report.draw.xy_chart import XY, Rule, Series, xy_svg
from sim.output.report.history.replay import HOURS, MINUTES, Evening, History, Replay
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import replicates, signed
from sim.output.report.run.subject import Subject

LAST = HOURS[-1]
HOUR_AXIS = Scale(
    0, LAST, tuple((float(h), str(h)) for h in range(0, int(LAST) + 1, 2)), "hours after closing"
)


def evening_figure(subject: Subject, history: History) -> Figure | None:
    """Return the lead as cast, as estimated and as announced, hour by hour; None without an
    election.
    """
    night = history.evening
    if night is None:
        return None
    points = [(h, 100 * v) for h, v, _, _ in night.estimates]
    bars = [(h, 100 * a, 100 * b) for h, _, a, b in night.estimates]
    told = [(h, 100 * v) for h, v, _ in night.bulletins if h <= LAST]
    series = [
        Series("cast: " + signed(100 * night.cast, 1), [(0, 100 * night.cast),
               (LAST, 100 * night.cast)], LIGHT["edge"], LIGHT["ink2"], dash=(4, 3),
               note="known to the model only"),
    ]  # fmt: skip
    if points:
        half = (bars[-1][2] - bars[-1][1]) / 2
        note = f"90% interval \u00b1{half:.1f} at last"
        label = f"quick count: {signed(points[-1][1], 1)}"
        series.append(Series(label, points, points=True, bars=bars, note=note))
    if told:
        who = "opposition" if told[-1][1] > 0 else "incumbent"
        text = LIGHT.get(f"{who}-text", LIGHT[who])
        values = [*told, (LAST, told[-1][1])]
        counted = f"{100 * night.bulletins[len(told) - 1][2]:.0f}% counted"
        label = f"announced: {signed(told[-1][1], 1)}"
        series.append(Series(label, values, LIGHT[who], text, width=2.6, note=counted))
    y = nice([v for s in series for _, v in s.values] + [x for b in bars for x in b[1:]],
             "lead of the challenger, points", zero=True)  # fmt: skip
    chart = XY(HOUR_AXIS, y, series, [Rule("", y=0.0)], height=260)
    return Figure(
        headline(night),
        f"Replicate {history.number}, hours after closing. Dots: quick count with its 90% sampling "
        "interval. Coloured: what was announced.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{headline(night)}. Cast: {signed(100 * night.cast, 1)} points.",
        _foot(subject, night),
        _table(night),
    )


def headline(night: Evening) -> str:
    """Return what the quick count said first, and what was announced."""
    bulletins = [b for b in night.bulletins if b[0] <= LAST]
    count = f"The quick count stood at {signed(100 * night.estimates[0][1])} points after " if (
        night.estimates) else ""  # fmt: skip
    first = f"{count}{_hours(night.estimates[0][0])}" if count else "No quick count came in"
    if not bulletins:
        return f"{first}; nothing was announced in {LAST:.0f} hours"
    lead = signed(100 * bulletins[0][1])
    return f"{first}; {lead} was announced after {_hours(bulletins[0][0])}"


def _hours(hours: float) -> str:
    return "1 hour" if round(hours, 1) == 1 else f"{hours:.1f} hours".replace(".0 ", " ")


def _foot(subject: Subject, night: Evening) -> str:
    outside = [h for h, _, a, b in night.estimates if not a <= night.cast <= b]
    more = (
        " The votes cast lie outside the interval at some hour: it counts sampling alone, not the "
        "tables that did not report."
        if outside
        else ""
    )
    return f'One simulated replicate of "{subject.title}"; an illustration.{more}'


def _table(night: Evening) -> Table:
    rows = [
        [
            f"{h:g}",
            "quick count",
            signed(100 * v, 1),
            f"{signed(100 * a, 1)} to {signed(100 * b, 1)}",
        ]
        for h, v, a, b in night.estimates
    ]
    rows += [
        [f"{h:.1f}", "bulletin", signed(100 * v, 1), f"{100 * c:.1f}% counted"]
        for h, v, c in night.bulletins
    ]
    rows.append(["", "votes cast", signed(100 * night.cast, 1), "known to the model only"])
    return Table(("hour", "what", "lead, points", "interval or share counted"), rows, "The evening",
                 (2,))  # fmt: skip


def returns_figure(history: History) -> Figure | None:
    """Return sheets sent and copies read as shares of all tables, hour by hour."""
    night = history.evening
    if night is None or not (night.sent or night.scanned):
        return None
    series = []
    for name, note, points in (
        ("sheets sent", "to the authority", night.sent),
        ("copies read", "by those who collect them", night.scanned),
    ):
        kept = [(h, v) for h, v in points if 0 <= h <= LAST]
        if kept:
            label = f"{name}: {100 * kept[-1][1]:.0f}%"
            width = 2.2 if name == "copies read" else 1.2
            series.append(Series(label, [(0.0, 0.0), *kept], width=width, note=note))
    y = percents(unit=f"share of {night.tables:,} tables")
    chart = XY(HOUR_AXIS, y, series, height=150)
    rows = [[f"{h:.0f}", f"{100 * v:.1f}%", "sheets sent"] for h, v in night.sent if h <= LAST]
    rows += [[f"{h:.0f}", f"{100 * v:.1f}%", "copies read"] for h, v in night.scanned if h <= LAST]
    said = " and ".join(f"{s.label} after {LAST:.0f} hours" for s in series)
    return Figure(
        said[:1].upper() + said[1:],
        f"Replicate {history.number}; share of all tables by hours after closing.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{said[:1].upper()}{said[1:]}.",
        "One simulated replicate.",
        Table(("hour", "share of tables", "what"), rows, "Returns by hour", (1,)),
    )


def day_figure(subject: Subject, replay: Replay) -> Figure | None:
    """Return the share of tables closed by each minute after the legal hour."""
    kept = np.array([h.closing for h in replay.histories if h.closing is not None])
    if not kept.size:
        return None
    low, mid, high = (np.quantile(kept, q, axis=0) for q in (0.05, 0.5, 0.95))
    lines = [
        Series("median", list(zip(MINUTES, mid.tolist(), strict=True)), width=2.4),
        Series("", list(zip(MINUTES, low.tolist(), strict=True)), LIGHT["edge"], dash=(2, 3)),
        Series("", list(zip(MINUTES, high.tolist(), strict=True)), LIGHT["edge"], dash=(2, 3)),
    ]
    ticks = tuple((float(m), str(m)) for m in range(0, 361, 60))
    x = Scale(0, 360, ticks, "minutes after the legal closing")
    chart = XY(x, percents(unit="share of tables closed"), lines, height=190)
    at = 60
    k = MINUTES.index(at)
    said = f"An hour after the legal closing {100 * mid[k]:.0f}% of the tables are closed"
    return Figure(
        said,
        f"Share of tables closed; median and, dotted, the middle 90% of {replicates(len(kept))}.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{said} in the median ({100 * low[k]:.0f} to {100 * high[k]:.0f}% in the middle 90% of "
        f"{replicates(len(kept))}).",
        f'Simulated, "{subject.title}"; {replicates(len(kept))} played again.',
        Table(
            ("minutes", "median", "5%", "95%"),
            [[str(m), *(f"{100 * q[i]:.1f}%" for q in (mid, low, high))]
             for i, m in enumerate(MINUTES) if m % 30 == 0],
            "Tables closed",
            (1, 2, 3),
        ),
    )  # fmt: skip
