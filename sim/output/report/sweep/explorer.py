"""The explorer: every point's figures and sentence, made here; the script only shows them."""

from __future__ import annotations

from sim.output.report.method.assumption_list import shown
from sim.output.report.page.parts import Choices, Explorer, Track
from sim.output.report.page.words import FEW, chance, percent, signed, span
from sim.output.report.sweep.grid import Lever, Outcome, Swept
from sim.records.results.summary import SummaryLine


def explorer(swept: Swept) -> Explorer:
    """Return the explorer of a full grid."""
    base = swept.baseline
    levers = [_choices(swept, one, k) for k, one in enumerate(swept.levers)]
    points = {
        _key(swept, number): {
            "said": sentence(swept, number),
            "rows": [_figures(swept, number, outcome) for outcome in swept.outcomes],
        }
        for number in range(len(swept.done.points))
    }
    tracks = [
        Track(o.name, [_share(swept.line(n, o)) for n in range(len(swept.done.points))])
        for o in swept.outcomes
    ]
    return Explorer(levers, tracks, points, _key(swept, base))


def _choices(swept: Swept, lever: Lever, number: int) -> Choices:
    own = swept.done.points[swept.baseline][lever.path]
    unit = f"{lever.path}{', ' + lever.unit if lever.unit else ''}"
    values = [shown(v) for v in lever.values]
    return Choices(f"l{number}", lever.name, unit, lever.assumed, values, lever.values.index(own))


def _key(swept: Swept, number: int) -> str:
    point = swept.done.points[number]
    return ".".join(str(x.values.index(point[x.path])) for x in swept.levers)


def _share(line: SummaryLine | None) -> float:
    return 0.0 if line is None or line.estimate is None else line.estimate


def _figures(swept: Swept, number: int, outcome: Outcome) -> list[object]:
    """Return [estimate, low, high in percent of the axis, figure, interval, difference]."""
    line, base = swept.line(number, outcome), swept.line(swept.baseline, outcome)
    value = _share(line)
    low, high = ends(line, swept.lines[number])
    n = count(swept.lines[number])
    few = n < FEW
    said = figure(value, n)
    far = "" if number == swept.baseline else f"{signed(100 * (value - _share(base)))} points"
    bar = [value, value] if few else [low, high]
    return [
        *(round(100 * x, 2) for x in (value, *bar)),
        said,
        "too few" if few else span(low, high),
        far,
    ]


def ends(line: SummaryLine | None, lines: list[SummaryLine]) -> tuple[float, float]:
    """Return the Monte Carlo interval; of what never occurs, that of none of n."""
    if line is None or line.low is None or line.high is None:
        none = chance(0, max(count(lines), 1))
        return none.low, none.high
    return line.low, line.high


def count(lines: list[SummaryLine]) -> int:
    """Return the replicates of a point."""
    return max((x.n for x in lines), default=0)


def figure(share: float, n: int) -> str:
    """Return a share in words: a count where the replicates are few."""
    return percent(share) if n >= 100 else f"{round(share * n)} of {n}"


def sentence(swept: Swept, number: int) -> str:
    """Return what holds at a point, beside the baseline and the most that any point reaches."""
    if not swept.outcomes:
        return "None of the outcomes is a chance; the table holds what was asked for."
    last = _chief(swept)
    point = swept.done.points[number]
    said = " and ".join(f"{x.path} at {shown(point[x.path])}" for x in swept.levers)
    n = count(swept.lines[number])
    here, base = (_share(swept.line(k, last)) for k in (number, swept.baseline))
    low, high = ends(swept.line(number, last), swept.lines[number])
    interval = "" if n < FEW else f" (90% Monte Carlo interval {span(low, high)})"
    name = last.name[:1].lower() + last.name[1:]
    top = max(_share(swept.line(k, last)) for k in range(len(swept.done.points)))
    then = "" if number == swept.baseline else f"; at the baseline in {figure(base, n)}"
    of = " of" if n >= 100 else ""
    return (
        f"With {said}, {name} in {figure(here, n)}{of} replicates{interval}{then}. No point here "
        f"has an estimate above {figure(top, n)}, with {n:,} replicates a point."
    )


def _chief(swept: Swept) -> Outcome:
    """Return the outcome of which the sentence speaks: who holds office, else the last."""
    office = [o for o in swept.outcomes if o.key.startswith("office_holder")]
    return (office or list(swept.outcomes))[-1]


def chief(swept: Swept) -> Outcome | None:
    """Return the outcome of which the report speaks, None where none is a chance."""
    return _chief(swept) if swept.outcomes else None
