"""Where the sheets are, and who leads there."""

from __future__ import annotations

import numpy as np

from sim.fieldwork.assess import Assessment
from sim.output.report.assessment.contest import Stand, contest
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import signed

MOST = 40


def region_figure(done: Assessment) -> Figure | None:
    """Return the lead of the first over the second by region, largest first; None where the file
    names fewer than two regions.
    """
    tally = done.tally
    if tally.region is None or len(set(tally.region)) < 2 or len(tally.votes) < 2:
        return None
    first, second = contest(done)[:2]
    every = _regions(done, first, second)
    shown = [r for r in every if r[1] is not None][:MOST]
    scale = nice([100 * r[1] for r in shown if r[1] is not None], "", zero=True)
    unit = f"{first.name} ahead of {second.name}, percentage points"
    axis = Axis(scale.low, scale.high, scale.ticks, unit, zero=True)
    rows = [_row(name, lead, of, turnout, first, second) for name, lead, of, turnout in shown]
    ahead = sum((lead or 0) > 0 for _, lead, _, _ in shown)
    more = "" if len(every) <= MOST else f" The {MOST} with the largest leads; all in the table."
    said = f"{first.name} leads {second.name} on the sheets of {ahead} of {len(shown)} regions"
    heads = ("lead", "sheets", "turnout")
    return Figure(
        said,
        f"Lead on the sheets in hand, percentage points of valid votes.{more}",
        interval_svg(rows, axis, heads, WIDE),
        interval_svg(rows, axis, heads, NARROW),
        f"{said}; from {_end(shown[-1])} to {_end(shown[0])}.",
        f"{tally.file}. Collected sheets are no random sample of a region's tables.",
        Table(
            ("region", "lead, points", "sheets", "turnout"),
            [[n, "" if x is None else signed(100 * x, 1), of, t] for n, x, of, t in every],
            f"{len(every)} regions",
            (1, 2, 3),
        ),
    )


Region = tuple[str, float | None, str, str]


def _regions(done: Assessment, first: Stand, second: Stand) -> list[Region]:
    """Return (region, lead as a share or None without a sheet, sheets of tables, turnout), largest
    lead first.
    """
    tally = done.tally
    assert tally.region is not None
    known = {} if tally.reading is None else dict(tally.reading.region_tables)
    names = np.array(tally.region)
    found: list[Region] = []
    for name in sorted({*tally.region, *known}):
        here = (names == name) & tally.reported
        votes = tally.votes[:, here]
        total, register = int(votes.sum()), int(tally.registered[here].sum())
        lead = float(votes[first.row].sum() - votes[second.row].sum()) / total if total else None
        of = f" of {known[name]:,}" if name in known else ""
        cast = total + int(np.maximum(tally.invalid[here], 0).sum())
        turnout = f"{100 * cast / register:.0f}%" if register else "not known"
        found.append((name or "(no region)", lead, f"{int(here.sum()):,}{of}", turnout))
    return sorted(found, key=lambda r: (r[1] is None, -(r[1] or 0), r[0]))


def _row(name: str, lead: float | None, of: str, turnout: str, first: Stand, second: Stand) -> Row:
    points = 100 * (lead or 0)
    who = first if points >= 0 else second
    notes = (signed(points, 1), of, turnout)
    return Row(name, points, colour=who.mark or LIGHT["ink"], text=LIGHT["ink"], notes=notes)


def _end(region: Region) -> str:
    return f"{signed(100 * (region[1] or 0), 1)} points in {region[0]}"
