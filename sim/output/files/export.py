"""One replicate as files that observers' own tools can read, truth and evidence in separate files.

CSV in UTF-8 with "\\n" line ends; the same replicate gives the same bytes. A text that a
spreadsheet would take for a formula gets a leading apostrophe. Persons have no names here: an
observer is a number.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.records.parameters.vote.electorate import FrameColumns
from sim.records.seen.evidence import SOURCES, Evidence, Incidents, QuickCount, Sheets
from sim.records.vote.claim import Claim
from sim.records.vote.polling_hours import PollingHours
from sim.records.vote.register import Register
from sim.records.vote.truth import Truth
from sim.text import csv_cell

OVER_REGISTER_ALLOWED = 5
"""Ballots may exceed the register by this many before a report is quarantined."""

READ_ME = """# One simulated election day

| file | what it is |
|---|---|
| truth.csv | what the electorate did: votes as cast. No observer ever has this file; it is here to examine methods. |
| claim.csv | what the authority announced: one row a bulletin (`scope`: the nation, or the region that it adds), then one a table if table results were published. |
| frame.csv | the public list of polling tables, in the columns of a frame file. |
| sheets.csv | copies of tally sheets in the hands of those who collect them, as the copies show them. |
| quick_count.csv | reports of the quick count's observers, forms 1 and 2, in the columns of a submission table. |
| quick_count_form.csv | the survey sheet (XLSForm) of form 2. |
| incidents.csv | incident reports, categories named as in VoteMonitor. |

Everything in this folder comes from a simulation. Hours count from the legal closing of the polls.
A file of the evidence is absent when there was nothing of its kind.
"""

Row = Sequence[object]


def export_files(
    evidence: Evidence,
    truth: Truth,
    claim: Claim,
    register: Register,
    election_date: dt.date,
    opening_minute: NDArray[np.float32] | None = None,
    hours: PollingHours | None = None,
    utc_offset_hours: float | None = None,
) -> dict[str, str]:
    """Return the files by name.

    election_date: day 0 of the clock. opening_minute: (M,) minutes after the legal opening at which
    tables opened; with it, Form 1 is written too. hours: when the polls were open, and on which
    day; without it, 06:00 to 18:00 of day 0. utc_offset_hours: local time minus UTC; without it,
    times say nothing of it.
    """
    ids, keys = _table_ids(register), evidence.candidates
    clock = Clock(election_date, hours or PollingHours(), utc_offset_hours)
    files = {
        "truth.csv": _truth_rows(truth, ids, keys),
        "claim.csv": _claim_rows(claim, ids, keys, clock.hours),
        "frame.csv": _frame_rows(register, evidence, ids),
    }
    if evidence.sheets is not None:
        files["sheets.csv"] = _sheet_rows(evidence.sheets, ids, keys)
    if evidence.quick_count is not None:
        files["quick_count.csv"] = _report_rows(
            evidence.quick_count, register, ids, keys, clock, opening_minute
        )
        files["quick_count_form.csv"] = _form_rows(keys)
    if evidence.incidents is not None:
        files["incidents.csv"] = _incident_rows(evidence.incidents, ids, clock)
    return {"README.md": READ_ME} | {name: as_csv(rows) for name, rows in files.items()}


def as_csv(rows: Iterable[Row]) -> str:
    """Return rows as CSV text: None empty, floats with at most four decimals, texts safe to open in
    a spreadsheet.
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if value is None or (isinstance(value, float) and not np.isfinite(value)):
        return ""
    if isinstance(value, float):
        return f"{value:.4f}".rstrip("0").rstrip(".") or "0"
    if isinstance(value, str):
        return str(csv_cell(value))
    return str(value)


def _table_ids(register: Register) -> tuple[str, ...]:
    """Return the tables' own ids, or their row numbers from 1."""
    return register.table_ids or tuple(f"T{row + 1:06d}" for row in range(register.registered.size))


def _centre_ids(register: Register) -> tuple[str, ...]:
    return register.centre_ids or tuple(
        f"C{row + 1:06d}" for row in range(register.centre_registered.size)
    )


@dataclass(frozen=True, slots=True)
class Clock:
    """The local time of a polling day: the date of day 0, when the polls were open, and how far it
    is from UTC.
    """

    date: dt.date
    hours: PollingHours
    utc_offset_hours: float | None = None

    def moment(self, minute: float) -> str:
        """Return minutes after the legal opening as local time, to the second, with its distance
        from UTC where known.
        """
        offset = self.utc_offset_hours
        zone = None if offset is None else dt.timezone(dt.timedelta(hours=offset))
        start = dt.datetime.combine(self.date, dt.time(), zone) + dt.timedelta(
            days=self.hours.poll_day
        )
        return (
            start + dt.timedelta(seconds=round(60 * (self.hours.opening_minute + minute)))
        ).isoformat()


def _truth_rows(truth: Truth, ids: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Row]:
    yield (
        "table_id",
        "registered",
        "voters_came",
        "voters_left",
        *keys,
        "invalid",
        "closing_minute",
        "mean_wait_minutes",
    )
    columns = (truth.registered, truth.intended, truth.left, *truth.cast.votes, truth.cast.invalid)
    times = (truth.closing_minute.tolist(), truth.mean_wait.tolist())
    yield from zip(ids, *(column.tolist() for column in columns), *times, strict=True)


def _claim_rows(
    claim: Claim, ids: tuple[str, ...], keys: tuple[str, ...], hours: PollingHours
) -> Iterator[Row]:
    yield (
        "kind",
        "number",
        "scope",
        "hours_after_closing",
        "counted_share",
        "turnout_share",
        "table_id",
        *keys,
        "invalid",
    )
    for b in claim.bulletins:
        yield (
            "bulletin",
            b.number,
            b.scope,
            hours.hour_of(b.day),
            b.share_counted,
            b.turnout_share,
            None,
            *b.totals.tolist(),
            b.invalid,
        )
    if claim.rows is not None and claim.row_tables is not None:
        names = [
            ids[t] if t < len(ids) else f"X{t - len(ids) + 1:06d}"
            for t in claim.row_tables.tolist()
        ]
        for name, votes, invalid in zip(
            names, claim.rows.votes.T.tolist(), claim.rows.invalid.tolist(), strict=True
        ):
            yield ("table", None, None, None, None, None, name, *votes, invalid)


def _frame_rows(register: Register, evidence: Evidence, ids: tuple[str, ...]) -> Iterator[Row]:
    names = FrameColumns()
    yield (
        names.table_id,
        names.centre_id,
        names.state,
        names.parish,
        names.registered,
        names.past_share,
        names.scan_zone,
        "stratum",
    )
    centre = register.centre
    state = [register.states[s] for s in register.centre_state[centre].tolist()]
    centre_ids = _centre_ids(register)
    centres = [centre_ids[c] for c in centre.tolist()]
    registered = register.registered if evidence.frame is None else evidence.frame.registered
    past = (1 / (1 + np.exp(-register.centre_past[centre]))).tolist()
    parish, zone = register.centre_parish[centre].tolist(), register.centre_zone[centre].tolist()
    stratum = (
        [None] * len(ids)
        if evidence.frame is None or evidence.frame.stratum is None
        else evidence.frame.stratum.tolist()
    )
    yield from zip(
        ids, centres, state, parish, registered.tolist(), past, zone, stratum, strict=True
    )


def _sheet_rows(sheets: Sheets, ids: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Row]:
    yield ("table_id", *keys, "invalid", "registered", "hours_after_closing")
    invalid = [None if count < 0 else count for count in sheets.invalid.tolist()]
    registered = [None] * len(invalid) if sheets.registered is None else sheets.registered.tolist()
    hours = [None] * len(invalid) if sheets.hours is None else sheets.hours.tolist()
    names = [ids[table] for table in sheets.table.tolist()]
    yield from zip(names, *sheets.votes.tolist(), invalid, registered, hours, strict=True)


def _report_rows(
    count: QuickCount,
    register: Register,
    ids: tuple[str, ...],
    keys: tuple[str, ...],
    clock: Clock,
    opening: NDArray[np.float32] | None,
) -> Iterator[Row]:
    """Yield submissions: Form 1 (opening) and Form 2 (counts) of every table that reported, in
    canonical order.
    """
    tags = (
        "registered_voters_tag",
        "accredited_voters_tag",
        "invalid_votes_tag",
        *(f"{key}_tag" for key in keys),
    )
    head = ("event", "form", "participant", "location", "opening_minute_tag", *tags)
    states = (
        "sender_verified",
        "quarantine_status",
        "verification_status",
        "incident_status",
        "conflicts",
        "unreachable",
    )
    yield (*head, "submission_type", "created", "updated", *states, "extra_data/voting_timestamp")
    for row in np.flatnonzero(count.reported).tolist():
        table = int(count.table[row])
        who = (f"observer-{row + 1:05d}", ids[table])
        if opening is not None:
            minute = float(opening[table])
            blank = (None,) * len(tags)
            yield _submission(clock, (1, *who, minute, *blank), 30 + minute, "")
        yield _form_2(count, row, int(register.registered[table]), who, clock)


def _form_2(
    count: QuickCount, row: int, registered: int, who: tuple[str, str], clock: Clock
) -> Row:
    votes, invalid = count.votes[:, row].tolist(), int(count.invalid[row])
    ballots = sum(votes) + invalid
    quarantine = "R" if ballots > registered + OVER_REGISTER_ALLOWED else ""
    minute = clock.hours.open_minutes + 60 * float(count.hours[row])
    return _submission(
        clock, (2, *who, None, registered, ballots, invalid, *votes), minute, quarantine
    )


def _submission(clock: Clock, data: tuple[object, ...], minute: float, quarantine: str) -> Row:
    moment = clock.moment(minute)
    return (
        "election_day",
        *data,
        "O",
        moment,
        moment,
        True,
        quarantine,
        "",
        "unmarked",
        "",
        False,
        moment,
    )


def _form_rows(keys: tuple[str, ...]) -> Iterator[Row]:
    """Yield the XLSForm survey of Form 2: types and names as form tools read them."""
    yield ("type", "name", "label", "required", "constraint")
    yield ("barcode", "location", "Polling table", "yes", None)
    yield ("integer", "registered_voters_tag", "Registered voters", "yes", ". >= 0")
    yield (
        "integer",
        "accredited_voters_tag",
        "Ballots cast",
        "yes",
        f". <= ${{registered_voters_tag}} + {OVER_REGISTER_ALLOWED}",
    )
    yield ("integer", "invalid_votes_tag", "Invalid votes", "yes", ". >= 0")
    for key in keys:
        yield ("integer", f"{key}_tag", f"Votes for {key}", "yes", ". >= 0")
    yield ("datetime", "voting_timestamp", "Time of the count", "no", None)


def _incident_rows(incidents: Incidents, ids: tuple[str, ...], clock: Clock) -> Iterator[Row]:
    yield ("incidentCategory", "pollingStation", "timestamp", "source")
    minutes = incidents.minute.tolist()
    for category, table, minute, source in zip(
        incidents.category.tolist(),
        incidents.table.tolist(),
        minutes,
        incidents.source.tolist(),
        strict=True,
    ):
        yield (incidents.categories[category], ids[table], clock.moment(minute), SOURCES[source])
