"""The report of a file of tally sheets: the conclusion first, then what it rests on."""

from __future__ import annotations

from sim.fieldwork.assess import Assessment
from sim.output.findings import estimate_words
from sim.output.reading_screen import aside_rows, conclusion, evidence_lines
from sim.output.report.assessment.contest import contest, sheets_of
from sim.output.report.assessment.forensic_figures import forensic_figures
from sim.output.report.assessment.region_figure import region_figure
from sim.output.report.assessment.totals_figures import announced_figure, bounds_figure, found
from sim.output.report.page.parts import (
    Block,
    Change,
    Command,
    Findings,
    Folded,
    Listing,
    Page,
    Section,
    Table,
    Words,
)
from sim.output.report.page.parts import Finding as Said
from sim.output.sample_screen import part_of
from sim.records.seen.finding import INCONSISTENT, UNDECIDED, Finding

IMPOSSIBLE = "totals_impossibility"
HOLDS = (
    "Holds if these sheets are what the tables signed. It says that numbers differ or agree, not "
    "why, nor who did what."
)


def assess_page(done: Assessment, command: str) -> Page:
    """Return the report. command: makes this page again."""
    sheets, tables = sheets_of(done)
    of = f"{sheets:,} sheets" if tables is None else f"sheets of {sheets:,} of {tables:,} tables"
    drawn = [
        ("Announced against sheets", "Filled: on the sheets. Diamond: announced.",
         announced_figure(done)),
        ("What the missing tables could do", "Bounds, no probability.", bounds_figure(done)),
        ("Where the sheets are", "One row a region, largest lead first.", region_figure(done)),
    ]  # fmt: skip
    sections = [Section(name, [how], [figure]) for name, how, figure in drawn if figure is not None]
    pictures = forensic_figures(done)
    if pictures:
        how = ["Turnout by share, whole percentages, last digits.", "Hints at most."]
        sections.append(Section("Patterns in the rows", how, pictures))
    sections += [findings_section(done), reading_section(done), _again(command)]
    return Page(
        title(done),
        "Report of a tally-sheet file",
        f"{of} · {done.tally.file}",
        "",
        answer(done),
        None,
        changes(done),
        sections,
    )


def title(done: Assessment) -> str:
    """Return the conclusion as a title; nothing beyond the verdicts is claimed."""
    against = [f for f in done.findings if f.verdict == INCONSISTENT]
    spoke = [f for f in done.findings if f.verdict != UNDECIDED]
    impossible = found(done, IMPOSSIBLE)
    if impossible is not None and impossible.verdict == INCONSISTENT:
        return "The announced totals and the tally sheets cannot both be right"
    if against:
        what = "method finds" if len(against) == 1 else "methods find"
        return f"{len(against)} of {len(spoke)} {what} the announced result inconsistent"
    if spoke:
        return "No method finds the announced result inconsistent with this evidence"
    first = contest(done)[:2]
    if len(first) < 2 or part_of(done.evidence, done.tally) is not None:
        return "What the tally sheets hold"
    lead = first[0].votes - first[1].votes
    return f"On the sheets in hand {first[0].name} is {lead:,} votes ahead of {first[1].name}"


def answer(done: Assessment) -> list[str]:
    """Return the answer: what is inconsistent, then the file in a paragraph, then on what it
    rests.
    """
    against = [f.statement for f in done.findings if f.verdict == INCONSISTENT]
    first = [f for f in done.findings if f.estimator == IMPOSSIBLE and f.verdict == INCONSISTENT]
    told = [f.statement for f in first] or against[:1]
    part = part_of(done.evidence, done.tally)
    return [*told, conclusion(done.tally, done.findings, done.set_aside, part), HOLDS]


def changes(done: Assessment) -> list[Change]:
    """Return what would change the answer, of the methods that gave a verdict, each once."""
    spoke = [f for f in done.findings if f.verdict != UNDECIDED]
    spoke.sort(key=lambda f: f.verdict != INCONSISTENT)
    said: dict[str, str] = {}
    for f in spoke or done.findings:
        said.setdefault(f.changes_if, words(f.estimator))
    return [Change(name, text) for text, name in list(said.items())[:3]]


def words(key: str) -> str:
    """Return a method's key as a reader writes it."""
    text = key.replace("_", " ")
    return text[:1].upper() + text[1:]


def findings_section(done: Assessment) -> Section:
    """Return the findings by verdict; undecided ones folded into one line each."""
    order = {INCONSISTENT: 0, "consistent": 1}
    spoke = sorted(
        (f for f in done.findings if f.verdict != UNDECIDED), key=lambda f: order[f.verdict]
    )
    silent = [f for f in done.findings if f.verdict == UNDECIDED]
    blocks: list[Block] = []
    if spoke:
        blocks.append(Findings([_said(f) for f in spoke]))
    else:
        blocks.append(Words(["No method has the evidence to judge an announced result."]))
    if done.family is not None:
        blocks.append(Words([done.family.sentence]))
    if silent:
        lines = [("", words(f.estimator), f.statement) for f in silent]
        count = "One method is" if len(lines) == 1 else f"{len(lines)} methods are"
        blocks.append(Folded(f"{count} undecided, and why", Listing(lines)))
    how = ["Filled ring: inconsistent. Bar: consistent.", "A verdict is about the announced result"]
    return Section("Findings", how, blocks)


def _said(f: Finding) -> Said:
    p = "" if f.p_value is None else f"; p = {f.p_value:.2g}"
    numbers = f"{words(f.estimator)}; {estimate_words(f)}{p}; {f.rests_on}"
    return Said(f.verdict, f.statement, numbers)


def reading_section(done: Assessment) -> Section:
    """Return how the file was read: columns, sums, rows set aside, warnings."""
    r = done.tally.reading
    assert r is not None
    rows = [
        [c.role if c.name in (c.role, "") else f"{c.role}: {c.name}", " + ".join(c.columns), c.how]
        for c in r.columns
    ]
    blocks: list[Block] = [Words(evidence_lines(r))] if r.confirmed else []
    table = Table(("role", "columns of the file", "known by"), rows, "How the file was read")
    blocks.append(Folded(f"All {len(rows)} columns in use", table))
    aside = aside_rows(done.set_aside)
    if aside:
        lines = [("", count, f"{reason}: {examples}") for count, reason, examples in aside]
        blocks.append(Folded(f"{len(done.set_aside):,} rows set aside", Listing(lines)))
    notes = list(dict.fromkeys(done.tally.notes))
    if notes:
        blocks.append(Folded(f"{len(notes)} warnings", Listing([("", "", n) for n in notes])))
    how = ["Check this first: a column taken for another changes everything above."]
    return Section("How the file was read", how, blocks)


def _again(command: str) -> Section:
    return Section("Make it again", ["Same input, same bytes."], [Command(command)])
