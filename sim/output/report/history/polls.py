"""Polls of every family, published and simulated, and the lead in the votes cast."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.output.report.draw.rows import NARROW, WIDE
from sim.output.report.draw.scales import Scale, nice
from sim.output.report.draw.xy_chart import XY, Rule, Series, xy_svg
from sim.output.report.history.replay import Replay
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import date, replicates, signed
from sim.output.report.run.subject import Subject
from sim.records import events as e

DOTS, MOST = 50, 150
Poll = tuple[str, float, float]
MARKS = (("circle", False), ("diamond", True), ("circle", True), ("diamond", False))


def published(subject: Subject) -> list[Poll]:
    """Return (family, house day, lead in points) of the polls in force at the as-of."""
    found = []
    for each in subject.resolved.facts if subject.resolved is not None else ():
        f = each.fact
        a, b = getattr(f, "challenger_share", None), getattr(f, "incumbent_share", None)
        day = getattr(f, "date", None)
        if isinstance(a, float) and isinstance(b, float) and day is not None:
            house_day = float((day - subject.election).days)
            found.append((str(getattr(f, "family", "poll")), house_day, 100 * (a - b)))
    return sorted(found)


def simulated(replay: Replay) -> list[Poll]:
    """Return the polls that the model publishes in the replicates played again."""
    return [
        (x.family, x.day, 100 * x.lead)
        for h in replay.histories
        for x in h.events
        if isinstance(x, e.PollPublished)
    ]


def polls_figure(subject: Subject, replay: Replay) -> Figure | None:
    """Return the polls left and right of the as-of, and the lead in the votes cast as dots."""
    real, made = published(subject), simulated(replay)
    leads = [100 * v for v in subject.columns.get("lead_true_share", ()) if isinstance(v, float)]
    if not (real or made) or not leads:
        return None
    families = sorted({f for f, _, _ in [*real, *made]})
    dots = quantile_dots(leads)
    start = min([d for _, d, _ in real], default=float((subject.as_of - subject.election).days))
    columns, end = _stacked(dots), 4.0
    width = max((c for c, _ in columns), default=0)
    x = _days(subject, start - 3, end + 2.2 * (width + 1))
    inner = [v for _, _, v in real] + _middle([v for _, _, v in made]) + dots
    y = nice(inner, "lead of the challenger, points")
    beyond = sum(not y.low <= v <= y.high for _, _, v in made)
    series = []
    for k, family in enumerate(families):
        shape, hollow = MARKS[k % 4]
        here = [(d, v) for f, d, v in made if f == family and y.low <= v <= y.high][:MOST]
        series.append(Series("", here, LIGHT["nobody-tint"], line=False, size=14))
        points = [(d, v) for f, d, v in real if f == family]
        n = f"{len(points)} published, {len(here)} simulated"
        label = family.replace("_", " ") if points else ""
        n = n if label else ""
        series.append(Series(label, points, line=False, note=n, shape=shape, hollow=hollow))
    for who, sign in (("opposition", 1), ("incumbent", -1)):
        placed = [(end + 2.2 * c, v) for c, v in columns if v * sign > 0]
        colour = LIGHT[who]
        series.append(Series("", placed, colour, line=False, size=26))
    rules = [
        Rule("as of", x=float((subject.as_of - subject.election).days)),
        Rule("", y=0.0),
        Rule("vote", x=0.0, dash=(2, 3)),
    ]
    chart = XY(x, y, series, rules, height=330)
    k = sum(v > 0 for v in leads)
    spans = [_span(family, real or made) for family in families]
    said = f"The challenger leads in the votes cast in {k:,} of {replicates(len(leads))}"
    return Figure(
        said,
        f"Lead of the challenger, percentage points. Dark: {len(real)} polls published by "
        f"{date(subject.as_of)}. Pale: {len(made):,} simulated polls, {beyond} beyond the axis. "
        f"Right of the vote: the lead in votes cast, "
        f"{len(dots)} dots = {replicates(len(leads))}.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{said}. {'; '.join(spans)}.",
        f'Simulated, "{subject.title}"; polls from its facts. Shares of all respondents.',
        _table(subject, real, made, leads),
    )


def quantile_dots(values: Sequence[float]) -> list[float]:
    """Return at most 50 values that stand for all: quantiles at (k - 1/2)/50."""
    n = min(DOTS, len(values))
    parts = (np.arange(n) + 0.5) / n
    return [float(v) for v in np.quantile(np.array(values), parts)]


def _middle(values: Sequence[float]) -> list[float]:
    """Return the ends of the middle 96 % of values."""
    return [float(v) for v in np.quantile(values, [0.02, 0.98])] if values else []


def _stacked(dots: Sequence[float]) -> list[tuple[int, float]]:
    """Return (column, height) of dots of which those of one bin stand side by side."""
    step = max((max(dots) - min(dots)) / 25, 1e-9)
    seen: dict[int, int] = {}
    found = []
    for v in dots:
        bin_ = round(v / step)
        found.append((seen.get(bin_, 0), bin_ * step if bin_ else v))
        seen[bin_] = seen.get(bin_, 0) + 1
    return found


def _days(subject: Subject, low: float, high: float) -> Scale:
    import datetime as dt

    ticks = []
    for day in range(int(low), 1):
        at = subject.election + dt.timedelta(days=day)
        if at.day == 1:
            ticks.append((float(day), date(at).split()[1][:3]))
    return Scale(low, high, (*ticks, (0.0, "vote")), "")


def _span(family: str, polls: Sequence[Poll]) -> str:
    leads = [v for f, _, v in polls if f == family]
    if not leads:
        return f"{family}: no poll"
    return f"polls of the {family} family from {signed(min(leads))} to {signed(max(leads))} points"


def _table(
    subject: Subject, real: Sequence[Poll], made: Sequence[Poll], leads: Sequence[float]
) -> Table:
    import datetime as dt

    rows = [
        [f"{f}, published", str(subject.election + dt.timedelta(days=d)), signed(v)]
        for f, d, v in real
    ]
    for family in sorted({f for f, _, _ in made}):
        held = [v for f, _, v in made if f == family]
        low, mid, high = np.quantile(held, [0.05, 0.5, 0.95])
        ends = f"{signed(mid)} ({signed(low)} to {signed(high)})"
        rows.append([f"{family}, {len(held)} simulated", "median, middle 90%", ends])
    low, mid, high = np.quantile(leads, [0.05, 0.5, 0.95])
    ends = f"{signed(mid)} ({signed(low)} to {signed(high)})"
    rows.append(["votes cast", "median, middle 90%", ends])
    return Table(("poll", "day", "lead, points"), rows, "Polls and the votes cast", (2,))
