"""Last stage: judged rows become the tally, with the totals, the warnings and the evidence that the
report shows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.files.counting.cells import Cells, flags
from sim.files.counting.identities import confirmed_by, failed
from sim.files.counting.prepared import Prepared
from sim.files.counting.rows import Judged, judge
from sim.files.counting.warnings import about_rows, does_not_close, identical_sheets
from sim.records.tally import ColumnMap, FileFacts, Note, Reading, SetAside, Tally


@dataclass(frozen=True, slots=True)
class Choices:
    """What a mapping or the command says of the whole reading.

    limit: share of faulty rows above which the exit code is 3.
    """

    file: FileFacts
    contest: str | None = None
    rule: str | None = None
    limit: float = 0.05
    identities: tuple[str, ...] = ()
    unique: float = 1.0
    notes: tuple[Note, ...] = ()
    arrival: NDArray[np.float64] | None = None
    taken: str | None = None
    share_of: str = "valid"
    turnout_of: str = "ballots_found"


def tally_of(ready: Prepared, choices: Choices) -> Tally:
    """Return the tally: impossible and repeated rows set aside, their tables without a sheet."""
    judged = judge(ready.cells, ready.outside, ready.rules)
    cells, rows = ready.cells, judged.kept
    sheet = judged.sheet[rows]
    votes = np.where(sheet, np.nan_to_num(cells.votes[:, rows]), 0).astype(np.int64)
    counts = {
        role: whole(values[rows], -1)
        for role, values in cells.counts.items()
        if role != "registered"
    }
    counts = {role: np.where(sheet, values, -1) for role, values in counts.items()}
    kinds = {
        name: np.where(sheet, whole(values[rows], 0), 0) for name, values in cells.kinds.items()
    }
    invalid = invalid_of(kinds, counts, sheet)
    reading = reading_of(ready, judged, choices)
    hours = hours_of(ready, choices, rows)
    sample = ready.texts.get("sample")
    name = choices.file.name
    return Tally(
        file=name,
        encoding=choices.file.encoding,
        delimiter=choices.file.delimiter or "",
        rows=choices.file.data,
        columns=column_map(ready, reading),
        codes=unique_codes(cells, judged),
        votes=votes,
        registered=whole(cells.counts["registered"][rows], 0)
        if "registered" in cells.counts
        else np.zeros(len(rows), dtype=np.int64),
        invalid=invalid.astype(np.int64),
        reported=np.asarray(sheet),
        region=text_at(cells.region, rows),
        stratum=None
        if "stratum" not in ready.texts
        else tuple(ready.texts["stratum"][i] for i in rows),
        sample=None
        if sample is None
        else flags([sample[i] for i in rows], ready.lines[rows], sample_name(ready), name),
        hours=hours,
        centre=text_at(cells.centre, rows),
        past_share=ready.numbers["past_share"][rows] if "past_share" in ready.numbers else None,
        set_aside=set_aside(ready, judged),
        notes=tuple(note.text for note in reading.warnings),
        counts=counts,
        kinds=kinds,
        reading=reading,
    )


def invalid_of(
    kinds: dict[str, NDArray[np.int64]],
    counts: dict[str, NDArray[np.int64]],
    sheet: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """Return invalid votes: of all kinds, else ballots found less valid votes, else -1."""
    if kinds:
        return np.where(sheet, np.sum(list(kinds.values()), axis=0), -1).astype(np.int64)
    found, valid = counts.get("ballots_found"), counts.get("valid")
    if found is None or valid is None:
        return np.full(len(sheet), -1, dtype=np.int64)
    return np.where(sheet & (found >= valid) & (valid >= 0), found - valid, -1).astype(np.int64)


def sample_name(ready: Prepared) -> str:
    """Return the name of the column that flags the sample."""
    return next((c.columns[0] for c in ready.columns if c.role == "sample"), "sample")


def whole(values: NDArray[np.float64], unknown: int) -> NDArray[np.int64]:
    """Return whole numbers, `unknown` where there is none."""
    out: NDArray[np.int64] = np.nan_to_num(values, nan=unknown).astype(np.int64)
    return out


def text_at(text: object, rows: NDArray[np.int64]) -> tuple[str, ...] | None:
    """Return a text column at these rows."""
    import polars as pl

    return tuple(text.gather(rows).to_list()) if isinstance(text, pl.Series) else None


def unique_codes(cells: Cells, judged: Judged) -> tuple[str, ...]:
    """Return the codes of the tables; another table under a code that stands already gets a
    number.
    """
    codes = cells.codes.gather(judged.kept).to_list()
    if not len(judged.twice):
        return tuple(codes)
    seen: dict[str, int] = {}
    for i, code in enumerate(codes):
        seen[code] = seen.get(code, 0) + 1
        if seen[code] > 1:
            codes[i] = f"{code} ({seen[code]})"
    return tuple(codes)


def set_aside(ready: Prepared, judged: Judged) -> tuple[SetAside, ...]:
    """Return every line that does not count, in file order, with its table and its reason."""
    out = list(ready.before)
    for i in np.flatnonzero(np.isin(ready.row_of, np.flatnonzero(judged.reason >= 0))):
        row = int(ready.row_of[i])
        out.append(
            SetAside(
                int(ready.lines[i]), str(ready.cells.codes[row]), judged.names[judged.reason[row]]
            )
        )
    return tuple(sorted(out, key=lambda one: one.line))


def hours_of(
    ready: Prepared, choices: Choices, rows: NDArray[np.int64]
) -> NDArray[np.float64] | None:
    """Return hours after closing, never below 0, inf where unknown."""
    hours = choices.arrival if choices.arrival is not None else ready.numbers.get("hours")
    if hours is None:
        return None
    return np.asarray(np.maximum(np.nan_to_num(hours[rows], nan=np.inf), 0.0))


def column_map(ready: Prepared, reading: Reading) -> ColumnMap:
    """Return the names of columns by role."""
    by = {
        role: tuple(" + ".join(c.columns) for c in ready.columns if c.role == role)
        for role in {c.role for c in ready.columns}
    }
    one = {
        role: by[role][0]
        for role in (
            "region",
            "registered",
            "valid",
            "stratum",
            "sample",
            "hours",
            "centre",
            "past_share",
        )
        if by.get(role)
    }
    named = tuple((c.name, " + ".join(c.columns)) for c in ready.columns if c.role == "candidate")
    first = reading.confirmed[0] if reading.confirmed else None
    return ColumnMap(
        table=ready.names["table"],
        candidates=named,
        ballots=by.get("ballots_found", ()),
        invalid=" + ".join(by.get("invalid", ())) or None,
        checked_against=None if first is None else first.identity,
        checked=None if first is None else first.rows / max(first.of, 1),
        guessed=ready.plan.guessed,
        **one,
    )


def reading_of(ready: Prepared, judged: Judged, choices: Choices) -> Reading:
    """Return how the file was read, with its warnings and its exit code."""
    sums = confirmed_by(ready, judged)
    found = [c for c in ready.plan.confirmed if c.identity not in {s.identity for s in sums}]
    notes, because = warned(ready, judged, choices)
    arrival = None
    if choices.arrival is not None:
        arrival = tuple(
            None if np.isnan(h) else round(float(h), 2) for h in choices.arrival[judged.kept]
        )
    used = tuple(replace(one, bits=round(one.bits, 1)) for one in (*sums, *found))
    plan = ready.plan
    return Reading(
        files=(choices.file,),
        shape=ready.shape,
        contest=choices.contest,
        rule=choices.rule,
        confirmed=used,
        runner_up=plan.runner_up,
        not_placed=plan.not_placed,
        columns=ready.columns,
        key=ready.names["table"],
        unique=choices.unique,
        warnings=tuple(notes),
        faults=judged.faults(),
        naming=judged.naming(),
        exit_code=3 if because else 0,
        because=tuple(because),
        others_missing=not ready.rules.all_there,
        arrival=arrival,
        taken=choices.taken,
        share_of=choices.share_of,
        turnout_of=choices.turnout_of,
    )


def warned(ready: Prepared, judged: Judged, choices: Choices) -> tuple[list[Note], list[str]]:
    """Return (warnings, why the exit code is 3)."""
    cells, rules = ready.cells, ready.rules
    gap, much = does_not_close(cells, judged, rules)
    notes = [
        *choices.notes,
        *ready.plan.notes,
        *gap,
        *identical_sheets(cells, np.flatnonzero(judged.sheet)),
        *about_rows(cells, judged, rules, ready.short),
        *of_the_reading(ready, choices),
    ]
    faults, naming = judged.faults(), judged.naming()
    because = []
    if faults > choices.limit * max(naming, 1):
        because.append(f"{faults:,} of {naming:,} rows that name a table were set aside as faulty")
    if much:
        because.append(gap[0].text)
    because += failed(ready, judged, choices.identities, choices.limit)
    return notes, because


def of_the_reading(ready: Prepared, choices: Choices) -> list[Note]:
    """Return warnings about the reading as a whole."""
    out = []
    if ready.plan.not_placed:
        names = ", ".join(ready.plan.not_placed)
        out.append(Note("not_placed", (), f"columns of whole numbers that found no place: {names}"))
    if not ready.rules.all_there:
        out.append(
            Note(
                "others_missing",
                (),
                "not all candidates are in the file: shares are of the listed ones only",
            )
        )
    if choices.arrival is not None and (choices.arrival < 0).any():
        early = [str(ready.cells.codes[int(i)]) for i in np.flatnonzero(choices.arrival < 0)]
        text = (
            f"{len(early)} sheets came in before closing, says their stamp: {', '.join(early[:5])}"
        )
        out.append(Note("arrival_before_closing", tuple(early), text))
    return out
