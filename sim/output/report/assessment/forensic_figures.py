"""Pictures of a file's rows: turnout by share, whole percentages, last digits. A picture gives no
verdict; the tests of `--forensics` do, with their false alarms.
"""

from __future__ import annotations

import numpy as np

from sim.estimators.forensic.integer_percentages import by_share, by_turnout
from sim.fieldwork.assess import Assessment, with_frame
from sim.models.forensics.digits import last_digits
from sim.models.forensics.rows import Floats, Rows, rows_of
from sim.output.report.draw.rows import NARROW, WIDE
from sim.output.report.draw.scales import nice, percents
from sim.output.report.draw.tile_chart import green
from sim.output.report.draw.xy_chart import XY, Box, Rule, Series, xy_svg
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.tokens import LIGHT
from sim.records.parameters.watching.forensics import Forensics

LEAST = 100
BINS = 50
NO_VERDICT = (
    "A picture gives no verdict: honest elections have uneven pictures, too. The tests with their "
    "false alarms: --forensics."
)


KINDS = ("fingerprint", "integers", "digits")


def forensic_figures(done: Assessment) -> list[Figure]:
    """Return the pictures for which the file has what they need; [] below 100 tables."""
    made = [forensic_figure(kind, done) for kind in KINDS]
    return [one for one in made if one is not None]


def forensic_figure(kind: str, done: Assessment) -> Figure | None:
    """Return one of the pictures, or None where the file lacks what it needs."""
    evidence = with_frame(done.evidence, done.tally)
    rows = rows_of(evidence)
    if rows is None or len(rows.target) < LEAST:
        return None
    names = (evidence.candidates[rows.target_row], evidence.candidates[rows.other_row])
    if kind == "digits":
        return _digits(rows, names)
    return (_fingerprint if kind == "fingerprint" else _whole)(rows, names[0])


def _fingerprint(rows: Rows, name: str) -> Figure | None:
    known = rows.turnout_known
    n = int(known.sum())
    if n < LEAST:
        return None
    turnout = rows.ballots[known] / rows.registered[known]
    share = rows.target[known] / rows.valid[known]
    edges = np.linspace(0, 1, BINS + 1)
    counts, _, _ = np.histogram2d(turnout, share, bins=(edges, edges))
    most = counts.max()
    boxes = [
        Box(
            edges[i],
            edges[i + 1],
            edges[j],
            edges[j + 1],
            LIGHT[green(float(np.sqrt(counts[i, j] / most)) * 0.999)],
        )
        for i, j in zip(*np.nonzero(counts), strict=True)
    ]
    chart = XY(
        percents(unit="turnout"), percents(unit=f"share of {name}"), [], boxes=boxes, height=360
    )
    r = float(np.corrcoef(turnout, share)[0, 1]) if turnout.std() and share.std() else 0.0
    at = [float(np.median(x)) for x in (turnout, share)]
    words = (
        f"Half of the tables have a turnout below {100 * at[0]:.0f}% and a share of {name} below "
        f"{100 * at[1]:.0f}%"
    )
    return Figure(
        words,
        f"Each cell: tables with this turnout and this share of {name}, 2 by 2 points; darker: "
        f"more, up to {int(most):,}. n = {n:,} tables.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{words}; correlation of turnout and share {r:.2f}; {n:,} tables.",
        NO_VERDICT,
        _marginals(turnout, share, name),
    )


def _marginals(turnout: Floats, share: Floats, name: str) -> Table:
    edges = np.linspace(0, 1, 11)
    each = [np.histogram(x, bins=edges)[0] for x in (turnout, share)]
    rows = [
        [f"{10 * k} to {10 * k + 10}%", f"{each[0][k]:,}", f"{each[1][k]:,}"] for k in range(10)
    ]
    head = ("percentage", "tables by turnout", f"tables by share of {name}")
    return Table(head, rows, "Tables by turnout and by share, tens of percent", (1, 2))


def _whole(rows: Rows, name: str) -> Figure | None:
    share, turnout = by_share(rows), by_turnout(rows)
    at = np.round(100 * rows.target / np.maximum(rows.ballots, 1)).astype(int)
    seen = np.bincount(at, weights=share[0], minlength=101)[:101]
    mean = np.bincount(at, weights=share[1], minlength=101)[:101]
    if not mean.sum():
        return None
    top = nice([0, *seen, *mean], "tables with a whole percentage", zero=True)
    series = [
        Series("seen", [(k, float(v)) for k, v in enumerate(seen) if v], line=False,
               points=True, size=22, note=f"{seen.sum():,.0f} tables"),
        Series("by chance", list(enumerate(mean.tolist())), colour=LIGHT["edge"],
               text=LIGHT["ink2"], dash=(4, 3), note=f"{mean.sum():,.0f} tables"),
    ]  # fmt: skip
    x = nice([0, 100], f"share of {name} in the ballots found, whole percent")
    chart = XY(x, top, series)
    words = (
        f"{seen.sum():,.0f} tables show a whole percentage of {name}; chance gives about "
        f"{mean.sum():,.0f}"
    )
    total = f"By turnout: {turnout[0].sum():,.0f} seen, about {turnout[1].sum():,.0f} by chance."
    return Figure(
        words,
        f"Tables whose share of {name} is within 0.05 points of a whole percent, and how many "
        f"chance gives. n = {len(rows.target):,} tables.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{words}. {total}",
        f"{total} Null: votes binomial at each table's own share. {NO_VERDICT}",
        Table(
            ("whole percent", "seen", "by chance"),
            [[str(k), f"{seen[k]:,.0f}", f"{mean[k]:,.1f}"] for k in range(101) if seen[k]],
            "Tables with a whole percentage",
            (1, 2),
        ),
    )


def _digits(rows: Rows, names: tuple[str, str]) -> Figure | None:
    least = Forensics().digit_votes
    counts = [np.asarray(last_digits(v, least)) for v in (rows.target, rows.other)]
    kept = [(name, c) for name, c in zip(names, counts, strict=True) if c.sum() >= LEAST]
    if not kept:
        return None
    shares = [(name, c / c.sum(), int(c.sum())) for name, c in kept]
    n = min(size for _, _, size in shares)
    band = 1.96 * float(np.sqrt(0.09 / n))
    y = nice(
        [100 * s for _, x, _ in shares for s in x] + [100 * (0.1 - band), 100 * (0.1 + band)],
        "percent of tables",
    )
    series = [
        Series(
            name,
            [(k, 100 * s) for k, s in enumerate(x)],
            points=True,
            hollow=bool(i),
            note=f"{size:,} tables",
        )
        for i, (name, x, size) in enumerate(shares)
    ]
    rules = [
        Rule("", y=10.0),
        Rule("", y=100 * (0.1 + band), dash=(2, 3)),
        Rule("", y=100 * (0.1 - band), dash=(2, 3)),
    ]
    x_axis = nice([0, 9], "last digit of the votes", most=9)
    chart = XY(x_axis, y, series, rules, height=220)
    far = max((abs(float(s) - 0.1), k, name) for name, x, _ in shares for k, s in enumerate(x))
    said = f"The last digit farthest from one in ten is {far[1]}, of {far[2]}: {100 * far[0]:.1f}"
    words = f"{said} points"
    return Figure(
        words,
        f"Share of tables by the last digit of a candidate's votes, where these are {least} or "
        "more. Line: one in ten; dotted: where 95% of a single digit's shares fall by chance.",
        xy_svg(chart, WIDE),
        xy_svg(chart, NARROW),
        f"{words} off; chance leaves a single digit within {100 * band:.1f} points.",
        NO_VERDICT,
        Table(
            ("last digit", *(name for name, _, _ in shares)),
            [[str(k), *(f"{100 * x[k]:.1f}%" for _, x, _ in shares)] for k in range(10)],
            "Share of tables by last digit",
            tuple(range(1, len(shares) + 1)),
        ),
    )
