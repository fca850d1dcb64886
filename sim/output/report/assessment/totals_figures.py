"""Announced totals against sheets, and what the missing tables could do."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sim.estimators.base import announced_shares, candidate_totals
from sim.fieldwork.assess import Assessment
from sim.output.report.assessment.contest import Stand, contest, sheets_of
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import cut, signed
from sim.records.seen.finding import Finding

MOST = 8
BOUNDS = "missing_tables_bounds"


def found(done: Assessment, key: str) -> Finding | None:
    """Return the finding of a method."""
    return next((f for f in done.findings if f.estimator == key), None)


def announced_figure(done: Assessment) -> Figure | None:
    """Return votes on the sheets beside announced votes, or None where nothing is announced."""
    e = done.evidence
    if e.announced is None or e.announced.totals is None:
        return None
    every = contest(done)
    shown, rest = every[:MOST], every[MOST:]
    if rest:
        others = sum(s.votes for s in rest), sum(s.announced or 0 for s in rest)
        name = f"Others ({len(rest)})"
        shown = [*shown, Stand(-1, name, *others, LIGHT["nobody"], LIGHT["ink2"])]
    scale = nice([0, *(max(s.votes, s.announced or 0) for s in shown)], "votes", zero=True)
    axis = Axis(scale.low, scale.high, scale.ticks, "votes")
    rows = [_row(s) for s in shown]
    columns = ("on sheets", "announced")
    sheets, tables = sheets_of(done)
    of = f"{sheets:,}" if tables is None else f"{sheets:,} of {tables:,}"
    counted = e.announced.share_counted
    part = "" if counted is None else f" of {100 * counted:.1f}% of the tables, as announced"
    table = [[s.name, f"{s.votes:,}", f"{s.announced:,}", _difference(s)] for s in every]
    return Figure(
        _headline(every),
        f"Votes. Filled: on the sheets of {of} tables. Diamond: announced totals{part}.",
        interval_svg(rows, axis, columns, WIDE),
        interval_svg(rows, axis, columns, NARROW),
        cut(
            "; ".join(f"{s.name}: sheets {s.votes:,}, announced {s.announced:,}" for s in shown),
            300,
        ),
        f"{done.tally.file} and the announced totals that were given.",
        Table(
            ("candidate", "on the sheets", "announced", "sheets minus announced"),
            table,
            f"Votes on {sheets:,} sheets and as announced",
            (1, 2, 3),
        ),
    )


def _row(s: Stand) -> Row:
    notes = (f"{s.votes:,}", f"{s.announced or 0:,}")
    return Row(
        s.name,
        s.votes,
        colour=s.mark,
        text=s.text,
        notes=notes,
        other=s.announced or 0,
        other_mark="diamond",
    )


def _difference(s: Stand) -> str:
    return signed(s.votes - (s.announced or 0))


def _headline(every: list[Stand]) -> str:
    """Return who has more votes on the sheets than were announced, where somebody has."""
    over = [(s.votes - (s.announced or 0), s) for s in every]
    most, who = max(over, key=lambda pair: pair[0])
    if most <= 0:
        return "No candidate has more votes on the sheets than were announced"
    return f"On the sheets {who.name} has {most:,} votes more than were announced"


def bounds_figure(done: Assessment) -> Figure | None:
    """Return the lead with its worst and best case over the missing tables, or None where the
    method has nothing to say.
    """
    said = found(done, BOUNDS)
    if said is None or said.estimate is None or said.low is None or said.high is None:
        return None
    if not said.details["missing_tables"]:
        return None
    leader, rival = _rivals(done)
    told = announced_shares(done.evidence)
    announced = None if told is None else 100 * float(told[leader.row] - told[rival.row])
    ends = [100 * x for x in (said.low, said.estimate, said.high)]
    every = [*ends, 0.0] + ([] if announced is None else [announced])
    scale = nice(every, "", zero=True)
    unit = f"lead of {leader.name} over {rival.name}, percentage points"
    axis = Axis(scale.low, scale.high, scale.ticks, unit, zero=True)
    row = Row(
        "All tables",
        ends[1],
        low_wide=ends[0],
        high_wide=ends[2],
        colour=leader.mark,
        notes=(signed(ends[1], 1), f"{signed(ends[0], 1)} to {signed(ends[2], 1)}"),
        other=announced,
        other_mark="diamond",
    )
    heads = ("on sheets", "bounds")
    return Figure(
        _bounds_headline(leader, rival, said),
        f"Lead of {leader.name} over {rival.name}, percentage points of valid votes. Dot: on the "
        "sheets in hand. Pale bar: whatever the missing tables hold, at the stated votes a table."
        + ("" if announced is None else " Diamond: as announced."),
        interval_svg([row], axis, heads, WIDE),
        interval_svg([row], axis, heads, NARROW),
        f"The lead of {leader.name} over {rival.name} is {signed(ends[1], 1)} points on the "
        f"sheets; the missing tables allow {signed(ends[0], 1)} to {signed(ends[2], 1)}"
        + ("." if announced is None else f"; announced: {signed(announced, 1)}."),
        "Bounds, no probability: every missing vote for one side, then for the other. Holds "
        "if these sheets are what the tables signed.",
        _caps_table(said, leader, rival),
    )


def _rivals(done: Assessment) -> tuple[Stand, Stand]:
    """Return the two whom the bounds compare: the largest on the sheets, and the second or the
    announced winner.
    """
    sheets = done.evidence.sheets
    assert sheets is not None
    order = np.argsort(-candidate_totals(sheets), kind="stable")
    first, second = int(order[0]), int(order[1])
    told = announced_shares(done.evidence)
    if told is not None and int(np.argmax(told)) not in (first, second):
        second = int(np.argmax(told))
    by_row = {s.row: s for s in contest(done)}
    return by_row[first], by_row[second]


def _bounds_headline(leader: Stand, rival: Stand, said: Finding) -> str:
    if said.low is not None and said.low > 0:
        return (
            f"At the stated votes a table, the missing tables cannot put {rival.name} ahead of "
            f"{leader.name}"
        )
    return f"The missing tables could put {rival.name} ahead of {leader.name}"


def _caps_table(said: Finding, leader: Stand, rival: Stand) -> Table:
    rows = []
    caps = said.details["caps"]
    assert isinstance(caps, Mapping)
    for name, bound in caps.items():
        each = bound["votes"] / max(int(str(said.details["missing_tables"])), 1)
        cells = [100 * float(bound[k]) for k in ("worst_lead", "best_lead")]
        rows.append([str(name), f"{each:,.0f}", *(signed(x, 1) for x in cells)])
    return Table(
        ("votes at a missing table", "how many", f"all for {rival.name}", f"all for {leader.name}"),
        rows,
        f"Lead of {leader.name} over {rival.name} in points, by what a missing table may hold",
        (1, 2, 3),
    )
