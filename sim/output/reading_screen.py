"""A reading on screen: the conclusion in one paragraph, totals, regions, then how the file was
read.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sim.files.counting.reasons import sentence
from sim.output.findings import plain_table
from sim.output.reading import total_of, totals
from sim.output.sample_screen import UNWEIGHTED, Part, estimate_words
from sim.output.tables.grid import Column, prose
from sim.records.seen.finding import INCONSISTENT, Finding
from sim.records.vote.tally import Confirmed, Reading, SetAside, Tally
from sim.text import literal

EXAMPLES, MOST_REGIONS, SHOWN_CANDIDATES = 3, 40, 3
ORDERED = ("preferential", "after preferences")


def share(part: float, whole: float) -> str:
    """Return a share in per cent; what is not all is never written as 100."""
    if not whole:
        return "–"
    value = 100 * part / whole
    if part != whole and round(value, 1) == 100.0:
        return "under 100 %" if value < 100 else f"{value:.2f} %"
    return f"{value:.1f} %"


def counted(n: int, of: int) -> str:
    """Return "598 of 600", or "all 600"."""
    return f"all {of:,}" if n == of else f"{n:,} of {of:,}"


def in_words(identity: str) -> str:
    """Return an identity in words."""
    words = {
        "C": "candidates",
        "I": "invalid votes",
        "V": "valid votes",
        "F": "ballots found",
        "T": "the total",
        "S": "ballots issued",
        "L": "ballots left",
        "D": "ballots received",
        "R": "the register",
    }
    left, right = identity.split(" = ")
    return f"{' and '.join(words[p] for p in left.split(' + '))} add up to {words[right]}"


def confirmation(reading: Reading) -> str:
    """Return by what the reading is confirmed."""
    mapped = all(c.how == "mapping" for c in reading.columns)
    by = "as the mapping says" if mapped else "without a mapping"
    if not reading.confirmed:
        return f"read {by}; no sum in the file can confirm it"
    first: Confirmed = reading.confirmed[0]
    return f"read {by}: {in_words(first.identity)} in {counted(first.rows, first.of)} rows"


def order(tally: Tally) -> list[int]:
    """Return the candidates' rows, most votes first."""
    return [int(k) for k in np.argsort(-tally.votes.sum(axis=1), kind="stable")]


def tie_count(tally: Tally) -> tuple[int, int] | None:
    """Return (lead in votes, how many sheets would have to be wholly otherwise for a tie), or None.

    The sheets that could change most come first: one that gave all its votes to the second
    candidate would take from the lead what the first has there, less what the second has, plus all
    its votes.
    """
    if len(tally.votes) < 2:
        return None
    first, second = order(tally)[:2]
    lead = int(tally.votes[first].sum() - tally.votes[second].sum())
    if lead <= 0:
        return 0, 0
    swing = np.sort(tally.votes[first] - tally.votes[second] + tally.votes.sum(axis=0))[::-1]
    sums = np.cumsum(swing)
    return lead, int(np.searchsorted(sums, lead) + 1)


def conclusion(
    tally: Tally, findings: Sequence[Finding], aside: Sequence[SetAside], part: Part | None = None
) -> str:
    """Return the conclusion in one paragraph. part: what part the sheets are, None for all."""
    r = tally.reading
    assert r is not None
    parts = []
    if r.because:
        parts.append(f"Of the rows that remain: {'; '.join(r.because)}.")
    if part is not None:
        parts.append(part.words())
        parts += [estimate_words(findings)] if part.drawn is not None and findings else []
    sheets, known = int(tally.reported.sum()), len(tally.codes) if r.tables is None else r.tables
    of = counted(sheets, known)
    if part is not None:
        of = f"{sheets:,}" if part.tables is None else counted(sheets, part.tables)
    parts.append(f"{tally.file}: {confirmation(r)}. Sheets of {of} tables count.")
    parts += sums_words(tally, r, part)
    if findings:
        parts.append(verdicts(findings))
    if aside:
        parts.append(f"{len(aside):,} rows were set aside, {r.faults:,} of them faulty.")
    return " ".join(parts)


def sums_words(tally: Tally, r: Reading, part: Part | None) -> list[str]:
    """Return the sums of the two largest; what the lead rests on only where no part is named."""
    ranked, votes = order(tally), tally.votes.sum(axis=1)
    if len(ranked) < 2 or not votes.sum():
        return []
    names = [name for name, _ in tally.columns.candidates]
    valid = total_of(tally, "valid") or int(votes.sum())
    a, b = ranked[:2]
    of = "the votes listed" if r.others_missing else "valid votes"
    said = (
        f"{names[a]} has {votes[a]:,} votes ({share(votes[a], valid)} of {of}), "
        f"{names[b]} {votes[b]:,} ({share(votes[b], valid)})"
    )
    if part is None:
        return [f"{said}.", of_the_lead(tally, names[b], r)]
    first = "These are first preferences: no statement about a winner follows."
    lines = [f"{UNWEIGHTED[0].upper()}{UNWEIGHTED[1:]}: {said}."]
    return [*lines, first] if r.rule in ORDERED else lines


def of_the_lead(tally: Tally, second: str, r: Reading) -> str:
    """Return what the lead rests on."""
    if r.rule in ORDERED:
        return "These are first preferences: no statement about a winner follows."
    tie = tie_count(tally)
    if tie is None or not tie[0]:
        return "The two are tied."
    lead, needed = tie
    sheets = int(tally.reported.sum())
    missing = (len(tally.codes) if r.tables is None else r.tables) - sheets
    open_ = f"; {missing:,} tables have no sheet here" if missing else ""
    return (
        f"The lead is {lead:,} votes: at least {needed:,} of {sheets:,} sheets would have to be "
        "wholly otherwise, "
        f"all their votes for {second}, for a tie{open_}."
    )


def verdicts(findings: Sequence[Finding]) -> str:
    """Return what the methods say of the announced result, in one sentence."""
    against = [f.estimator for f in findings if f.verdict == INCONSISTENT]
    spoke = [f for f in findings if f.verdict != "undecided"]
    if not spoke:
        return "No method has the evidence to judge an announced result."
    if not against:
        return (
            f"None of the {len(spoke)} methods that have evidence finds the announced result "
            "inconsistent."
        )
    return (
        f"{len(against)} of {len(spoke)} methods with evidence find the announced result "
        f"inconsistent: {', '.join(against)}."
    )


def totals_table(tally: Tally, part: Part | None = None) -> str:
    """Return votes and shares of candidates, then the other counts."""
    r = tally.reading
    assert r is not None
    found = totals(tally)
    votes = tally.votes.sum(axis=1)
    whole = base(found, r.share_of) or int(votes.sum())
    names = [name for name, _ in tally.columns.candidates]
    rows: list[Sequence[object]] = [
        (names[k], f"{votes[k]:,}", share(votes[k], whole)) for k in order(tally)
    ]
    register = base(found, "registered")
    for role, label in (
        ("valid", "valid votes"),
        ("invalid", "invalid votes"),
        ("ballots_found", "ballots found"),
        ("ballots_issued", "ballots issued"),
    ):
        value = base(found, role)
        if value is not None:
            rows.append((label, f"{value:,}", ""))
    if register:
        tables = "all tables" if part is None else "tables in the file"
        rows.append((f"registered ({tables})", f"{register:,}", ""))
    of = {"valid": "valid votes", "ballots_found": "ballots found", "registered": "the register"}
    title = "Totals of the sheets that count" if part is None else "Totals, not weighted"
    heads = (Column("votes", right=True), Column(f"of {of[r.share_of]}", right=True))
    return plain_table(title, ("", *heads), rows)


def base(found: dict[str, object], role: str) -> int | None:
    """Return a total as a number."""
    value = found.get(role)
    return value if isinstance(value, int) else None


def regions_table(tally: Tally) -> str:
    """Return sheets, leading candidates' shares and turnout by region, "" where there is one region
    or none. Where a list of tables was given, of how many of its tables.
    """
    known = {} if tally.reading is None else dict(tally.reading.region_tables)
    if tally.region is None or len({*tally.region, *known}) < 2:
        return ""
    names = [name for name, _ in tally.columns.candidates]
    top = order(tally)[:SHOWN_CANDIDATES]
    every = sorted({*tally.region, *known})
    rows = [region_row(tally, one, top, known.get(one)) for one in every[:MOST_REGIONS]]
    more = len(every) - MOST_REGIONS
    title = "By region" + (
        f" (the first {MOST_REGIONS}; {more} more in --json and --out)" if more > 0 else ""
    )
    of = "sheets of\ntables listed" if known else "sheets of\ntables in the file"
    heads = [
        Column(of, right=True),
        *(Column(literal(names[k]), j, True) for j, k in enumerate(top)),
    ]
    return plain_table(title, ("region", *heads, Column("turnout", 1, right=True)), rows)


def region_row(tally: Tally, one: str, top: Sequence[int], tables: int | None) -> list[str]:
    """Return a region's cells; tables: of the list, None where the file alone is known."""
    here = np.array(tally.region) == one
    sheets = here & tally.reported
    votes = tally.votes[:, sheets].sum(axis=1)
    cast = votes.sum() + np.maximum(tally.invalid[sheets], 0).sum()
    of = int(here.sum()) if tables is None else tables
    return [
        one,
        f"{int(sheets.sum()):,} of {of:,}",
        *(share(votes[k], votes.sum()) for k in top),
        share(cast, tally.registered[sheets].sum()),
    ]


def roles_table(reading: Reading) -> str:
    """Return which columns were taken for what, and how that is known."""
    rows = []
    plain = [c for c in reading.columns if c.role != "candidate"]
    for c in plain:
        shown = c.role if c.name in (c.role, "") else f"{c.role}: {c.name}"
        rows.append((shown, " + ".join(c.columns) or "(each row is a table)", c.how))
    for c in [c for c in reading.columns if c.role == "candidate"]:
        columns = c.name if (c.name,) == c.columns else f"{c.name}: {' + '.join(c.columns)}"
        rows += [("candidate", columns, c.how)]
    return plain_table("How the file was read", ("role", Column("columns", prose=True), "by"), rows)


def evidence_lines(reading: Reading) -> list[str]:
    """Return the sums that hold, and the nearest other reading."""
    out = [
        f"{in_words(c.identity)} ({c.identity}) in {counted(c.rows, c.of)} rows"
        for c in reading.confirmed
    ]
    if reading.runner_up is not None and reading.confirmed:
        out.append(
            f"the nearest reading with other candidates holds in {reading.runner_up.rows:,} rows"
        )
    return out


def aside_rows(aside: Sequence[SetAside]) -> list[tuple[str, str, str]]:
    """Return reasons with their counts and three examples each."""
    out = []
    for reason in dict.fromkeys(s.reason for s in aside):
        rows = [s for s in aside if s.reason == reason]
        shown = [f"{s.table} (line {s.line})" if s.line else s.table for s in rows[:EXAMPLES]]
        out.append(
            (
                f"{len(rows):,}",
                sentence(reason),
                ", ".join(shown) + (" ..." if len(rows) > EXAMPLES else ""),
            )
        )
    return out


def aside_text(aside: Sequence[SetAside]) -> str:
    """Return the rows set aside: each reason with its count, the examples below; "" for none."""
    lines = ["", "Rows set aside"] if aside else []
    for rows, reason, examples in aside_rows(aside):
        lines += [prose(literal(f"{rows}  {reason}")), prose(literal(f"  {examples}"))]
    return "\n".join(lines)


def summary(tally: Tally) -> list[str]:
    """Return the reading in a few lines, for commands that only need the file."""
    r = tally.reading
    assert r is not None
    names = ", ".join(name for name, _ in tally.columns.candidates)
    out = [f"{tally.file}: {confirmation(r)}; candidates: {names}."]
    if tally.set_aside:
        out.append(f"{len(tally.set_aside):,} rows set aside, {r.faults:,} of them faulty.")
    return out + [note.text for note in r.warnings]
