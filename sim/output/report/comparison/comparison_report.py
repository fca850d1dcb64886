"""The report of a comparison: a base, and what each alternative changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.output.report.comparison.difference_figure import all_table, difference_figure
from sim.output.report.comparison.differences import (
    Differences,
    compared,
    headline_findings,
    mean_words,
    outcome_words,
    shift_words,
)
from sim.output.report.method.assumption_list import own_values, row
from sim.output.report.method.method import again_section, method_section
from sim.output.report.method.question import question
from sim.output.report.page.parts import (
    Block,
    Change,
    Findings,
    Folded,
    Page,
    Section,
    Table,
    Words,
)
from sim.output.report.page.words import FEW, TOO_FEW, date, listed
from sim.output.report.run.subject import Subject
from sim.output.tables.differences import told_rows
from sim.studies.comparison.result import Compared


def comparison_page(subjects: Sequence[Subject], command: str) -> Page:
    """Return the report of the other runs against the first. command: makes this page again.

    Raises:
        ComparisonError: two runs cannot be paired.
    """
    found = compared(subjects)
    n = min(one.found.n for one in found.alternatives)
    count = len(found.alternatives)
    others = "one alternative" if count == 1 else f"{count} alternatives"
    return Page(
        _title(found),
        f"Report of a comparison · one base, {others}",
        f"{n:,} pairs · as of {date(found.base.as_of)}",
        _setting(found),
        answer(found, n),
        None,
        _changes(found),
        [
            _words_section(found),
            Section("The differences in a picture", [], [difference_figure(found)]),
            _same_section(found),
            _what_differs_in_the_files(found),
            method_section(_method(found)),
            again_section(subjects, command),
        ],
    )


def _title(found: Differences) -> str:
    names = [one.name for one in found.alternatives]
    if len(names) == 1:
        return f"What does \u201c{names[0]}\u201d change about \u201c{found.base.title}\u201d?"
    return f"What do {len(names)} other scenarios change about \u201c{found.base.title}\u201d?"


def _setting(found: Differences) -> str:
    asked = [question(one.subject.settings)[0] for one in found.alternatives]
    known = {question(found.base.settings)[0], *(one.subject.title for one in found.alternatives)}
    own = [a for a in asked if a not in known]
    return " ".join(dict.fromkeys(own))


def answer(found: Differences, n: int) -> list[str]:
    """Return the answer: for each alternative the largest differences that were found, or that
    none was.
    """
    few = f"{n} pairs are {TOO_FEW}; verdicts rest on them all the same. " if n < FEW else ""
    said = " ".join(_one(found, place) for place in range(len(found.alternatives)))
    alpha = found.alternatives[0].found.alpha
    pairs = (
        f"The differences are paired: the same {n:,} random worlds, and one change each. Intervals "
        f"share an error rate of {alpha:.0%} over all comparisons of one alternative. "
    )
    more = (
        "Both sides draw the same assumptions, and the intervals come from the means of the sets: "
        "they hold over what is drawn."
        if found.alternatives[0].found.sets
        else "The assumptions are fixed: how far their ranges would move these differences is not "
        "told here."
    )
    return [few + said, pairs + more]


def _one(found: Differences, place: int) -> str:
    one = found.alternatives[place]
    rows = [row for row in told_rows(one.found) if row.result.differs]
    if set(one.found.counts) == {"equal"}:
        return f"{one.name} equals the base in every replicate."
    if not rows:
        return f"{one.name}: no difference is found ({_counts(one.found.counts)})."
    shares = [row for row in rows if row.unit == "share"] or rows
    most = 2 if len(found.alternatives) < 3 else 1
    top = sorted(shares, key=lambda r: -abs(r.result.difference))[:most]
    return f"{one.name}: {listed([_difference(r) for r in top])}."


def _difference(row: Compared) -> str:
    """Return a difference as a clause with its interval."""
    a, b = mean_words(row)
    what = outcome_words(row)
    return f"{what[:1].lower()}{what[1:]} in {b} instead of {a} ({shift_words(row)})"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{k} {name}" for name, k in counts.items())


def _changes(found: Differences) -> list[Change]:
    undecided = [r for one in found.alternatives for r in one.found.rows if r.result.more]
    found_more = [r.result.more for r in undecided if r.result.more]
    said = (
        f"{len(undecided)} comparisons are undecided; about {max(found_more):,} more replicates "
        "would decide them all."
        if found_more
        else "No comparison would be decided otherwise by more replicates."
    )
    other = "Both sides share every other assumption" + (
        ", drawn or not." if found.alternatives[0].found.sets else ", and none is drawn."
    )
    return [Change("More replicates", said), Change("Other assumptions", other, "assumption")]


def _words_section(found: Differences) -> Section:
    told = headline_findings(found)
    how = ["Different, undecided or same: each with its interval and the margin of no interest."]
    none: Block = Words(["No difference is found, and no comparison is undecided."])
    return Section("The differences in words", how, [Findings(told) if told else none])


def _same_section(found: Differences) -> Section:
    lines = []
    for one in found.alternatives:
        same = [r for r in told_rows(one.found) if r.result.within]
        names = ", ".join(dict.fromkeys(r.outcome for r in same)) or "none"
        lines.append(
            f"{one.name}: of {len(one.found.rows)} comparisons {_counts(one.found.counts)}. Shown "
            f"to be the same within their margin, or equal in every replicate: {names}."
        )
    table = all_table(found)
    folded = Folded(f"All {len(table.rows)} comparisons", table)
    how = ["\u201cSame\u201d means that the whole interval lies within the margin."]
    return Section("What does not differ", how, [Words(lines), folded])


def _what_differs_in_the_files(found: Differences) -> Section:
    """Return, for each run, the values that its own files set, with their ranges."""
    blocks: list[Block] = []
    head = ("value", "set to", "unit", "range that a study sweeps", "source", "meaning")
    for one in (found.base, *(each.subject for each in found.alternatives)):
        own = own_values(one)
        if own:
            rows = [row(one, dotted) for dotted in own]
            blocks.append(Table(head, rows, f"Set by the files of {one.title}"))
        forced = [
            [f"{e['actor']}: {e['decision']}", e["option"], _since(e)]
            for e in one.settings.get("events", ())
        ]
        if forced:
            caption = f"Options that {one.title} fixes"
            blocks.append(Table(("decision", "option", "from"), forced, caption))
    how = ["All else is the same on both sides."]
    return Section("What each scenario sets", how, blocks or [Words(["Nothing beyond the seed."])])


def _since(event: Mapping[str, object]) -> str:
    """Return from when an option is fixed, in words."""
    if event.get("at"):
        return str(event["at"])
    return f"after {event['after']}" if event.get("after") else "the start"


def _method(found: Differences) -> list[str]:
    return [
        "Replicate i of each run has the same luck, so that differences are taken replicate by "
        "replicate. Compared: " + found.alternatives[0].found.family + "."
    ]
