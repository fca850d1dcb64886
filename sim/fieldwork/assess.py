"""Assess a user's file: read it, make it evidence, ask every estimator. The same estimators serve a
replicate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.estimators.register import AUDITS, ESTIMATORS, FORENSIC, STREAM, all_findings
from sim.fieldwork.multiple_testing import FamilyLine, family_line
from sim.fieldwork.reading import read_frame, read_rows_like, read_sheets
from sim.files.announced_file import AnnouncedTotals, read_announced
from sim.files.evidence_folder import is_evidence, read_evidence
from sim.files.opening.container import MAX_BYTES
from sim.files.roles.words import fold
from sim.records.evidence import Announced, Evidence, Frame, QuickCount, Sheets
from sim.records.finding import Finding
from sim.records.parameters.monitoring import Monitoring
from sim.records.tally import SetAside, Tally
from sim.rng import Streams

ENTROPY = 0x5EED20240702
EVERY_ROW = "all"
APART = (*FORENSIC, *AUDITS)
ALL = Monitoring(estimators=tuple(key for key in ESTIMATORS if key not in APART))
"""A user's file is put to every estimator, the forensic tests and audits only on request; a run
asks those that it names.
"""
__all__ = ["Assessment", "Request", "assess_export", "assess_file", "is_evidence"]


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks. sample: a flag column, or "all" when every row was drawn. Paths None where
    not given.

    more: later files of the same count. mapping: one file for all, or several texts of which
    "B.csv=b.toml" is for one file. contest: which of several in a mapping. look: read, ask nothing.
    only: the methods that are asked. forensics: also the forensic tests and audits; they use the
    columns `centre` and `past` (earlier share of the incumbent).
    """

    file: Path
    mapping: Path | tuple[str, ...] | None = None
    frame: Path | None = None
    strata: str | None = None
    announced: Path | None = None
    sample: str | None = None
    hours: str | None = None
    incumbent: str | None = None
    challenger: str | None = None
    forensics: bool = False
    centre: str | None = None
    past: str | None = None
    limit: int = MAX_BYTES
    more: tuple[Path, ...] = ()
    contest: str | None = None
    look: bool = False
    only: tuple[str, ...] = ()

    def mappings(self) -> tuple[str, ...]:
        """Return the mappings as texts."""
        if self.mapping is None:
            return ()
        return (str(self.mapping),) if isinstance(self.mapping, Path | str) else self.mapping


@dataclass(frozen=True, slots=True, eq=False)
class Assessment:
    """What came of it. set_aside: of the file and, where tables are not in the frame, of the match
    with it. family: the line that closes forensic tests, None where they were not asked for.
    """

    tally: Tally
    evidence: Evidence
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    family: FamilyLine | None = None


def assess_file(
    request: Request,
    monitoring: Monitoring = ALL,
    entropy: int = ENTROPY,
    progress: Callable[[str], None] | None = None,
) -> Assessment:
    """Read the file, build evidence and return findings.

    Raises:
        InputError: a file cannot be read, a column is missing, a name is unknown.
    """
    tell = progress or (lambda _: None)
    tell("reading sheets")
    flag = None if request.sample == EVERY_ROW else request.sample
    apart = {
        "stratum": request.strata,
        "sample": flag,
        "hours": request.hours,
        "centre": request.centre,
        "past_share": request.past,
    }
    files = (request.file, *request.more)
    tally, mapping = read_sheets(
        files, request.mappings(), request.contest, request.limit, apart, tell
    )
    frame = None
    if request.frame is not None:
        tell("reading the list of tables")
        frame = read_frame(request.frame, mapping, tally, request.limit, request.strata)
        tally = with_list(tally, frame)
    names = tuple(shown for shown, _ in tally.columns.candidates)
    claim = None if request.announced is None else read_announced(request.announced, names)
    tell("matching tables")
    rows = None
    if claim is not None and claim.rows is not None:
        rows = read_rows_like(claim.rows, request.mappings(), request.contest, tally, request.limit)
    evidence, strangers = build_evidence(request, tally, frame, claim, rows)
    if request.look:
        return Assessment(tally, evidence, (), (*tally.set_aside, *strangers))
    tell("asking the estimators")
    streams = Streams(entropy, 0)
    monitoring, apart_asked = chosen(request, monitoring)
    findings = all_findings(evidence, monitoring, streams)
    family = None
    if apart_asked:
        framed = with_frame(evidence, tally)
        findings = (*findings, *forensic_findings(framed, monitoring, streams, tell, apart_asked))
    elif request.forensics:
        framed = with_frame(evidence, tally)
        tests = forensic_findings(framed, monitoring, streams, tell)
        family = family_line(framed, tests, monitoring, streams, progress=tell)
        findings = (*findings, *tests)
    return Assessment(tally, evidence, findings, (*tally.set_aside, *strangers), family)


def chosen(request: Request, monitoring: Monitoring) -> tuple[Monitoring, tuple[str, ...]]:
    """Return (the methods asked of every file, forensic tests and audits named one by one).

    Raises:
        InputError: a method that does not exist.
    """
    if not request.only:
        return monitoring, ()
    unknown = [key for key in request.only if key not in ESTIMATORS]
    if unknown:
        near = get_close_matches(unknown[0], ESTIMATORS, 1)
        hint = (f"is it {near[0]!r}? " if near else "") + f"methods: {', '.join(ESTIMATORS)}"
        raise InputError(Problem(f"no method {unknown[0]!r}", hint=hint))
    plain = tuple(key for key in request.only if key not in APART)
    return monitoring.model_copy(update={"estimators": plain}), tuple(
        k for k in request.only if k in APART
    )


def with_list(tally: Tally, frame: Tally) -> Tally:
    """Return the tally that says how many tables are known, those of the list among them."""
    if tally.reading is None:
        return tally
    known = len(set(frame.codes) | set(tally.codes))
    return replace(tally, reading=replace(tally.reading, tables=known))


def with_frame(evidence: Evidence, tally: Tally) -> Evidence:
    """Return the evidence with the tables of the file as its frame where no list of tables was
    given.

    The forensic tests look for patterns among the rows at hand and need their registers, centres
    and regions; what the rows cover of the country is no question of theirs.
    """
    if evidence.frame is not None:
        return evidence
    return replace(
        evidence, frame=frame_of(tally, tally, np.arange(len(tally.codes), dtype=np.int64))
    )


def forensic_findings(
    evidence: Evidence,
    monitoring: Monitoring,
    streams: Streams,
    tell: Callable[[str], None],
    keys: tuple[str, ...] = APART,
) -> tuple[Finding, ...]:
    """Return the findings of the forensic tests and the audits, one after the other."""
    found = []
    for number, key in enumerate(keys, 1):
        tell(f"{key} ({number} of {len(keys)})")
        found.append(ESTIMATORS[key](monitoring).assess(evidence, streams(STREAM + key)))
    return tuple(found)


def assess(file: Path | str, **choices: Any) -> Assessment:
    """Assess a file of tally sheets; `choices` are the fields of `Request` (mapping, frame,
    announced, ...).

    Raises:
        InputError: the file cannot be read, or a choice names nothing in it.
    """
    return assess_file(Request(Path(file), **choices))


def assess_export(
    folder: Path, monitoring: Monitoring = ALL, entropy: int = ENTROPY, replicate: int = 0
) -> tuple[Finding, ...]:
    """Return the findings from an exported folder of evidence: with the replicate's entropy and
    number, those it carries.
    """
    return all_findings(read_evidence(folder), monitoring, Streams(entropy, replicate))


def build_evidence(
    request: Request,
    tally: Tally,
    frame: Tally | None,
    claim: AnnouncedTotals | None,
    announced: Tally | None = None,
) -> tuple[Evidence, list[SetAside]]:
    """Return (evidence, rows whose table is not in the frame). announced: rows of the claim."""
    listing = frame if frame is not None else tally if request.sample is not None else None
    place = {code: row for row, code in enumerate((listing or tally).codes)}
    rows = np.array([place.get(code, -1) for code in tally.codes], dtype=np.int64)
    strangers = [SetAside(0, tally.codes[i], "not_in_frame") for i in np.flatnonzero(rows < 0)]
    names = tuple(shown for shown, _ in tally.columns.candidates)
    votes = tally.votes
    if claim is not None:
        names, votes = (
            claim.names,
            np.stack([tally.votes[list(m)].sum(axis=0) for m in claim.members]),
        )
    public = None if listing is None else frame_of(listing, tally, rows)
    held = tally.reported & (rows >= 0)
    count = (
        None
        if request.sample is None or public is None
        else sample_of(request, tally, public, rows, votes)
    )
    sampled = np.zeros(len(rows), dtype=np.bool_) if count is None else sample_flags(request, tally)
    keep = held if (held & ~sampled).any() or count is None else np.zeros_like(held)
    evidence = Evidence(
        candidates=names,
        frame=public,
        sheets=sheets_of(tally, rows, votes, keep) if keep.any() else None,
        quick_count=count,
        announced=None if claim is None else announced_of(claim, place, announced),
        incumbent=row_of(request.incumbent, names),
        challenger=row_of(request.challenger, names),
    )
    return evidence, strangers


def numbered(labels: Sequence[str]) -> NDArray[np.int32]:
    """Return group numbers, 0-based in order of the labels (numbers as numbers), so that neighbours
    are alike.
    """

    def key(label: str) -> tuple[int, float, str]:
        try:
            return (0, float(label), label)
        except ValueError:
            return (1, 0.0, label)

    number = {label: i for i, label in enumerate(sorted(set(labels), key=key))}
    return np.array([number[label] for label in labels], dtype=np.int32)


def frame_of(listing: Tally, tally: Tally, rows: NDArray[np.int64]) -> Frame:
    """Return the frame; registers and strata that only the sheets state are taken from them."""
    registered = listing.registered.copy()
    if listing is not tally and not registered.any():
        registered[rows[rows >= 0]] = tally.registered[rows >= 0]
    region = (
        numbered(listing.region)
        if listing.region is not None
        else np.zeros(len(listing.codes), dtype=np.int32)
    )
    stratum = numbered(listing.stratum) if listing.stratum is not None else None
    return Frame(
        registered,
        centres_of(listing),
        region,
        stratum,
        listing.past_share,
        table_ids=listing.codes,
    )


def centres_of(listing: Tally) -> NDArray[np.int32]:
    """Return each table's centre: the named column, or the table's code without its last part where
    it has several.
    """
    if listing.centre is not None:
        return numbered(listing.centre)
    if len(listing.columns.table) > 1:
        return numbered([code.rsplit("-", 1)[0] for code in listing.codes])
    return np.arange(len(listing.codes), dtype=np.int32)


def sample_flags(request: Request, tally: Tally) -> NDArray[np.bool_]:
    """Return (n,) which rows of the file were drawn."""
    if request.sample == EVERY_ROW or tally.sample is None:
        return np.ones(len(tally.codes), dtype=np.bool_)
    return tally.sample


def sample_of(
    request: Request, tally: Tally, frame: Frame, rows: NDArray[np.int64], votes: NDArray[np.int64]
) -> QuickCount:
    """Return the drawn sample with its returns; without strata, one stratum."""
    drawn = np.flatnonzero(sample_flags(request, tally) & (rows >= 0))
    stratum = (
        frame.stratum
        if frame.stratum is not None
        else np.zeros(len(frame.registered), dtype=np.int32)
    )
    reported = tally.reported[drawn]
    hours = np.zeros(len(drawn)) if tally.hours is None else tally.hours[drawn]
    return QuickCount(
        table=rows[drawn].astype(np.int32),
        stratum=stratum[rows[drawn]],
        reported=reported & np.isfinite(hours),
        votes=votes[:, drawn],
        invalid=tally.invalid[drawn],
        hours=np.where(reported, hours, np.inf),
        stratum_tables=np.bincount(stratum).astype(np.int64),
    )


def sheets_of(
    tally: Tally, rows: NDArray[np.int64], votes: NDArray[np.int64], keep: NDArray[np.bool_]
) -> Sheets:
    """Return the sheets in hand."""
    hours = None if tally.hours is None else tally.hours[keep]
    return Sheets(
        rows[keep].astype(np.int32),
        votes[:, keep],
        tally.invalid[keep],
        hours,
        tally.registered[keep],
    )


def announced_of(claim: AnnouncedTotals, place: dict[str, int], out: Tally | None) -> Announced:
    """Return the claim, with announced rows where a file of them is named."""
    rows = None
    if out is not None:
        at = np.array([place.get(code, -1) for code in out.codes], dtype=np.int64)
        votes = np.stack([out.votes[list(m)].sum(axis=0) for m in claim.members])
        known = (at >= 0) & out.reported
        rows = Sheets(at[known].astype(np.int32), votes[:, known], out.invalid[known])
    return Announced(
        claim.totals, claim.invalid, claim.share_counted, claim.registered, rows, claim.tables
    )


def row_of(name: str | None, names: Sequence[str]) -> int | None:
    """Return a candidate's row."""
    if name is None:
        return None
    for row, known in enumerate(names):
        if fold(known) == fold(name):
            return row
    raise InputError(Problem(f"no candidate {name!r}", hint=f"candidates: {', '.join(names)}"))
