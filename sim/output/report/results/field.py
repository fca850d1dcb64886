"""Pictures for people in the field: queues, plans of quick counts, bargaining."""

from __future__ import annotations

import math

import numpy as np

from sim.errors import InputError
from sim.fieldwork.bargaining.path import Bargained
from sim.fieldwork.bargaining.sides import Sides
from sim.fieldwork.queue_plan import Estimate, QueuePlan, sentence
from sim.fieldwork.quick_count_plan import QuickCountPlan
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.draw.xy_chart import XY, Rule, Series, xy_svg
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import cut
from sim.output.report.results.studies import axis_of, figure


def queue_figure(plan: QueuePlan) -> Figure:
    """Return the waits of a day, with where nine days in ten lie."""
    q = plan.question
    over = _over(plan)
    named = [
        ("Mean wait", plan.mean_wait),
        ("Wait of the slowest twentieth", plan.p95_wait),
        ("Closing after the hour", over),
    ]
    rows = [
        Row(name, e.mean, e.low, e.high, notes=(f"{e.mean:.0f}", f"{e.low:.0f} to {e.high:.0f}"))
        for name, e in named
    ]
    body = [[name, f"{e.mean:.1f}", f"{e.error:.2f}", f"{e.low:.1f} to {e.high:.1f}"]
            for name, e in named]  # fmt: skip
    made = figure(
        sentence(plan),
        f"Minutes; {q.voters} voters, {q.machines} machines, {q.replicates} days. Dot: the mean. "
        "Line: where nine days in ten lie.",
        rows,
        axis_of([x for _, e in named for x in (e.low, e.high)], "minutes"),
        ("mean", "days"),
        Table(("minutes", "mean", "\u00b1 one error", "nine days in ten"), body, "Waits",
              (1, 2, 3)),
    )  # fmt: skip
    return made


def _over(plan: QueuePlan) -> Estimate:
    q, c = plan.question, plan.closing_minute
    hour = q.opens_minute + 60 * q.hours
    return Estimate(c.mean - hour, c.error, c.low - hour, c.high - hour)


def plan_figure(plan: QuickCountPlan) -> Figure:
    """Return the margin by the number of reports: drawn by stratum, from one list, voter by voter.

    Each margin falls with one over the root of the reports, less the finite population.
    """
    n, m = plan.stratified_tables, plan.tables_in_all
    sizes = sorted({max(10, round(n * f)) for f in np.geomspace(0.1, 6, 25)})
    sizes = [s for s in sizes if s <= m] or [n]
    named = (
        ("drawn by stratum", plan.stratified_margin, (1, 0)),
        ("tables from one list", plan.plain_margin, (5, 3)),
        ("voters one by one", plan.naive_margin, (2, 3)),
    )
    series = [
        Series(name, [(s, 100 * _margin(at, n, s, m)) for s in sizes], dash=dash,
               note=f"\u00b1{100 * at:.2f} with {n:,}")
        for name, at, dash in named
    ]  # fmt: skip
    y = nice([v for s in series for _, v in s.values], "margin, points", zero=True)
    chart = XY(nice(sizes, "reports in hand", zero=True), y, series, [Rule("planned", x=n,
               dash=(2, 3))])  # fmt: skip
    head = f"{n:,} reports give a margin of {100 * plan.stratified_margin:.2f} points"
    body = [
        [f"{s:,}", *(f"{100 * _margin(at, n, s, m):.2f}" for _, at, _ in named)] for s in sizes[::4]
    ]
    return Figure(
        head,
        f"Half-width of the {100 * plan.level:.0f}% interval of {plan.candidate}'s share, by "
        f"reports in hand of {m:,} tables. Design effect {plan.design_effect:.1f}.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{head}; {plan.drawn:,} tables are drawn, since {100 * plan.nonresponse:.0f}% will not "
        "report. Voter by voter the formula would promise "
        f"{100 * plan.naive_margin:.2f}.",
        f"{plan.basis}.",
        Table(("reports", *(name for name, _, _ in named)), body, "Margin in points", (0, 1, 2, 3)),
    )


def _margin(at: float, n: int, size: int, tables: int) -> float:
    """Return the margin of another number of reports: roots, and the finite population."""
    finite = math.sqrt(max(tables - size, 0) / max(tables - n, 1)) if tables > n else 1.0
    return at * math.sqrt(n / size) * finite


def path_figure(found: Bargained) -> Figure:
    """Return the positions of the first dimension turn by turn, and the outcome in bold."""
    turns = found.positions.shape[0]
    name, actors = found.table.dimensions[0], found.table.names
    series = [
        Series("", list(enumerate(found.positions[:, i, 0].tolist())), LIGHT["edge"], width=1.0)
        for i in range(found.positions.shape[1])
    ]
    outcome = found.outcomes[:, 0].tolist()
    label = f"outcome {outcome[-1]:.3g}"
    series.append(Series(label, list(enumerate(outcome)), width=3.4, points=turns < 2))
    mean = float(found.baseline[0])
    series.append(Series(f"weighted mean {mean:.3g}", [(0, mean), (turns - 1, mean)],
                         LIGHT["ink2"], LIGHT["ink2"], dash=(4, 3)))  # fmt: skip
    y = nice([v for s in series for _, v in s.values], str(name))
    most = max(turns - 1, 1)
    chart = XY(nice([0, most], "turn", most=min(most, 6), zero=True), y, series)
    spread = "one run, no interval" if found.ranges is None else "noise: see the table of ranges"
    head = f"{found.model}: the outcome ends at {outcome[-1]:.3g}, the weighted mean is {mean:.3g}"
    body = [
        [actors[i], f"{found.positions[0, i, 0]:.3g}",
         f"{found.positions[-1, i, 0]:.3g}"] for i in range(found.positions.shape[1])
    ]  # fmt: skip
    return Figure(
        head,
        f"Positions turn by turn; thin: {found.positions.shape[1]} actors; {spread}.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        cut(f"{head}; {turns - 1} turns.", 300),
        found.summary,
        Table(("actor", "first position", "last position"), body, str(name), (1, 2)),
    )


def frontier_figure(found: Sides) -> Figure:
    """Return the packages by both sides' utility, the frontier, and where each model settles.

    Raises:
        InputError: there is no package.
    """
    table = found.table
    a = [float(pair[0]) for pair in table.utilities]
    b = [float(pair[1]) for pair in table.utilities]
    if not a:
        raise InputError("there is no package to draw")
    line = [(a[k], b[k]) for k in found.frontier]
    agreed = [s for s in found.settled if s.package is not None]
    series = [
        Series("packages", list(zip(a, b, strict=True)), LIGHT["edge"], LIGHT["ink2"], line=False,
               note=f"{len(a)}, {len(line)} on the frontier"),
        Series("", sorted(line), width=1.6),
    ]  # fmt: skip
    at: dict[tuple[float, float], list[str]] = {}
    for s in agreed:
        at.setdefault(s.utilities, []).append(s.model)
    series += [
        Series(", ".join(models)[:26], [point], points=True, line=False, shape="diamond", size=80,
               hollow=True)
        for point, models in at.items()
    ]  # fmt: skip
    x, y = (nice(v, f"utility: {side}") for v, side in zip((a, b), table.sides, strict=True))
    chart = XY(x, y, series, height=300)
    words = "; ".join(f"{', '.join(m)}" for m in at.values()) or "no model agrees"
    body = [[s.model, s.package or "no agreement", *(f"{u:.3g}" for u in s.utilities), s.note]
            for s in found.settled]  # fmt: skip
    head = f"{len(agreed)} of {len(found.settled)} models agree, on {len(at)} packages"
    return Figure(
        head,
        "Utility of each package for both sides. Line: the frontier. Diamonds: where models "
        "settle.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        cut(f"{head}: {words}.", 300),
        "One run, no interval.",
        Table(("model", "package", *table.sides, "note"), body, "Settlements",
              (2, 3)),
    )  # fmt: skip
