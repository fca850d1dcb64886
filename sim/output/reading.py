"""How a file was read, as the JSON document of `sim assess --json` and as lines on screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from sim.errors import InputError, Problem
from sim.files.refusal import RefusalError
from sim.output.sample_screen import UNWEIGHTED, Part
from sim.records.seen.finding import Finding
from sim.records.vote.tally import Reading, SetAside, Tally

FORMAT = 2
TOTALS = ("ballots_received", "ballots_issued", "ballots_found", "ballots_left", "accredited")


def refused(problems: Sequence[dict[str, object]]) -> dict[str, object]:
    """Return the document of a refusal."""
    return {"format": FORMAT, "status": "refused", "problems": list(problems)}


def problems_of(error: Exception) -> list[dict[str, object]]:
    """Return the problems of an error, each with code, message, place, fix and mapping."""
    if isinstance(error, RefusalError):
        return [error.plain()]
    problems = error.problems if isinstance(error, InputError) else [Problem(str(error))]
    return [
        {
            "code": "input",
            "message": p.message,
            "file": p.file or None,
            "line": p.line or None,
            "fix": p.hint or None,
            "mapping": None,
        }
        for p in problems
    ]


def evidence_document(findings: Sequence[Finding]) -> dict[str, object]:
    """Return the document of exported evidence, which no reader had to read."""
    return {
        "format": FORMAT,
        "status": "read",
        "sample": None,
        "findings": [f.plain() for f in findings],
        "reading": None,
    }


def document(
    tally: Tally, findings: Sequence[Finding], aside: Sequence[SetAside], part: Part | None = None
) -> dict[str, object]:
    """Return the document of a reading. part: what part of all tables the sheets are."""
    return {
        "format": FORMAT,
        "status": "read",
        "sample": None if part is None else {**asdict(part), "totals": UNWEIGHTED},
        "findings": [f.plain() for f in findings],
        "reading": reading_plain(tally, aside),
    }


def reading_plain(tally: Tally, aside: Sequence[SetAside]) -> dict[str, object]:
    """Return everything that is said of the reading."""
    r = tally.reading
    assert r is not None
    runner = r.runner_up
    return {
        "files": [file_plain(r, k) for k in range(len(r.files))],
        "shape": r.shape,
        "contest": {"name": r.contest, "rule": r.rule},
        "confirmed_by": [
            {"identity": c.identity, "rows": c.rows, "of": c.of, "bits": c.bits}
            for c in r.confirmed
        ],
        "runner_up": None
        if runner is None
        else {
            "candidates": list(runner.candidates),
            "identity": runner.identity,
            "rows": runner.rows,
        },
        "not_placed": list(r.not_placed),
        "columns": [
            {"role": c.role, "name": c.name, "columns": list(c.columns), "how": c.how}
            for c in r.columns
        ],
        "tables": tables_plain(tally, r),
        "totals": totals(tally),
        "set_aside": aside_plain(r, aside),
        "warnings": [
            {"code": w.code, "tables": list(w.tables), "text": w.text} for w in r.warnings
        ],
        "arrival_hours": None if r.arrival is None else list(r.arrival),
        "stop": None if r.stop is None else asdict(r.stop),
        "snapshots": snapshots_plain(r),
        "snapshot_changes": changes_plain(r),
    }


def file_plain(r: Reading, k: int) -> dict[str, object]:
    """Return one file as it was opened."""
    f = r.files[k]
    lines = {"preamble": f.preamble, "header": f.header, "comment": f.comment, "data": f.data}
    return {
        "name": f.name,
        "container": f.container,
        "encoding": f.encoding,
        "delimiter": f.delimiter,
        "sheet": f.sheet,
        "lines": lines,
    }


def tables_plain(tally: Tally, r: Reading) -> dict[str, object]:
    """Return tables, sheets, key, centres and regions."""
    return {
        "n": len(tally.codes) if r.tables is None else r.tables,
        "sheets": int(tally.reported.sum()),
        "key": list(r.key),
        "unique": round(r.unique, 6),
        "centres": None if tally.centre is None else len(set(tally.centre)),
        "regions": None if tally.region is None else len(set(tally.region)),
    }


def total_of(tally: Tally, role: str) -> int | None:
    """Return the sum of a count over the sheets, or None where the file has none."""
    values = tally.counts.get(role)
    if values is None or not (values >= 0).any():
        return None
    return int(values[values >= 0].sum())


def totals(tally: Tally) -> dict[str, object]:
    """Return sums: of the register over all tables, of everything else over the sheets. What is not
    there is None.
    """
    names = [name for name, _ in tally.columns.candidates]
    votes = {name: int(v) for name, v in zip(names, tally.votes.sum(axis=1), strict=True)}
    register = int(tally.registered.sum())
    out: dict[str, object] = {"registered": register or None}
    out |= {role: total_of(tally, role) for role in TOTALS}
    if out["ballots_found"] is None:
        out["ballots_found"] = total_of(tally, "total")
    valid = total_of(tally, "valid")
    known = np.where(tally.reported & (tally.invalid >= 0), tally.invalid, 0)
    out["valid"] = sum(votes.values()) if valid is None else valid
    out["invalid"] = int(known.sum()) if (tally.invalid >= 0).any() else None
    out["invalid_by"] = {name: int(v.sum()) for name, v in tally.kinds.items()}
    out["votes"] = votes
    return out


def aside_plain(r: Reading, aside: Sequence[SetAside]) -> dict[str, object]:
    """Return rows set aside, by reason, with all their lines."""
    reasons = list(dict.fromkeys(s.reason for s in aside))
    by = [
        {"reason": why, "rows": len(lines), "lines": [line for line in lines if line]}
        for why in reasons
        for lines in [[s.line for s in aside if s.reason == why]]
    ]
    return {"rows": len(aside), "faults": r.faults, "naming": r.naming, "by": by}


def snapshots_plain(r: Reading) -> dict[str, object] | None:
    """Return which tables changed between files, or None where there is one."""
    s = r.snapshots
    if s is None:
        return None
    return {"changed": list(s.changed), "withdrawn": list(s.withdrawn), "new": list(s.new)}


def changes_plain(r: Reading) -> dict[str, object] | None:
    """Return the numbers of what changed between files."""
    s = r.snapshots
    if s is None:
        return None
    return {
        "moved": {
            table: {"before": list(a), "after": list(b)} for table, (a, b) in s.moved.items()
        },
        "net": dict(s.net),
        "shares": [
            {"file": name, "sheets": n, "shares": list(shares)} for name, n, shares in s.shares
        ],
        "fewer": list(s.fewer),
        "sentences": list(s.sentences),
    }
