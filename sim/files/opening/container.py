"""First stage: bytes. What a file is, by its first bytes and not by its name; archives unpacked
within a limit.
"""

from __future__ import annotations

import gzip
import sys
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from sim.errors import InputError, Problem
from sim.files.refusal import RefusalError

MAX_BYTES = 256 * 2**20
CHUNK = 2**20
STDIN = "-"
TABLES = (".csv", ".tsv", ".txt", ".dat", ".tab")
NAMED = {
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!": "a rar archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
}
FOREIGN = {
    b"%PDF": (
        "a PDF document",
        "tables in a PDF cannot be read: ask for the CSV, or copy the "
        "table into a spreadsheet and save it as CSV",
    ),
    b"RDX": ("an R workspace", "write the table out as CSV"),
    b"$FL": ("an SPSS file", "save it as CSV"),
    b"PAR1": ("a Parquet file", "write the table out as CSV"),
    b"SQLite": ("a database", "write the table out as CSV"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds.

    container: plain, gz, zip, spreadsheet or json. raw: the bytes of the table, unpacked.
    """

    name: str
    container: str
    raw: bytes
    member: str | None = None


def limited(stream: IO[bytes], limit: int, name: str) -> bytes:
    """Return all bytes of the stream, or stop once there are more than `limit`."""
    parts, size = [], 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            hint = "split the file, or unpack and check it"
            message = f"more than {limit:,} bytes once unpacked: reading stopped"
            raise InputError(Problem(message, file=name, hint=hint))
        parts.append(chunk)
    return b"".join(parts)


def open_source(path: Path, limit: int = MAX_BYTES, members: tuple[str, ...] = ()) -> Source:
    """Return the file's bytes, unpacked; "-" is the standard input.

    Raises:
        InputError: unreadable, too large, an unknown archive, or no table at all.
    """
    name = "standard input" if str(path) == STDIN else path.name
    try:
        if str(path) == STDIN:
            raw = limited(sys.stdin.buffer, limit, name)
        else:
            with path.open("rb") as stream:
                raw = limited(stream, limit, name)
        return unpacked(raw, name, limit, members)
    except (
        OSError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise InputError(Problem(f"cannot be read: {error}", file=name)) from error


def unpacked(raw: bytes, name: str, limit: int, members: tuple[str, ...]) -> Source:
    """Return the source behind these bytes."""
    refuse_foreign(raw, name)
    if raw[:2] == b"\x1f\x8b":
        with gzip.open(BytesIO(raw)) as inner:
            inside = limited(inner, limit, name)  # type: ignore[arg-type]
        refuse_foreign(inside, name)
        return Source(name, "gz", inside)
    if raw[:4] == b"PK\x03\x04":
        return from_zip(raw, name, limit, members)
    if raw[:4] == b"\xd0\xcf\x11\xe0":
        return Source(name, "spreadsheet", raw)
    return Source(name, "json" if is_json(raw) else "plain", raw)


def is_json(raw: bytes) -> bool:
    """Return whether these bytes open as a JSON document does."""
    return raw.removeprefix(b"\xef\xbb\xbf")[:200].lstrip()[:1] in (b"{", b"[")


def refuse_foreign(raw: bytes, name: str) -> None:
    """Raise for what is named and not read."""
    for magic, words in NAMED.items():
        if raw.startswith(magic):
            raise RefusalError(
                "archive", f"this is {words}", "unpack it and give the table inside", name
            )
    for magic, (words, fix) in FOREIGN.items():
        if raw.startswith(magic):
            raise RefusalError("not_a_table", f"this is {words}, not a table", fix, name)
    head = raw[:500].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<!doctype html", b"<html")):
        raise RefusalError(
            "not_a_table",
            "this is a web page (HTML), not a table",
            "save the table itself as CSV",
            name,
        )
    if head.startswith(b"<?xml"):
        raise RefusalError(
            "not_a_table",
            "this is an XML document, not a table",
            "write the table out as CSV",
            name,
        )


def from_zip(raw: bytes, name: str, limit: int, members: tuple[str, ...]) -> Source:
    """Return the one table in a zip archive, or the spreadsheet that it is, or the named members
    joined.
    """
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        names = archive.namelist()
        if "[Content_Types].xml" in names or "mimetype" in names:
            return Source(name, "spreadsheet", raw)
        tables = [n for n in names if n.lower().endswith(TABLES)]
        chosen = [n for n in tables if n in members] if members else tables
        missing = [n for n in members if n not in names]
        if len(chosen) != 1 or missing:
            listed = ", ".join(tables[:8]) or "no table"
            said = f"the archive holds {len(tables)} tables ({listed}); one is needed"
            raise RefusalError(
                "members", said, 'name one in a mapping file: [file] members = ["..."]', name
            )
        with archive.open(chosen[0]) as inner:
            return Source(name, "zip", limited(inner, limit, name), chosen[0])
