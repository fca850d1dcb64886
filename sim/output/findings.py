"""Findings as a table on screen, as JSON and as CSV. What stood in a user's file is shown as it
stood, and does nothing.

Rich markup is never parsed, control characters are spelled out, and a CSV cell that opens like a
formula gets an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.write import write_folder
from sim.json_text import json_text, toml_list, toml_text
from sim.records.finding import Finding
from sim.records.tally import ColumnMap, SetAside, Tally
from sim.text import csv_cell, literal

if TYPE_CHECKING:
    from rich.table import Table

FORMAT = 1
ROLES = (
    "region",
    "registered",
    "valid",
    "invalid",
    "stratum",
    "sample",
    "hours",
    "centre",
    "past_share",
)
SHOWN_ASIDE = 10
ASSESSMENT = ("findings.json", "findings.csv", "set_aside.csv", "columns.toml")


def to_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return CSV text with every text cell neutralised."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_cell(name) for name in header])
    writer.writerows([csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def shown(value: float | None, unit: str) -> str:
    """Return a number for the table: shares in percent points."""
    if value is None:
        return ""
    if unit == "share":
        return f"{100 * value:.2f} %"
    if unit == "probability":
        return f"1 in {1 / value:,.0f}" if 0 < value < 0.001 else f"{value:.3g}"
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"


def estimate_cell(finding: Finding) -> str:
    """Return the estimate with its unit and its interval, a line each."""
    unit = "" if finding.unit in ("share", "probability", "1") else finding.unit
    lines = [shown(finding.estimate, finding.unit), unit] if finding.estimate is not None else []
    if finding.low is not None or finding.high is not None:
        low, high = shown(finding.low, finding.unit), shown(finding.high, finding.unit)
        lines.append(f"{low} to {high}")
    return "\n".join(filter(None, lines))


def plain_table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Table:
    """Return a rich table of literal text."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", show_lines=False)
    for name in header:
        table.add_column(Text(literal(name)), overflow="fold")
    for row in rows:
        table.add_row(*(Text(literal(cell)) for cell in row))
    return table


def without_evidence(finding: Finding) -> bool:
    """Return whether the method had nothing to go by."""
    return (
        finding.estimate is None
        and finding.p_value is None
        and finding.rests_on.startswith("nothing")
    )


def findings_table(findings: Sequence[Finding]) -> Table:
    """Return one row a finding that has evidence: method, estimate, verdict, plain-language
    reading.
    """
    from rich.table import Table
    from rich.text import Text

    table = Table(
        title="Findings (verdict: of the announced result)", title_justify="left", show_lines=True
    )
    for name in ("method", "estimate", "verdict", "reading"):
        table.add_column(name, overflow="fold", ratio=5 if name == "reading" else None)
    for f in findings:
        if not without_evidence(f):
            reading = f"{f.statement} Holds {f.rests_on}. {f.changes_if}"
            cells = (literal(f.estimator), estimate_cell(f), f.verdict, literal(reading))
            table.add_row(*map(Text, cells))
    return table


def silent_table(findings: Sequence[Finding]) -> Table:
    """Return the methods that had nothing to go by, and what they need.

    Their verdict is undecided.
    """
    rows = [
        (f.estimator, f"{f.statement.split('. ')[0]}. {f.changes_if}")
        for f in findings
        if without_evidence(f)
    ]
    return plain_table("Undecided for want of evidence", ("method", "why"), rows)


def columns_table(columns: ColumnMap) -> Table:
    """Return which column was taken for what."""
    rows: list[tuple[str, str]] = [
        ("polling table", " + ".join(columns.table) or "(none: each row is its own table)")
    ]
    rows += [(role, getattr(columns, role)) for role in ROLES if getattr(columns, role) is not None]
    if columns.ballots:
        rows.append(("ballots", " + ".join(columns.ballots)))
    rows += [("candidate", name) for name, _ in columns.candidates]
    how = "guessed: check them" if columns.guessed else "as named in the mapping"
    if columns.checked is not None:
        how += (
            f"; candidates add up to {columns.checked_against} in {100 * columns.checked:.1f} "
            "% of rows looked at"
        )
    return plain_table("Columns", ("role", f"column ({literal(how)})"), rows)


def set_aside_table(aside: Sequence[SetAside]) -> Table:
    """Return reasons with their counts and the first tables of each."""
    counts = Counter(s.reason for s in aside)
    rows = []
    for reason, n in counts.items():
        first = [
            f"{s.table} (line {s.line})" if s.line else s.table for s in aside if s.reason == reason
        ][:SHOWN_ASIDE]
        rows.append((f"{n:,}", reason, ", ".join(first) + (" ..." if n > SHOWN_ASIDE else "")))
    return plain_table("Rows set aside", ("rows", "reason", "polling tables"), rows)


def mapping_toml(columns: ColumnMap, header: Sequence[str] = ()) -> str:
    """Return a mapping file for these columns, ready to be edited."""
    lines = [
        "# Which column is what. Remove a line that does not apply; other columns are not read."
    ]
    if header:
        lines += ["# columns of the file: " + literal(", ".join(header))]
    lines += ["[columns]", f"table = {toml_list(columns.table)}"]
    lines += [f"ballots = {toml_list(columns.ballots)}"] if columns.ballots else []
    for role in ROLES:
        name = getattr(columns, role)
        lines.append(f"{role} = {toml_text(name)}" if name is not None else f'# {role} = "..."')
    lines += [
        "",
        "[candidates]",
        "# name to show = column",
        *(f"{toml_text(a)} = {toml_text(b)}" for a, b in columns.candidates),
    ]
    return "\n".join(lines) + "\n"


def as_json(tally: Tally, findings: Sequence[Finding], aside: Sequence[SetAside]) -> dict[str, Any]:
    """Return what findings.json holds: only mapped columns, aggregates and codes of tables."""
    return {
        "format": FORMAT,
        "file": tally.file,
        "encoding": tally.encoding,
        "delimiter": tally.delimiter,
        "rows": tally.rows,
        "rows_counted": len(tally.codes),
        "columns": asdict(tally.columns),
        "set_aside": dict(Counter(s.reason for s in aside)),
        "notes": list(tally.notes),
        "findings": [f.plain() for f in findings],
    }


def write_assessment(
    folder: Path,
    tally: Tally,
    findings: Sequence[Finding],
    aside: Sequence[SetAside],
    *,
    replace: bool = False,
) -> list[Path]:
    """Write a folder with findings.json, findings.csv, set_aside.csv and columns.toml; return their
    paths.

    Raises:
        StoreError: the folder is in use (with `replace`: by something else), or the disk refuses.
    """
    header = (
        "estimator",
        "quantity",
        "unit",
        "estimate",
        "low",
        "high",
        "level",
        "verdict",
        "p_value",
        "statement",
        "rests_on",
        "changes_if",
    )
    files = {
        "findings.json": json_text(as_json(tally, findings, aside)) + "\n",
        "findings.csv": to_csv(header, ([getattr(f, name) for name in header] for f in findings)),
        "set_aside.csv": to_csv(
            ("line", "table", "reason"), ((s.line, s.table, s.reason) for s in aside)
        ),
        "columns.toml": mapping_toml(tally.columns),
    }
    write_folder(folder, files, known=is_assessment, replace=replace)
    return [folder / name for name in files]


def is_assessment(name: str) -> bool:
    """Return whether a name is one that a folder of findings has."""
    return name in ASSESSMENT
