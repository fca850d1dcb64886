"""Write evidence as a folder that `sim assess` reads back whole: the same evidence, so the same
findings.

Each file is also one that `sim assess FILE` takes by itself: sheets.csv with --frame frame.csv and
--announced announced.toml.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

from sim.disk.sealed import checksum, seal
from sim.disk.write import write_folder
from sim.files.evidence_checks import CHECKSUMS
from sim.files.evidence_folder import NAMES
from sim.json_text import toml_list, toml_text
from sim.output.findings import to_csv
from sim.records.evidence import SOURCES, Announced, Evidence, Frame, QuickCount, Sheets

FORMAT = 1


def write_evidence(evidence: Evidence, folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Write the evidence as a folder and return the paths of its files.

    Raises:
        StoreError: the folder is in use (with `replace`: by something else), or the disk refuses.
    """
    files = evidence_files(evidence)
    write_folder(folder, files, known=NAMES.__contains__, replace=replace)
    return tuple(folder / name for name in files)


def evidence_files(evidence: Evidence) -> dict[str, bytes]:
    """Return evidence.toml, one CSV for each part that is there, and the checksums of all of them,
    by name.
    """
    ids = table_ids(evidence)
    files = {"evidence.toml": head(evidence)}
    if evidence.frame is not None:
        files["frame.csv"] = frame_csv(evidence.frame, ids)
    if evidence.sheets is not None:
        files["sheets.csv"] = sheets_csv(evidence.sheets, ids, evidence.candidates)
    if evidence.quick_count is not None:
        files["sample.csv"] = sample_csv(evidence.quick_count, ids, evidence.candidates)
    if evidence.announced is not None and evidence.announced.totals is not None:
        files["announced.toml"] = announced_toml(evidence.announced, evidence.candidates)
        if evidence.announced.rows is not None:
            files["rows.csv"] = sheets_csv(evidence.announced.rows, ids, evidence.candidates)
    if evidence.incidents is not None:
        part = evidence.incidents
        names = [part.categories[k] for k in part.category.tolist()]
        sources = [SOURCES[k] for k in part.source.tolist()]
        rows = zip(
            names, (ids[t] for t in part.table.tolist()), part.minute.tolist(), sources, strict=True
        )
        files["incidents.csv"] = to_csv(("category", "table_id", "minute", "source"), rows)
    if evidence.boxes is not None:
        boxes = zip(
            (ids[t] for t in evidence.boxes.table.tolist()),
            map(int, evidence.boxes.mismatch.tolist()),
            strict=True,
        )
        files["boxes.csv"] = to_csv(("table_id", "mismatch"), boxes)
    contents = {name: text.encode("utf-8") for name, text in files.items()}
    return {
        **contents,
        CHECKSUMS: seal({"files": {name: checksum(content) for name, content in contents.items()}}),
    }


def table_ids(evidence: Evidence) -> Sequence[str]:
    """Return the frame's own codes, or row numbers from 1."""
    if evidence.frame is not None and evidence.frame.table_ids is not None:
        return evidence.frame.table_ids
    parts = (evidence.sheets, evidence.quick_count, evidence.boxes, evidence.incidents)
    largest = max(
        (int(p.table.max()) + 1 for p in parts if p is not None and len(p.table)), default=0
    )
    count = len(evidence.frame.registered) if evidence.frame is not None else largest
    return [f"T{row + 1:06d}" for row in range(count)]


def head(evidence: Evidence) -> str:
    """Return evidence.toml: what no table holds."""
    lines = [f"format = {FORMAT}", f"candidates = {toml_list(evidence.candidates)}"]
    if math.isfinite(evidence.as_of_hours):
        lines.append(f"as_of_hours = {float(evidence.as_of_hours)!r}")
    for role, row in (("incumbent", evidence.incumbent), ("challenger", evidence.challenger)):
        if row is not None:
            lines.append(f"{role} = {toml_text(evidence.candidates[row])}")
    if evidence.quick_count is not None:
        lines.append(f"stratum_tables = {evidence.quick_count.stratum_tables.tolist()}")
        if evidence.quick_count.stratum_weight is not None:
            lines.append(
                f"stratum_weight = {[float(w) for w in evidence.quick_count.stratum_weight]}"
            )
    if evidence.incidents is not None:
        lines.append(f"categories = {toml_list(evidence.incidents.categories)}")
        lines.append(f"observed_tables = {evidence.incidents.observed_tables}")
    return "\n".join(lines) + "\n"


def frame_csv(frame: Frame, ids: Sequence[str]) -> str:
    """Return the list of tables; a cell is empty where nothing is known."""
    blank: list[None] = [None] * len(ids)
    past = (
        blank
        if frame.past_share is None
        else [None if math.isnan(v) else v for v in frame.past_share.tolist()]
    )
    turnout = (
        blank
        if frame.past_turnout is None
        else [None if math.isnan(v) else v for v in frame.past_turnout.tolist()]
    )
    stratum = blank if frame.stratum is None else frame.stratum.tolist()
    columns = (
        ids,
        frame.centre.tolist(),
        frame.region.tolist(),
        frame.registered.tolist(),
        stratum,
        past,
        turnout,
    )
    header = ("table_id", "centre", "region", "registered", "stratum", "past_share", "past_turnout")
    return to_csv(header, zip(*columns, strict=True))


def sheets_csv(sheets: Sheets, ids: Sequence[str], names: Sequence[str]) -> str:
    """Return one row a sheet."""
    blank: list[None] = [None] * len(sheets.table)
    hours = (
        blank
        if sheets.hours is None
        else [None if math.isinf(v) else v for v in sheets.hours.tolist()]
    )
    registered = blank if sheets.registered is None else sheets.registered.tolist()
    invalid = [None if v < 0 else v for v in sheets.invalid.tolist()]
    codes = [ids[t] for t in sheets.table.tolist()]
    rows = zip(codes, registered, *sheets.votes.tolist(), invalid, hours, strict=True)
    return to_csv(("table_id", "registered", *names, "invalid", "hours_after_closing"), rows)


def sample_csv(sample: QuickCount, ids: Sequence[str], names: Sequence[str]) -> str:
    """Return one row a drawn table, whether it reported or not."""
    blank: list[None] = [None] * len(sample.table)
    hours = [None if math.isinf(v) else v for v in sample.hours.tolist()]
    registered = blank if sample.registered is None else sample.registered.tolist()
    columns = (
        sample.stratum.tolist(),
        map(int, sample.reported.tolist()),
        registered,
        *sample.votes.tolist(),
    )
    codes = [ids[t] for t in sample.table.tolist()]
    rows = zip(codes, *columns, sample.invalid.tolist(), hours, strict=True)
    return to_csv(
        ("table_id", "stratum", "reported", "registered", *names, "invalid", "hours_after_closing"),
        rows,
    )


def announced_toml(announced: Announced, names: Sequence[str]) -> str:
    """Return the announced totals as `sim assess --announced` takes them."""
    known = {
        key: getattr(announced, key) for key in ("share_counted", "tables", "registered", "invalid")
    }
    lines = [f"{key} = {value!r}" for key, value in known.items() if value is not None]
    if announced.rows is not None:
        lines.append('rows = "rows.csv"')
    totals = [] if announced.totals is None else announced.totals.tolist()
    lines += [
        "",
        "[totals]",
        *(f"{toml_text(n)} = {v}" for n, v in zip(names, totals, strict=True)),
    ]
    return "\n".join(lines) + "\n"
