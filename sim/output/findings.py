"""Findings as a table on screen, as JSON and as CSV. What stood in a user's file is shown as it
stood, and does nothing.

Rich markup is never parsed, control characters are spelled out, and a CSV cell that opens like a
formula gets an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from sim.disk.write import write_folder
from sim.json_text import json_text, toml_text
from sim.output.reading import document
from sim.output.sample_screen import Part
from sim.output.tables.grid import Column, Grid, prose, table_text
from sim.records.seen.finding import Finding
from sim.records.vote.tally import Reading, SetAside, Tally
from sim.text import csv_cell, literal

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


def estimate_words(finding: Finding) -> str:
    """Return the estimate with its unit, and its interval in brackets."""
    unit = "" if finding.unit in ("share", "probability", "1") else finding.unit
    words = [shown(finding.estimate, finding.unit), unit] if finding.estimate is not None else []
    if finding.low is not None or finding.high is not None:
        low, high = shown(finding.low, finding.unit), shown(finding.high, finding.unit)
        words.append(f"({low} to {high})" if low and high else f"({low or high})")
    return " ".join(filter(None, words))


def plain_table(
    title: str, columns: Sequence[Column | str], rows: Iterable[Sequence[object]]
) -> str:
    """Return a table of literal text, readable at any width. A name that stands in a user's file is
    given as text, or made literal before it becomes a Column.
    """
    heads = [Column(literal(c)) if isinstance(c, str) else c for c in columns]
    cells = [[literal(cell) for cell in row] for row in rows]
    return table_text(Grid(heads, cells, title=f"\n{title}" if title else ""))


def without_evidence(finding: Finding) -> bool:
    """Return whether the method had nothing to go by."""
    return (
        finding.estimate is None
        and finding.p_value is None
        and finding.rests_on.startswith("nothing")
    )


def findings_text(findings: Sequence[Finding]) -> str:
    """Return the findings that have evidence: method, verdict and estimate on one line, the reading
    below; "" where none has.
    """
    heard = [f for f in findings if not without_evidence(f)]
    if not heard:
        return ""
    lines = ["", "Findings (verdict: of the announced result)"]
    for f in heard:
        facts = (f.estimator, f.verdict, estimate_words(f))
        lines.append(prose(literal("  ".join(filter(None, facts)))))
        lines.append(prose(literal(f"  {f.statement} Holds {f.rests_on}. {f.changes_if}")))
    return "\n".join(lines)


def silent_text(findings: Sequence[Finding]) -> str:
    """Return the methods that had nothing to go by, and what they need; "" where there are none.

    Their verdict is undecided.
    """
    silent = [f for f in findings if without_evidence(f)]
    lines = ["", "Undecided for want of evidence"] if silent else []
    for f in silent:
        why = f"{f.statement.split('. ')[0]}. {f.changes_if}"
        lines += [literal(f.estimator), prose(literal(f"  {why}"))]
    return "\n".join(lines)


def silent_line(findings: Sequence[Finding]) -> str:
    """Return the methods that had nothing to go by, in one line; "" where every method had."""
    names = [f.estimator for f in findings if without_evidence(f)]
    if not names:
        return ""
    return (
        f"{len(names)} methods have no evidence here and say nothing (--all: what they need): "
        f"{', '.join(names)}"
    )


def mapping_toml(reading: Reading) -> str:
    """Return the mapping file of a wide reading, ready to be edited and to be used again."""

    def several(names: Sequence[str]) -> str:
        shown = [toml_text(name) for name in names]
        return shown[0] if len(shown) == 1 else f"[{', '.join(shown)}]"

    lines = ["format = 2", "# Which column is what. Other columns are not read.", "[columns]"]
    for c in reading.columns:
        if c.role == "table" and not c.columns:
            lines.append('table = "row"')
        elif c.role not in ("candidate", "invalid"):
            lines.append(f"{c.role} = {several(c.columns)}")

    def named(role: str) -> list[str]:
        chosen = [c for c in reading.columns if c.role == role]
        return [f"{toml_text(c.name)} = {several(c.columns)}" for c in chosen]

    kinds = named("invalid")
    lines += [f"invalid = {{ {', '.join(kinds)} }}"] if kinds else []
    lines += ["", "[candidates]", "# name to show = column", *named("candidate")]
    return "\n".join(lines) + "\n"


def write_assessment(
    folder: Path,
    tally: Tally,
    findings: Sequence[Finding],
    aside: Sequence[SetAside],
    *,
    part: Part | None = None,
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
        "findings.json": json_text(document(tally, findings, aside, part)) + "\n",
        "findings.csv": to_csv(header, ([getattr(f, name) for name in header] for f in findings)),
        "set_aside.csv": to_csv(
            ("line", "table", "reason"), ((s.line, s.table, s.reason) for s in aside)
        ),
    }
    if tally.reading is not None and tally.reading.shape == "wide":
        files["columns.toml"] = mapping_toml(tally.reading)
    write_folder(folder, files, known=is_assessment, replace=replace)
    return [folder / name for name in files]


def is_assessment(name: str) -> bool:
    """Return whether a name is one that a folder of findings has."""
    return name in ASSESSMENT
