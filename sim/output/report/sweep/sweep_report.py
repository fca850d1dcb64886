"""The report of a sweep: an explorer of its points, then what matters."""

from __future__ import annotations

from sim.output.report.method.assumption_list import shown
from sim.output.report.page.parts import Block, Change, Command, Folded, Page, Section, Table, Words
from sim.output.report.page.words import date, percent, replicates
from sim.output.report.sweep.explorer import chief, count, ends, explorer, figure, sentence
from sim.output.report.sweep.grid import Swept
from sim.output.report.sweep.sweep_figures import box, box_words, effects_figure, surface_figure


def sweep_page(swept: Swept, command: str) -> Page:
    """Return the report. command: makes this page again."""
    outcome, each = chief(swept), count(swept.lines[0])
    sections = []
    if swept.full and swept.outcomes:
        how = [
            "Tab to a lever, arrow keys to change it. \u2217 marks the baseline.",
            "Nothing between the points is computed. The address keeps the choice.",
        ]
        sections.append(Section("Choose", how, [explorer(swept)]))
    if outcome is not None:
        sections.append(_matters(swept))
    sections += [
        Section("Every point", ["90% Monte Carlo intervals."], [_table(swept)]),
        Section("Assumptions", [], [_assumptions(swept)]),
        Section("Make it again", ["Same input, same bytes."], [Command(command)]),
    ]
    first = swept.baseline if swept.full else 0
    return Page(
        _title(swept),
        f"Explorer of a sweep \u00b7 {swept.title}",
        f"{len(swept.done.points):,} points, {replicates(each)} each \u00b7 as of "
        f"{date(swept.done.resolved.scenario.as_of)}",
        swept.description if swept.description != _title(swept) else "",
        [sentence(swept, first), _errors(swept)],
        None,
        _changes(swept),
        sections,
    )


def _title(swept: Swept) -> str:
    asked = [s for s in swept.description.split(". ") if s.endswith("?")]
    if asked:
        return asked[0]
    names = " and ".join(x.path for x in swept.levers[:3])
    return f"What do {names} change?"


def _errors(swept: Swept) -> str:
    drawn = any(x.sets for lines in swept.lines for x in lines)
    more = (
        "Assumptions that are not among the levers are drawn; what they leave open is in the table "
        "of every point."
        if drawn
        else "The other assumptions are fixed: what their ranges leave open is not told here."
    )
    return f"Monte Carlo intervals shorten with more replicates. {more}"


def _changes(swept: Swept) -> list[Change]:
    last, n = chief(swept), count(swept.lines[0])
    found = [
        Change(
            "More replicates", f"Each point has {n:,}; sim sweep --grow adds to what is stored."
        ),
        Change("Other levers", "What is not an axis has one value or one distribution in all."),
    ]
    if last is not None:
        values = [swept.line(k, last) for k in range(len(swept.done.points))]
        shares = [0.0 if x is None or x.estimate is None else x.estimate for x in values]
        found.insert(
            0,
            Change(
                "The levers",
                f"{last.name}: from {figure(min(shares), n)} to {figure(max(shares), n)} over the "
                "points.",
            ),
        )
    return found


def _matters(swept: Swept) -> Section:
    outcome = chief(swept)
    assert outcome is not None
    blocks: list[Block] = []
    if len(swept.done.points) > 1 and swept.full:
        blocks.append(effects_figure(swept, outcome))
        surface = surface_figure(swept, outcome)
        blocks += [surface] if surface is not None else []
    blocks.append(Words(box_words(box(swept, outcome), outcome)))
    return Section("What matters", ["Each lever, two together, and the box of discovery."], blocks)


def _table(swept: Swept) -> Folded:
    rows = []
    for number, point in enumerate(swept.done.points):
        lines = swept.lines[number]
        cells = [shown(point[x.path]) for x in swept.levers]
        for o in swept.outcomes:
            line = swept.line(number, o)
            value = 0.0 if line is None or line.estimate is None else line.estimate
            low, high = ends(line, lines)
            open_ = ""
            if line is not None and line.assumed_low is not None and line.assumed_high is not None:
                open_ = f"; assumptions {percent(line.assumed_low)} to {percent(line.assumed_high)}"
            cells.append(f"{value:.3f} ({low:.3f} to {high:.3f}{open_})")
        rows.append(cells)
    head = (*(x.path for x in swept.levers), *(o.name for o in swept.outcomes))
    return Folded(f"All {len(rows)} points", Table(head, rows, "Share of the replicates"))


def _assumptions(swept: Swept) -> Table:
    rows = [
        [x.path, x.name, x.unit, "assumption" if x.assumed else "", ", ".join(map(shown, x.values))]
        for x in swept.levers
    ]
    head = ("lever", "meaning", "unit", "its default is an", "values here")
    return Table(head, rows, "The levers")
