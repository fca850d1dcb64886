"""Which drawn assumptions move the chance of office: the replicates in which each was drawn low
beside those in which it was drawn high.
"""

from __future__ import annotations

import numpy as np

from sim.output.report.draw.actors import side
from sim.output.report.draw.interval_chart import Axis, interval_svg
from sim.output.report.draw.rows import NARROW, WIDE, Row
from sim.output.report.draw.scales import nice
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import percent, replicates, signed
from sim.output.report.run.subject import Subject
from sim.studies.assumed import drawn_values

MOST, Z90, LEAST = 10, 1.645, 24
OUTCOME, WHO = "office_holder_inauguration", "opposition"
Swing = tuple[str, float, float, float, float]


def swings(subject: Subject) -> list[Swing]:
    """Return (assumption, chance in the sets of its lowest third, in those of its highest, low,
    high of the difference at 90 %), the largest difference first; [] where none is drawn.
    """
    if subject.resolved is None or not subject.resolved.assumptions or OUTCOME not in (
        subject.columns
    ):  # fmt: skip
        return []
    sets = [s for s in subject.sets if s is not None]
    numbers = sorted(set(sets))
    if len(sets) < subject.n or len(numbers) < LEAST:
        return []
    drawn, entropy = subject.resolved.assumptions, int(subject.manifest["entropy"], 16)
    values = drawn_values(drawn, entropy, numbers)
    mine = np.array([v == WHO for v in subject.columns[OUTCOME]], dtype=np.float64)
    place = np.searchsorted(numbers, sets)
    means = np.bincount(place, weights=mine) / np.bincount(place)
    found = [_swing(path, values[:, k], means) for k, path in enumerate(drawn)]
    return sorted(found, key=lambda s: (-abs(s[2] - s[1]), s[0]))


def _swing(path: str, values: np.ndarray, means: np.ndarray) -> Swing:
    third = len(values) // 3
    order = np.argsort(values, kind="stable")
    low, high = means[order[:third]], means[order[-third:]]
    error = float(np.sqrt(low.var(ddof=1) / third + high.var(ddof=1) / third))
    d = float(high.mean() - low.mean())
    return path, float(low.mean()), float(high.mean()), d - Z90 * error, d + Z90 * error


def movers_figure(subject: Subject) -> Figure | None:
    """Return the figure of the ten that move most, None where no assumption is drawn."""
    every = swings(subject)
    if not every:
        return None
    told = [s for s in every if s[3] * s[4] > 0]
    rest = [s for s in every if s not in told]
    rows = [_row(s) for s in told[:MOST]]
    if rest and len(rows) < MOST:
        rows.append(Row("Not told apart from zero"))
        rows += [_row(s) for s in rest[: MOST - len(rows) + 1]]
    top = nice([100 * x for s in every[:MOST] for x in s[1:3]], "", zero=True)
    ticks = tuple((t / 100, f"{w}%") for t, w in top.ticks)
    who = side(WHO).clause
    axis = Axis(top.low / 100, top.high / 100, ticks, f"chance that {who} holds office")
    heads = ("difference", "90%")
    said = (
        f"{told[0][0]} moves it most: {percent(told[0][1])} where it is low, "
        f"{percent(told[0][2])} where it is high"
        if told
        else "What each drawn assumption moves"
    )
    table = [[s[0], percent(s[1]), percent(s[2]), *_notes(s)] for s in every]
    return Figure(
        said,
        f"Chance that {who} holds office in the third of the sets with the lowest draws (hollow) "
        f"and with the highest (filled); {replicates(subject.n)}. All other assumptions vary, too.",
        interval_svg(rows, axis, heads, WIDE),
        interval_svg(rows, axis, heads, NARROW),
        f"Of {len(every)} drawn assumptions {len(told)} are told apart from zero one by one at "
        f"90%, where chance alone gives about {0.1 * len(every):.0f}. {said}.",
        f'Simulated, "{subject.title}"; read off this run. Differences of {len(every)} '
        f"assumptions were looked at: about {0.1 * len(every):.0f} look told apart by chance.",
        Table(("assumption", "low third", "high third", "difference", "90%"), table,
              f"All {len(table)} drawn assumptions", (1, 2, 3, 4)),
    )  # fmt: skip


def _notes(s: Swing) -> tuple[str, str]:
    points = signed(100 * (s[2] - s[1]))
    return f"{points} points", f"{signed(100 * s[3])} to {signed(100 * s[4])}"


def _row(s: Swing) -> Row:
    return Row(s[0], s[2], other=s[1], notes=_notes(s))
