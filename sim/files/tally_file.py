"""Read a user's file of tally sheets: any of four encodings, three delimiters, plain, gz or zip;
every cell as text first.

Columns that the map does not name are dropped at once and reach no output.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import tomllib
import zipfile
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.column_guess import fold, guess_columns
from sim.files.tally_rows import Cells, checked_rows
from sim.records.tally import ColumnMap, Tally

MAX_BYTES = 256 * 2**20
CHUNK = 2**20
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
EMPTY = ["", "NA", "N/A", "n/a", "NaN", "nan", "-", "–", "—", "null", "NULL", "s/d"]
LOOK = 3000
NAMED = 5
LARGEST = 1e12
"""Larger numbers are no counts of anybody."""
FALSE_WORDS = ("", "0", "0.0", "false", "f", "no", "n", "нет", "non")
TRUE_WORDS = ("1", "1.0", "true", "t", "yes", "y", "si", "sí", "да", "x", "oui")
ONE_COLUMN_ROLES = (
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


def limited(stream: IO[bytes], limit: int, path: Path) -> bytes:
    """Return all bytes of the stream, or stop once there are more than `limit`."""
    parts, size = [], 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            hint = "split the file, or unpack and check it"
            raise InputError(
                Problem(
                    f"more than {limit:,} bytes once unpacked: reading stopped",
                    file=str(path),
                    hint=hint,
                )
            )
        parts.append(chunk)
    return b"".join(parts)


def raw_bytes(path: Path, limit: int = MAX_BYTES) -> bytes:
    """Return the file's bytes, unpacked.

    A spreadsheet under another name is refused by what it holds, not by its name.
    """
    try:
        with path.open("rb") as stream:
            magic = stream.read(4)
            stream.seek(0)
            if magic == OLE_MAGIC:
                raise spreadsheet(path)
            if magic[:2] == b"\x1f\x8b":
                with gzip.open(stream) as unpacked:
                    return limited(unpacked, limit, path)  # type: ignore[arg-type]
            if magic == b"PK\x03\x04":
                return from_zip(stream, limit, path)
            return limited(stream, limit, path)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise InputError(Problem(f"cannot be read: {error}", file=str(path))) from error


def spreadsheet(path: Path) -> InputError:
    """Return the error for a spreadsheet."""
    return InputError(
        Problem(
            "this is a spreadsheet, not a CSV file",
            file=str(path),
            hint="save it as CSV (UTF-8) and try again",
        )
    )


def from_zip(stream: IO[bytes], limit: int, path: Path) -> bytes:
    """Return the one table in a zip archive."""
    with zipfile.ZipFile(stream) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise spreadsheet(path)
        tables = [n for n in names if n.lower().endswith((".csv", ".tsv", ".txt"))]
        if len(tables) != 1:
            raise InputError(
                Problem(f"the archive holds {len(tables)} tables; one is needed", file=str(path))
            )
        with archive.open(tables[0]) as unpacked:
            return limited(unpacked, limit, path)


def decode(raw: bytes) -> tuple[str, str]:
    """Return (text, encoding).

    Cyrillic in one byte shows as runs of high bytes; accents of Latin letters stand alone.
    """
    if raw.startswith(b"\xef\xbb\xbf"):
        return raw.decode("utf-8-sig"), "utf-8-sig"
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return raw.decode("utf-16", errors="replace"), "utf-16"
    try:
        return raw.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        high = np.frombuffer(raw, dtype=np.uint8) >= 0xC0
        together = (high[1:] & high[:-1]).sum() / max(int(high.sum()), 1)
        encoding = "cp1251" if together > 0.5 else "latin-1"
        return raw.decode(encoding, errors="replace"), encoding


def one_line_end(text: str) -> str:
    """Return text with every line end as "\\n"."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def find_delimiter(text: str) -> str:
    """Return the delimiter under which the first lines have most often the same number (two or
    more) of cells.
    """
    lines = text.split("\n", 30)[:30]
    scores = {}
    for delimiter in (",", ";", "\t", "|"):
        try:
            widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
        except csv.Error:  # a cell beyond any length that a table has
            widths = Counter()
        width, times = max(widths.items(), key=lambda item: item[1]) if widths else (0, 0)
        scores[delimiter] = (times if width > 1 else 0, width)
    return max(scores, key=lambda d: scores[d])


def text_table(text: str, delimiter: str, path: Path) -> pl.DataFrame:
    """Return the table with every cell as text; empty cells are null, never zero."""
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode("utf-8")),
            separator=delimiter,
            infer_schema=False,
            null_values=EMPTY,
        )
    except (
        pl.exceptions.PolarsError,
        ValueError,
    ):  # its message may quote cells of columns that nobody mapped
        raise InputError(
            Problem(f"not a table with one header line: {torn(text, delimiter)}", file=str(path))
        ) from None
    if frame.width > 1 and not frame.height:
        raise InputError(Problem("there are no rows below the header", file=str(path)))
    if frame.width < 2:
        raise InputError(
            Problem("no table with a header and at least two columns was found", file=str(path))
        )
    return frame.rename(
        {
            name: name.strip().replace('""', '"') or f"column {i + 1}"
            for i, name in enumerate(frame.columns)
        }
    )


def torn(text: str, delimiter: str) -> str:
    """Return in words what is wrong with the lines of a table that cannot be read, without a cell
    of theirs.
    """
    lines = text.split("\n")
    widths = [
        len(row)
        for row in csv.reader((line.replace('"', "") for line in lines), delimiter=delimiter)
    ]
    if not text.strip():
        return "it is empty"
    longer = [number for number, width in enumerate(widths, 1) if width > widths[0]]
    if longer:
        more = f" and {len(longer) - NAMED} more" if len(longer) > NAMED else ""
        return f"more cells than the header in line {', '.join(map(str, longer[:NAMED]))}{more}"
    quoted = next((number for number, line in enumerate(lines, 1) if line.count('"') % 2), None)
    return (
        "its cells cannot be told apart"
        if quoted is None
        else f"a quotation mark is left open, perhaps in line {quoted}"
    )


def numbers(column: pl.Series) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return (values, bad): NaN where empty, bad where there is text that is no number.

    A mark before groups of three digits separates thousands, unless the same mark stands before
    another number of digits in this column: then it is the decimal mark ("1.234" alone is 1234;
    beside "12.5" it is 1.234).
    """
    bare = column.str.replace_all(r"[\s\u00a0\u202f'’]", "")
    bare = bare.set(bare == "", None)
    for mark in (".", ","):
        m = re.escape(mark)
        marked = bare.filter(bare.str.contains(m).fill_null(False))
        if len(marked) and marked.str.contains(rf"^-?\d{{1,3}}(?:{m}\d{{3}})+(?:[.,]\d+)?$").all():
            other = re.escape("," if mark == "." else ".")
            if (
                not marked.str.contains(rf"^-?0{m}").any()
                and not marked.str.contains(rf"{other}.*{m}").any()
            ):
                bare = bare.str.replace_all(m, "")
    values = bare.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    values = values.set((values.abs() > LARGEST).fill_null(False), None)
    bad = (bare.is_not_null() & (values.is_null() | ~values.is_finite())).fill_null(True)
    return values.fill_null(float("nan")).to_numpy().astype(np.float64), bad.to_numpy()


def guess(table: pl.DataFrame) -> ColumnMap:
    """Return the guessed columns, from names and from the first rows (spread over the file)."""
    some = table.gather_every(max(table.height // LOOK, 1))
    whole, filled = {}, {}
    for name in some.columns:
        values, bad = numbers(some[name])
        known = values[np.isfinite(values)]
        filled[name] = float((known > 0).sum() / max(len(values), 1))
        # one cell in a hundred (in a short file, one) may be spoilt
        spoilt = max(1.0, 0.01 * len(values))
        if len(known) and bad.sum() <= spoilt and (known != np.round(known)).sum() <= spoilt:
            whole[name] = np.where(bad, np.nan, values)

    def unique(columns: Sequence[str]) -> float:
        return table.select(list(columns)).n_unique() / table.height

    return guess_columns(some.columns, whole, filled, unique)


def read_mapping(path: Path) -> ColumnMap:
    """Return the map that a user wrote. Unknown keys are errors.

    Raises:
        InputError: not TOML, an unknown key, or no table column or candidate.
    """
    data = read_toml(path)
    known = {"table", "ballots", *ONE_COLUMN_ROLES}
    columns, candidates = data.get("columns", {}), data.get("candidates", {})
    check_kinds(columns, candidates, path)
    problems = [
        Problem(
            f"unknown key {key!r}",
            file=str(path),
            path="columns",
            hint=f"known: {', '.join(sorted(known))}",
        )
        for key in columns
        if key not in known
    ]
    problems += [
        Problem(f"unknown table [{key}]", file=str(path))
        for key in data
        if key not in ("columns", "candidates")
    ]
    if not columns.get("table") or len(candidates) < 2:
        problems.append(
            Problem("columns.table and two or more [candidates] are needed", file=str(path))
        )
    if problems:
        raise InputError(problems)
    one = {role: columns.get(role) or None for role in ONE_COLUMN_ROLES}
    return ColumnMap(
        several(columns["table"]),
        tuple(candidates.items()),
        ballots=several(columns.get("ballots", [])),
        guessed=False,
        **one,
    )


def check_kinds(columns: Any, candidates: Any, path: Path) -> None:
    """Raise unless both are TOML tables whose values are names of columns."""
    problems = []
    for name, table in (("columns", columns), ("candidates", candidates)):
        if not isinstance(table, dict):
            problems.append(Problem(f"write a table [{name}]", file=str(path), path=name))
            continue
        for key, value in table.items():
            names = (
                value
                if isinstance(value, list) and name == "columns" and key in ("table", "ballots")
                else [value]
            )
            if not all(isinstance(one, str) for one in names):
                problems.append(
                    Problem(
                        "must be the name of a column, in quotes",
                        file=str(path),
                        path=f"{name}.{key}",
                    )
                )
    if problems:
        raise InputError(problems)


def several(value: str | list[str]) -> tuple[str, ...]:
    """Return one name or a list of names as a tuple."""
    return (value,) if isinstance(value, str) else tuple(value)


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's tables."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"cannot be read as TOML: {error}", file=str(path))) from error


def mapped(columns: ColumnMap) -> list[tuple[str, str]]:
    """Return (role, column) of every column in use."""
    out = [("table", name) for name in columns.table] + [
        ("ballots", name) for name in columns.ballots
    ]
    out += [
        (role, name) for role in ONE_COLUMN_ROLES if (name := getattr(columns, role)) is not None
    ]
    return out + [(f"candidate {shown}", name) for shown, name in columns.candidates]


def check_columns(columns: ColumnMap, header: Sequence[str], path: Path, votes: bool) -> None:
    """Raise with every column that is named but not there, and what is missing to count at all."""
    problems = [
        Problem(
            f"no column {name!r} for {role}",
            file=str(path),
            hint=f"columns: {', '.join(map(repr, header))[:600]}",
        )
        for role, name in mapped(columns)
        if name not in header
    ]
    if votes and not columns.candidates:
        hint = "name the columns in a mapping file; --template writes an example"
        problems.append(
            Problem("no columns of candidates' votes were recognised", file=str(path), hint=hint)
        )
    if problems:
        raise InputError(problems)


def look(path: Path, limit: int = MAX_BYTES) -> tuple[ColumnMap, list[str]]:
    """Return (guessed columns, header) without checking rows: what a mapping file starts from."""
    text = one_line_end(decode(raw_bytes(path, limit))[0])
    table = text_table(text, find_delimiter(text), path)
    return guess(table), table.columns


def read_tally(
    path: Path,
    columns: ColumnMap | None = None,
    limit: int = MAX_BYTES,
    votes: bool = True,
    **chosen: str | None,
) -> Tally:
    """Read a file of tally sheets, or a list of tables.

    Args:
        path: CSV, or gz or zip of one. columns: the map; guessed where None. chosen: roles that the
        user named apart (stratum, sample, hours, centre, ...). limit: most bytes once unpacked.
        votes: whether columns of votes are needed (a frame has none).

    Raises:
        InputError: unreadable, a spreadsheet, too large, or a needed column is missing.
    """
    text, encoding = decode(raw_bytes(path, limit))
    text = one_line_end(text)
    delimiter = find_delimiter(text)
    table = text_table(text, delimiter, path)
    found = columns or guess(table)
    extra = {role: name for role, name in chosen.items() if name is not None}
    found = replace(found, **extra)  # type: ignore[arg-type]
    check_columns(found, table.columns, path, votes)
    return checked_rows(cells(table, found, path), str(path.name), encoding, delimiter, found)


def flags(marked: Sequence[str], column: str, path: Path) -> NDArray[np.bool_]:
    """Return (n,) which rows a yes/no column marks.

    Raises:
        InputError: a cell is neither, or no row is marked.
    """
    words = [fold(m) for m in marked]
    hint = f"yes: {', '.join(TRUE_WORDS)}; no: empty, {', '.join(FALSE_WORDS[1:])}"
    odd = next(
        (row for row, word in enumerate(words) if word not in TRUE_WORDS + FALSE_WORDS), None
    )
    if odd is not None:
        raise InputError(
            Problem(
                f"column {column!r} flags no sample: line {odd + 2} is neither yes nor no",
                file=str(path),
                hint=hint,
            )
        )
    drawn = np.array([word in TRUE_WORDS for word in words], dtype=np.bool_)
    if not drawn.any():
        raise InputError(
            Problem(
                f"column {column!r} flags no sample: no row is marked", file=str(path), hint=hint
            )
        )
    return drawn


def cells(table: pl.DataFrame, columns: ColumnMap, path: Path) -> Cells:
    """Return the cells of mapped columns, numbers parsed; nothing else of the file goes on."""

    def of(names: Sequence[str]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        parsed = [numbers(table[name]) for name in names]
        return np.stack([p[0] for p in parsed]), np.stack([p[1] for p in parsed])

    def maybe(name: str | None) -> NDArray[np.float64] | None:
        return None if name is None else numbers(table[name])[0]

    def text(name: str | None) -> tuple[str, ...] | None:
        return (
            None if name is None else tuple(table[name].fill_null("").str.strip_chars().to_list())
        )

    nothing = np.zeros((0, table.height)), np.zeros((1, table.height), dtype=np.bool_)
    votes, bad = of([column for _, column in columns.candidates]) if columns.candidates else nothing
    ballots = of(columns.ballots)[0].sum(axis=0) if columns.ballots else None
    parts = [table[name].fill_null("").str.strip_chars() for name in columns.table]
    line = pl.Series([str(n) for n in range(2, table.height + 2)])
    codes = pl.concat_str(parts, separator="-") if len(parts) > 1 else parts[0] if parts else line
    joined = pl.select(codes).to_series() if isinstance(codes, pl.Expr) else codes
    marked = text(columns.sample)
    return Cells(
        codes=tuple(joined.to_list()),
        votes=votes,
        bad=np.asarray(bad.any(axis=0), dtype=np.bool_),
        registered=maybe(columns.registered),
        ballots=ballots,
        valid=maybe(columns.valid),
        invalid=maybe(columns.invalid),
        region=text(columns.region),
        stratum=text(columns.stratum),
        sample=None if marked is None else flags(marked, str(columns.sample), path),
        hours=maybe(columns.hours),
        centre=text(columns.centre),
        past_share=maybe(columns.past_share),
    )
