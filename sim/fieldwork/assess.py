"""Assess a user's file: read it, make it evidence, ask every estimator. The same estimators serve a
replicate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.estimators.register import AUDITS, ESTIMATORS, FORENSIC, STREAM, all_findings
from sim.fieldwork.assess_request import EVERY_ROW, Request, drawn_list, read_frame_list
from sim.fieldwork.multiple_testing import FamilyLine, family_line
from sim.fieldwork.reading import read_rows_like, read_sheets
from sim.fieldwork.tally_evidence import build_evidence, frame_of
from sim.files.announced_file import read_announced
from sim.files.draw_file import is_draw
from sim.files.evidence_folder import is_evidence, read_evidence
from sim.measures.register import as_list
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.results.drawn import Drawn
from sim.records.results.shown import Record, cells
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding
from sim.records.vote.tally import SetAside, Tally
from sim.replicate.own import own_estimators
from sim.rng import Streams
from sim.scenario.own import MakeEstimator

ENTROPY = 0x5EED20240702
APART = (*FORENSIC, *AUDITS)
ALL = Monitoring(estimators=tuple(key for key in ESTIMATORS if key not in APART))
"""A user's file is put to every estimator, the forensic tests and audits only on request; a run
asks those that it names.
"""
__all__ = ["Assessment", "Request", "assess_export", "assess_file", "is_evidence"]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Assessment(Drawn):
    """What came of it. set_aside: of the file and, where tables are not in the frame, of the match
    with it. family: the line that closes forensic tests, None where they were not asked for.
    """

    tally: Tally
    evidence: Evidence
    findings: tuple[Finding, ...]
    set_aside: tuple[SetAside, ...]
    family: FamilyLine | None = None

    def in_short(self) -> str:
        """Return what was read and how the findings fell."""
        told = Counter(str(finding.verdict) for finding in self.findings)
        verdicts = ", ".join(f"{number} {word}" for word, number in told.most_common())
        return f"{len(self.tally.codes):,} tables, {len(self.findings)} findings: {verdicts}"

    def records(self) -> list[Record]:
        """Return one record a finding."""
        return [cells(finding) for finding in self.findings]


def assess_file(
    request: Request,
    monitoring: Monitoring = ALL,
    entropy: int = ENTROPY,
    progress: Callable[[str], None] | None = None,
    own: Mapping[str, MakeEstimator] | None = None,
) -> Assessment:
    """Read the file, build evidence and return findings. own: estimators beside those of the
    register.

    Raises:
        InputError: a file cannot be read, a column is missing, a name is unknown.
    """
    tell = progress or (lambda _: None)
    listed = None
    if request.frame is not None and is_draw(request.frame):
        listed = drawn_list(request)
    tell("reading sheets")
    flag = None if request.sample == EVERY_ROW else request.sample
    apart = {
        "stratum": None if request.frame is not None else request.strata_column,
        "sample": flag,
        "hours": request.hours_column,
        "centre": request.centre_column,
        "past_share": request.past_column,
    }
    files = (request.file, *request.more)
    tally, mapping = read_sheets(
        files, request.mappings(), request.contest, request.limit, apart, tell
    )
    frame = None
    if request.frame is not None and listed is None:
        tell("reading the list of tables")
        frame = read_frame_list(request, tally, mapping)
        tally = with_list(tally, frame)
    names = tuple(shown for shown, _ in tally.columns.candidates)
    claim = None if request.announced is None else read_announced(request.announced, names)
    tell("matching tables")
    rows = None
    if claim is not None and claim.rows is not None:
        rows = read_rows_like(claim.rows, request.mappings(), request.contest, tally, request.limit)
    evidence, strangers, notes = build_evidence(request, tally, frame, claim, listed, rows)
    tally = replace(tally, notes=(*tally.notes, *notes))
    if request.look:
        return Assessment(tally, evidence, (), (*tally.set_aside, *strangers))
    tell("asking the estimators")
    streams = Streams(entropy, 0)
    monitoring, apart_asked = chosen(request, monitoring)
    keys = {"estimators": (*monitoring.estimators, *(own or {}))}
    findings = all_findings(evidence, monitoring.model_copy(update=keys), streams, None, own or {})
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
    """Return the tally that says how many tables are known, those of the list among them, and the
    list's region of each table.
    """
    if tally.reading is None:
        return tally
    known = len(set(frame.codes) | set(tally.codes))
    reading = replace(tally.reading, tables=known)
    if frame.region is None:
        return replace(tally, reading=reading)
    of_table = dict(zip(frame.codes, frame.region, strict=True))
    own = ("",) * len(tally.codes) if tally.region is None else tally.region
    region = tuple(of_table.get(c, r) for c, r in zip(tally.codes, own, strict=True))
    counted = tuple(Counter(frame.region).items())
    return replace(tally, region=region, reading=replace(reading, region_tables=counted))


def with_frame(evidence: Evidence, tally: Tally) -> Evidence:
    """Return the evidence with the tables of the file as its frame where no list of tables was
    given.

    The forensic tests look for patterns among the rows at hand and need their registers, centres
    and regions; what the rows cover of the country is no question of theirs.
    """
    if evidence.frame is not None:
        return evidence
    every = np.arange(len(tally.codes), dtype=np.int64)
    return replace(evidence, frame=frame_of(tally, tally, every, None))


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


def assess(
    file: Path | str,
    *,
    mapping: Path | str | None = None,
    frame: Path | str | None = None,
    strata_column: str | None = None,
    announced: Path | str | None = None,
    sample: str | None = None,
    hours_column: str | None = None,
    incumbent: str | None = None,
    challenger: str | None = None,
    forensics: bool = False,
    centre_column: str | None = None,
    past_column: str | None = None,
    target: str | None = None,
    contest: str | None = None,
    more: Sequence[Path | str] = (),
    only: Sequence[str] = (),
    estimators: Sequence[MakeEstimator] = (),
) -> Assessment:
    """Assess a file of tally sheets; the arguments are the options of `sim assess`.

    more: later files of the same count. only: the methods that are asked. estimators: classes of
    your own (see sim.estimators.base.Estimator), asked beside them.

    Raises:
        InputError: the file cannot be read, or a choice names nothing in it.
    """
    files = [None if given is None else Path(given) for given in (mapping, frame, announced)]
    request = Request(
        Path(file),
        mapping=files[0],
        frame=files[1],
        strata_column=strata_column,
        announced=files[2],
        sample=sample,
        hours_column=hours_column,
        incumbent=incumbent,
        challenger=challenger,
        forensics=forensics,
        centre_column=centre_column,
        past_column=past_column,
        target=target,
        contest=contest,
        more=tuple(map(Path, more)),
        only=tuple(as_list(only, "only")),
    )
    return assess_file(request, own=own_estimators(estimators))


def assess_export(
    folder: Path, monitoring: Monitoring = ALL, entropy: int = ENTROPY, replicate: int = 0
) -> tuple[Finding, ...]:
    """Return the findings from an exported folder of evidence: with the replicate's entropy and
    number, those it carries.
    """
    return all_findings(read_evidence(folder), monitoring, Streams(entropy, replicate))
