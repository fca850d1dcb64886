"""Several files of one count, in time: new, changed and withdrawn sheets, and how the shares moved
as tables came in.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sim.errors import InputError, Problem
from sim.files.counting.late_tables import drift_of
from sim.files.roles.words import fold
from sim.records.vote.tally import Note, Snapshots, Tally

NAMED = 5


def compared(files: Sequence[Tally]) -> Tally:
    """Return the tally of the last file, tables that vanished kept without a sheet, with what
    changed on the way.

    Raises:
        InputError: two files name different candidates.
    """
    same_candidates(files)
    newest: dict[str, tuple[int, int]] = {}
    for k, tally in enumerate(files):
        for i, code in enumerate(tally.codes):
            newest[code] = (k, i)
    last = files[-1]
    gone = [code for code, (k, _) in newest.items() if k < len(files) - 1]
    whole = appended(last, [(files[newest[code][0]], newest[code][1]) for code in gone])
    found = changes(files, gone)
    reading = last.reading
    assert reading is not None
    notes = (
        *registers(files),
        *([Note("fewer_tables", (), s) for s in found.sentences if "fewer" in s]),
    )
    facts = tuple(f.reading.files[0] for f in files if f.reading is not None)
    reading = replace(reading, files=facts, snapshots=found, warnings=(*reading.warnings, *notes))
    return replace(
        whole,
        reading=reading,
        notes=(*found.sentences, *whole.notes),
        rows=sum(f.rows for f in files),
    )


def same_candidates(files: Sequence[Tally]) -> None:
    """Raise where two files of one count do not hold the same candidates."""
    wanted = [fold(name) for name, _ in files[0].columns.candidates]
    for tally in files[1:]:
        names = [fold(name) for name, _ in tally.columns.candidates]
        if sorted(names) != sorted(wanted):
            odd = sorted(set(names) ^ set(wanted))
            said = f"{files[0].file} and {tally.file} name different candidates: {', '.join(odd)}"
            raise InputError(
                Problem(
                    said,
                    file=tally.file,
                    hint=f'give it its own mapping: --mapping "{tally.file}=other.toml"',
                )
            )
        if names != wanted:
            said = (
                f"the candidates of {tally.file} stand in another order than those of "
                f"{files[0].file}"
            )
            raise InputError(
                Problem(said, file=tally.file, hint="name them in one order under [candidates]")
            )


def appended(last: Tally, gone: Sequence[tuple[Tally, int]]) -> Tally:
    """Return the last tally with the tables that earlier files held, without a sheet."""
    if not gone:
        return last
    n = len(gone)

    def more(field: str) -> tuple[str, ...] | None:
        own = getattr(last, field)
        if own is None:
            return None
        return (*own, *((getattr(t, field) or ("",) * len(t.codes))[i] for t, i in gone))

    empty = np.zeros((len(last.votes), n), dtype=np.int64)
    registered = np.array([t.registered[i] for t, i in gone], dtype=np.int64)
    return replace(
        last,
        codes=(*last.codes, *(t.codes[i] for t, i in gone)),
        votes=np.concatenate([last.votes, empty], axis=1),
        registered=np.concatenate([last.registered, registered]),
        invalid=np.concatenate([last.invalid, np.full(n, -1)]),
        reported=np.concatenate([last.reported, np.zeros(n, dtype=np.bool_)]),
        region=more("region"),
        stratum=more("stratum"),
        centre=more("centre"),
        sample=None
        if last.sample is None
        else np.concatenate([last.sample, np.zeros(n, dtype=np.bool_)]),
        hours=None if last.hours is None else np.concatenate([last.hours, np.full(n, np.inf)]),
        past_share=None
        if last.past_share is None
        else np.concatenate([last.past_share, np.full(n, np.nan)]),
        counts={k: np.concatenate([v, np.full(n, -1)]) for k, v in last.counts.items()},
        kinds={k: np.concatenate([v, np.zeros(n, dtype=np.int64)]) for k, v in last.kinds.items()},
    )


def sheets_of(tally: Tally) -> dict[str, tuple[int, ...]]:
    """Return the votes of every table with a sheet."""
    return {
        code: tuple(tally.votes[:, i].tolist())
        for i, code in enumerate(tally.codes)
        if tally.reported[i]
    }


def changes(files: Sequence[Tally], gone: Sequence[str]) -> Snapshots:
    """Return what changed between files that follow each other."""
    names = [name for name, _ in files[-1].columns.candidates]
    sheets = [sheets_of(tally) for tally in files]
    moved: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {}
    withdrawn: dict[str, None] = {}
    new: dict[str, None] = {}
    for before, after in itertools.pairwise(sheets):
        for code, votes in before.items():
            if code not in after:
                withdrawn.setdefault(code)
            elif after[code] != votes:
                moved[code] = (moved.get(code, (votes,))[0], after[code])
        for code in after:
            if code not in before:
                new.setdefault(code)
    back = [code for code in withdrawn if code not in sheets[-1]]
    net = {name: sum(b[k] - a[k] for a, b in moved.values()) for k, name in enumerate(names)}
    shares = tuple(shares_of(tally) for tally in files)
    fewer = tuple(
        b.file for a, b in itertools.pairwise(files) if b.reported.sum() < a.reported.sum()
    )
    found = Snapshots(
        tuple(sorted(moved)), tuple(sorted(back)), tuple(sorted(new)), moved, net, shares, fewer
    )
    return replace(found, sentences=sentences(files, found, names))


def shares_of(tally: Tally) -> tuple[str, int, tuple[float, ...]]:
    """Return (file, sheets, share of each candidate)."""
    votes = tally.votes.sum(axis=1)
    total = max(int(votes.sum()), 1)
    return tally.file, int(tally.reported.sum()), tuple(round(float(v) / total, 6) for v in votes)


def sentences(files: Sequence[Tally], found: Snapshots, names: Sequence[str]) -> tuple[str, ...]:
    """Return what changed in words, the worst first."""
    out = [f"{name} has fewer sheets than the file before it" for name in found.fewer]
    if found.withdrawn:
        out.append(f"{len(found.withdrawn)} sheets were withdrawn: {listed(found.withdrawn)}")
    if found.changed:
        shift = ", ".join(f"{name} {v:+,}" for name, v in found.net.items() if v)
        out.append(
            f"{len(found.changed)} sheets changed ({shift or 'no net shift'}): "
            f"{listed(found.changed)}"
        )
    if found.new:
        out.append(f"{len(found.new):,} sheets are new after the first file: {listed(found.new)}")
    last, early = files[-1], set(sheets_of(files[0]))
    new = set(found.new)
    is_early = np.array([code in early for code in last.codes], dtype=np.bool_) & last.reported
    is_new = np.array([code in new for code in last.codes], dtype=np.bool_) & last.reported
    drift = drift_of(last, is_early, is_new)
    return tuple(out if drift is None else [*out, drift.words("At new tables")])


def listed(codes: Sequence[str]) -> str:
    """Return the first codes in words."""
    return ", ".join(codes[:NAMED]) + (
        f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
    )


def registers(files: Sequence[Tally]) -> list[Note]:
    """Return a warning for tables whose register differs between files."""
    seen: dict[str, int] = {}
    odd: dict[str, None] = {}
    for tally in files:
        for code, register in zip(tally.codes, tally.registered.tolist(), strict=True):
            if register and seen.setdefault(code, register) != register:
                odd.setdefault(code)
    if not odd:
        return []
    return [
        Note(
            "register_changed",
            tuple(odd),
            f"{len(odd)} tables have another register in a later file: {listed(list(odd))}",
        )
    ]
