"""Stratified risk from a CSV file of strata: counts of each, never ready P-values, which do not say enough to be combined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Measured
from sim.fieldwork.audit.cells import Counts, after, column, labels, read_table, whole
from sim.fieldwork.audit.tally import check_risk_limit, fold, nearest
from sim.files.csv_rows import Rows
from sim.models.audit import splits
from sim.models.audit.strata import Comparison, Known, Polling, Stratum, counted, unaudited
from sim.models.audit.supersimple import Discrepancies

KINDS = ("comparison", "polling", "counted", "unaudited")
METHOD = "SUITE (Fisher's combination, worst split)"
KINDS_OF = ("o1", "o2", "u1", "u2")
MANY, FEW_POINTS = 2, 1000


@dataclass(frozen=True, slots=True, eq=False)
class StrataFile:
    """labels, kinds: (S,). ballots, drawn, missing: (S,) cast, drawn, and drawn but not found. reported, found: (K, S) votes.
    seen: (4, S) discrepancies o1, o2, u1, u2."""

    labels: tuple[str, ...]
    kinds: tuple[str, ...]
    names: tuple[str, ...]
    ballots: Counts
    drawn: Counts
    missing: Counts
    reported: Counts
    found: Counts
    seen: Counts


def the_file(files: Sequence[Path]) -> Path:
    """Return the one file of strata that was given.

    Raises:
        InputError: more than one word, or a P-value in place of a file.
    """
    for word in files:
        if _is_number(str(word)):
            hint = "each tests its own stratum only; give a CSV with the counts of each stratum (docs/audits.md)"
            raise InputError(Problem(f"{str(word)!r}: ready P-values cannot be combined into a risk of the contest", hint=hint))
    if len(files) != 1:
        raise InputError(Problem(f"one file of strata is needed, found {len(files)}", hint="one line for each stratum"))
    return files[0]


def _is_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def read_strata(path: Path) -> StrataFile:
    """Return the strata of a CSV file, one a line.

    Columns: stratum, kind (comparison, polling, counted, unaudited), ballots (cast), `reported NAME`, drawn, `found NAME` (votes on
    the drawn ballots: polling; on all ballots: counted), `not found`, and o1, o2, u1, u2 (comparison: ballots whose machine reading
    overstates or understates the margin by one or two votes, for the loser where it is worst). Cells that a kind does not use
    stay empty.

    Raises:
        InputError: every cell that is wrong or that its kind does not use, and counts that contradict each other.
    """
    rows = read_table(path)
    named, names = labels(rows, "stratum"), after(rows, "reported")
    if len(names) < 2:
        raise InputError(Problem("two or more columns `reported NAME` are needed", path.name, 1, 1))
    for name in after(rows, "found"):
        if fold(name) not in {fold(n) for n in names}:
            rows.wrong(1, -1, f"`found {name}` is no reported candidate{nearest(name, names)}", f"reported: {', '.join(names)}")
    kinds = _kinds(rows)
    read = StrataFile(
        tuple(named),
        tuple(kinds),
        tuple(names),
        whole(rows, "ballots"),
        whole(rows, "drawn", empty=0, required=False),
        whole(rows, "not found", empty=0, required=False),
        np.stack([whole(rows, f"reported {name}") for name in names]),
        np.stack([whole(rows, f"found {name}", empty=0, required=False) for name in names]),
        np.stack([whole(rows, kind, empty=0, required=False) for kind in KINDS_OF]),
    )
    rows.check()
    _check_counts(rows, read)
    return read


def _kinds(rows: Rows) -> list[str]:
    at = column(rows, "kind", required=True)
    kinds = ["" if at is None else fold(cells[at]) for _, cells in rows.cells]
    for (line, _), kind in zip(rows.cells, kinds, strict=True):
        if at is not None and kind not in KINDS:
            rows.wrong(line, at, f"{kind!r} is no kind of stratum{nearest(kind, KINDS)}", f"kinds: {', '.join(KINDS)}")
    return kinds


def _check_counts(rows: Rows, read: StrataFile) -> None:
    for s, kind in enumerate(read.kinds):
        for words in _contradictions(read, s, kind):
            rows.wrong(rows.cells[s][0], -1, f"stratum {read.labels[s]!r}: {words}")
    rows.check()


def _contradictions(read: StrataFile, s: int, kind: str) -> list[str]:
    votes, cast, drawn, missing = (int(n) for n in (read.reported[:, s].sum(), read.ballots[s], read.drawn[s], read.missing[s]))
    found, seen = int(read.found[:, s].sum()), int(read.seen[:, s].sum())
    looked_at = cast if kind == "counted" else drawn
    checks = (
        (cast < 1, "no ballots were cast here: leave the line out"),
        (votes > cast, f"{votes:,} reported votes and {cast:,} ballots cast"),
        (drawn > cast, f"{drawn:,} ballots drawn of {cast:,} cast"),
        (kind in ("comparison", "polling") and drawn < 1, "how many ballots were drawn? (column drawn)"),
        (kind == "comparison" and found > 0, "a comparison has o1, o2, u1, u2, not `found` votes"),
        (kind in ("polling", "counted") and seen > 0, f"{kind} has `found` votes, not o1, o2, u1, u2"),
        (kind == "unaudited" and drawn + found + seen + missing > 0, "unaudited, and yet something was drawn or found"),
        (kind == "counted" and drawn not in (0, cast), f"counted means all {cast:,} ballots, not {drawn:,}"),
        (found + seen + missing > looked_at, f"{found + seen + missing:,} ballots described, {looked_at:,} drawn"),
    )
    return [words for wrong, words in checks if wrong]


def strata_of(read: StrataFile, winner: int, loser: int) -> list[Stratum]:
    """Return the test of each stratum for one pair. A ballot that was not found counts against the winner as far as it can."""
    return [_stratum(read, s, winner, loser) for s in range(len(read.labels))]


def _stratum(read: StrataFile, s: int, winner: int, loser: int) -> Stratum:
    cast, lead, drawn = int(read.ballots[s]), int(read.reported[winner, s] - read.reported[loser, s]), int(read.drawn[s])
    wins, losses = int(read.found[winner, s]), int(read.found[loser, s] + read.missing[s])
    if read.kinds[s] == "unaudited":
        return unaudited(cast, lead)
    if read.kinds[s] == "counted" or (read.kinds[s] == "polling" and drawn == cast):
        return counted(lead - (wins - losses))
    if read.kinds[s] == "polling":
        others = drawn - wins - losses
        return Polling(cast, int(read.reported[winner, s]), int(read.reported[loser, s]), wins, losses, others)
    o1, o2, u1, u2 = (int(n) for n in read.seen[:, s])
    seen = Discrepancies(o1, o2 + int(read.missing[s]), u1, u2)
    return counted(int(seen.net)) if drawn == cast else Comparison(cast, lead, drawn, seen)


def combine_strata(path: Path, risk_limit: float) -> Measured:
    """Return the stratified risk: the largest over the reported losers and over all splits of the overstatement.

    Raises:
        InputError: as `read_strata`; no reported winner.
    """
    check_risk_limit(risk_limit)
    read = read_strata(path)
    totals = read.reported.sum(axis=1)
    winner = int(np.argmax(totals))
    if np.sort(totals)[-2] == totals[winner]:
        raise InputError(Problem("the two leaders of the reported strata are level: there is no reported winner", path.name))
    losers = [k for k in range(len(totals)) if k != winner]
    worst = {k: _worst(strata_of(read, winner, k), int(totals[winner] - totals[k])) for k in losers}
    hardest = max(losers, key=lambda k: worst[k].p)
    found, drawn = worst[hardest], int(read.drawn.sum())
    notes = [f"hardest against {read.names[hardest]}", *_kinds_told(strata_of(read, winner, hardest), read.labels)]
    notes += [] if found.exact else ["an upper bound: the search was on a grid of whole votes"]
    return Measured(
        method=METHOD,
        winner=read.names[winner],
        risk_limit=risk_limit,
        attained_risk=found.p,
        drawn=drawn,
        unit="ballots",
        notes=tuple(notes),
        split={} if found.split is None else dict(zip(read.labels, found.split, strict=True)),
    )


def _worst(strata: list[Stratum], margin: int) -> splits.Worst:
    return splits.worst_split(strata, margin, splits.POINTS if len(strata) <= MANY else FEW_POINTS)


def _kinds_told(strata: Sequence[Stratum], names: Sequence[str]) -> list[str]:
    settled = [name for s, name in zip(strata, names, strict=True) if isinstance(s, Known) and s.least == s.most]
    return [f"counted in full: {', '.join(settled)}"] if settled else []
