"""Third stage: rows. Delimiter, comment lines, quotes: every line of a file as text cells with its
line number.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.files.refusal import RefusalError

DELIMITERS = (",", ";", "\t", "|")
MAX_COLUMNS, MAX_CELL = 5_000, 10_000
LOOK = 60


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Cells as text, "" where empty. frame: columns "0", "1" ...; lines: (n,) line of the file
    where each row starts.

    widths: (n,) cells in each row as written, without empty ones at its end beyond the narrowest.
    comments: lines left out.
    """

    frame: pl.DataFrame
    lines: NDArray[np.int64]
    widths: NDArray[np.int64]
    delimiter: str
    comments: int = 0

    def row(self, i: int) -> list[str]:
        """Return the cells of one row."""
        return list(self.frame.row(i))


def find_delimiter(text: str, quote: str = '"') -> tuple[str, int, int]:
    """Return (delimiter, rows of the commonest width, that width): the one under which most lines
    have as many cells.
    """
    lines = [line for line in text.split("\n")[:LOOK] if line.strip() and not line.startswith("#")]
    scores = {}
    for order, delimiter in enumerate(DELIMITERS):
        try:
            widths = Counter(
                len(row) for row in csv.reader(lines, delimiter=delimiter, quotechar=quote) if row
            )
        except csv.Error:  # a cell beyond any length that a table has
            widths = Counter()
        wide = {w: t for w, t in widths.items() if w > 1}
        width, times = max(wide.items(), key=lambda item: (item[1], item[0])) if wide else (0, 0)
        scores[delimiter] = (times, width, -order)
    best = max(scores, key=lambda d: scores[d])
    return best, scores[best][0], scores[best][1]


def read_grid(
    utf8: bytes,
    name: str,
    delimiter: str | None = None,
    quote: str = '"',
    comment: str | None = None,
) -> Grid:
    """Return the rows of a delimited text.

    Raises:
        RefusalError: no delimiter, an open quotation mark, more columns or longer cells than a
        table has.
    """
    if delimiter is None:
        delimiter = chosen_delimiter(utf8, name, quote)
    ends, widths, balanced = records(utf8, delimiter, quote)
    if not balanced:
        return slow_grid(utf8, name, delimiter, quote, comment)
    starts = np.concatenate([[0], ends[:-1] + 1]).astype(np.int64)
    newlines = np.flatnonzero(np.frombuffer(utf8, dtype=np.uint8) == 10)
    lines = np.searchsorted(newlines, starts) + 1
    dropped, notes = left_out(utf8, starts, ends, comment)
    keep = ~dropped
    check_sizes(widths[keep], starts[keep], ends[keep], utf8, name, delimiter)
    width = int(widths[keep].max()) if keep.any() else 0
    body = joined(utf8, starts, ends, keep, width, widths, delimiter)
    frame = parsed(body, width, delimiter, quote, name)
    if frame.height != int(keep.sum()):
        return slow_grid(utf8, name, delimiter, quote, comment)
    return Grid(frame, lines[keep], widths[keep], delimiter, notes)


def chosen_delimiter(utf8: bytes, name: str, quote: str) -> str:
    """Return the delimiter.

    Raises:
        RefusalError: the file is empty, or no delimiter gives most lines the same number of cells.
    """
    text = utf8[:400_000].decode("utf-8", errors="replace")
    if not text.strip():
        raise RefusalError(
            "header", "the file is empty", "give a table: a header line and rows below it", name
        )
    delimiter, rows, width = find_delimiter(text, quote)
    if width >= 2 and (rows >= 2 or text.strip().count("\n") < 2):
        return delimiter
    lengths = Counter(len(line) for line in text.split("\n")[:LOOK] if line.strip())
    if (
        max(lengths.values()) >= 0.8 * sum(lengths.values())
        and sum(lengths.values()) >= 3
        and max(lengths) > 12
    ):
        said = (
            f"fixed width: all lines have {max(lengths)} characters, there is no delimiter and "
            "no header"
        )
        fix = (
            "save this mapping, give each column its first and last character, and run again "
            "with --mapping"
        )
        raise RefusalError("fixed_width", said, fix, name, 1)
    fix = 'give it in a mapping file ([file] delimiter = ";"), or save the table as CSV'
    raise RefusalError(
        "delimiter",
        "no table with a header and at least two columns was found: no delimiter divides the lines",
        fix,
        name,
    )


def records(
    utf8: bytes, delimiter: str, quote: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], bool]:
    """Return (end of each record, cells of each, whether every quote opens at the start of a cell
    and closes).
    """
    data = np.frombuffer(utf8, dtype=np.uint8)
    if len(data) and data[-1] != 10:
        data = np.append(data, np.uint8(10))
    marks = data == ord(quote)
    inside = np.zeros(len(data), dtype=np.bool_)
    balanced = True
    if marks.any():
        inside = (np.cumsum(marks, dtype=np.uint8) & 1).astype(np.bool_)
        opens = np.flatnonzero(marks & inside)
        before = data[np.maximum(opens - 1, 0)]
        good = (opens == 0) | np.isin(before, [10, ord(delimiter), ord(quote)])
        balanced = bool(good.all()) and not bool(inside[-1])
    ends = np.flatnonzero((data == 10) & ~inside).astype(np.int64)
    cuts = np.flatnonzero((data == ord(delimiter)) & ~inside)
    widths = np.diff(np.searchsorted(cuts, ends), prepend=0) + 1
    return ends, widths.astype(np.int64), balanced


def left_out(
    utf8: bytes, starts: NDArray[np.int64], ends: NDArray[np.int64], comment: str | None
) -> tuple[NDArray[np.bool_], int]:
    """Return (records that are blank or comments, number of comments).

    "#" opens a comment unless that is a column's name.
    """
    data = np.frombuffer(utf8, dtype=np.uint8)
    blank = ends == starts
    short = np.flatnonzero((ends - starts < 40) & ~blank)
    for i in short[:200_000]:
        if not utf8[starts[i] : ends[i]].strip(b" \t"):
            blank[i] = True
    mark = (comment or "#").encode()
    first = np.zeros(len(starts), dtype=np.bool_)
    filled = np.flatnonzero(~blank)
    first[filled] = data[starts[filled]] == mark[0]
    if comment is None:  # a header or codes that begin with the mark are no comments
        cells = np.array(
            [utf8[starts[i] : ends[i]].count(b",") for i in np.flatnonzero(first)[:50]]
        )
        plain = np.array(
            [
                utf8[starts[i] : ends[i]][1:2] in (b" ", b"#", b"")
                or utf8[starts[i] + 1 : starts[i] + 2].isalpha()
                for i in np.flatnonzero(first)[:50]
            ]
        )
        normal = (
            np.median([utf8[starts[i] : ends[i]].count(b",") for i in filled[:50]])
            if len(filled)
            else 0
        )
        if (
            first.sum() > 0.2 * len(filled) + 1
            or not plain.all()
            or (cells >= max(normal, 1)).any()
        ):
            first[:] = False
    return blank | first, int(first.sum())


def check_sizes(
    widths: NDArray[np.int64],
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    utf8: bytes,
    name: str,
    delimiter: str,
) -> None:
    """Raise where a row has more columns, or a cell more characters, than a table has."""
    if len(widths) and widths.max() > MAX_COLUMNS:
        line = int(np.argmax(widths)) + 1
        raise RefusalError(
            "delimiter",
            f"{int(widths.max()):,} columns; {MAX_COLUMNS:,} are the most",
            "split the table",
            name,
            line,
        )
    for i in np.flatnonzero(ends - starts > MAX_CELL)[:1000]:
        cells = utf8[starts[i] : ends[i]].split(delimiter.encode())
        if max(map(len, cells)) > MAX_CELL:
            said = f"a cell has more than {MAX_CELL:,} characters"
            raise RefusalError(
                "open_quote",
                said,
                "look for a quotation mark that is never closed, or cut the cell",
                name,
                int(i) + 1,
            )


def joined(
    utf8: bytes,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    keep: NDArray[np.bool_],
    width: int,
    widths: NDArray[np.int64],
    delimiter: str,
) -> bytes:
    """Return the records that are kept, all with the same number of cells."""
    if keep.all() and (widths == width).all():
        return utf8
    pad = delimiter.encode()
    return b"\n".join(
        utf8[starts[i] : ends[i]] + pad * (width - int(widths[i])) for i in np.flatnonzero(keep)
    )


def parsed(body: bytes, width: int, delimiter: str, quote: str, name: str) -> pl.DataFrame:
    """Return cells of uniform rows as text."""
    if not width:
        return pl.DataFrame()
    try:
        frame = pl.read_csv(
            io.BytesIO(body),
            has_header=False,
            separator=delimiter,
            quote_char=quote,
            infer_schema=False,
            new_columns=[str(k) for k in range(width)],
            raise_if_empty=False,
        )
    # its message may quote cells of columns that nobody mapped
    except (pl.exceptions.PolarsError, ValueError):
        return pl.DataFrame()
    return frame.with_columns(pl.all().fill_null(""))


def slow_grid(utf8: bytes, name: str, delimiter: str, quote: str, comment: str | None) -> Grid:
    """Return the grid by the standard library's reader, for quotes inside cells."""
    text = utf8.decode("utf-8", errors="replace")
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, quotechar=quote)
    rows, lines, notes, at = [], [], 0, 1
    try:
        for cells in reader:
            here, at = at, reader.line_num + 1
            if reader.line_num - here > 50:
                raise open_quote(name, here)
            if cells and cells[0].startswith(comment or "# "):
                notes += 1
            elif any(cell.strip() for cell in cells):
                rows.append(cells)
                lines.append(here)
    except csv.Error as error:
        raise open_quote(name, reader.line_num) from error
    if lines and "\n".join(text.split("\n")[lines[-1] - 1 :]).count(quote) % 2:
        raise open_quote(name, lines[-1])
    return from_rows(rows, np.array(lines, dtype=np.int64), delimiter, name, notes)


def open_quote(name: str, line: int) -> RefusalError:
    """Return the refusal for a quotation mark that is never closed."""
    said = f"a quotation mark is left open, perhaps in line {line}"
    return RefusalError(
        "open_quote",
        said,
        'close it, or give another mark in a mapping file: [file] quote = "\'"',
        name,
        line,
    )


def from_rows(
    rows: list[list[str]], lines: NDArray[np.int64], delimiter: str, name: str, comments: int = 0
) -> Grid:
    """Return a grid of rows that may differ in length."""
    widths = np.array([len(row) for row in rows], dtype=np.int64)
    width = int(widths.max()) if len(widths) else 0
    if width > MAX_COLUMNS:
        raise RefusalError(
            "delimiter", f"{width:,} columns; {MAX_COLUMNS:,} are the most", "split the table", name
        )
    if any(len(cell) > MAX_CELL for row in rows for cell in row):
        fix = "look for a quotation mark that is never closed, or cut the cell"
        raise RefusalError("open_quote", f"a cell has more than {MAX_CELL:,} characters", fix, name)
    data = {str(k): [row[k] if k < len(row) else "" for row in rows] for k in range(width)}
    return Grid(
        pl.DataFrame(data, schema=dict.fromkeys(data, pl.Utf8)), lines, widths, delimiter, comments
    )
