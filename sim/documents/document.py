"""One TOML file as read: its values, its text, and the place of each key; every way of being
unreadable is an InputError.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path as FilePath
from typing import Any

from sim.documents.positions import Path, Position, locate
from sim.errors import FormatError, InputError, Problem
from sim.json_text import toml_text

MAX_BYTES = 1_000_000
MAX_DEPTH = 12
FORMAT = 1
"""The format of a file whose kind names no other."""

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, eq=False)
class Document:
    """A parsed file, or one `--set`. `name` is what errors call it; `text` is what they quote.

    odd: numbers that TOML knows and no field takes (not finite, larger than 64 bits); told with all
    other mistakes.
    """

    name: str
    text: str
    data: dict[str, Any] = field(repr=False)
    path: FilePath | None = None
    odd: tuple[Problem, ...] = ()

    @cached_property
    def positions(self) -> dict[Path, Position]:
        """Return the place of every key, by path."""
        return locate(self.text)

    @cached_property
    def lines(self) -> list[str]:
        """Return the text by lines."""
        return self.text.split("\n")

    def position(self, path: Path) -> Position | None:
        """Return the place of the nearest part of `path` that stands in this file."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.positions:
                return self.positions[path[:end]]
        return None

    def problem(
        self,
        path: Path,
        message: str,
        hint: str = "",
        *,
        at_key: bool = False,
        shown: str | None = None,
    ) -> Problem:
        """Return a problem at a key (or at its value) of this file."""
        dotted = dotted_path(path) if shown is None else shown
        place = self.position(path)
        if place is None:
            return Problem(message, file=self.name, path=dotted, hint=hint)
        line, column = (
            (place.line, place.column) if at_key else (place.value_line, place.value_column)
        )
        return self.at(line, column, message, hint, dotted)

    def at(self, line: int, column: int, message: str, hint: str = "", dotted: str = "") -> Problem:
        """Return a problem at a line and column, with the source line cut to a readable length."""
        source = (
            self.lines[line - 1].rstrip("\r").expandtabs(1) if 0 < line <= len(self.lines) else ""
        )
        return Problem(
            message, self.name, line, column, source if len(source) <= 200 else "", dotted, hint
        )


def dotted_path(path: Path) -> str:
    """Return a path as a reader writes it: list elements from 0 in square brackets."""
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f"{'.' if out else ''}{part if _BARE.fullmatch(part) else toml_text(part)}"
    return out


def read_document(
    path: FilePath, name: str | None = None, check: Callable[[Document], None] | None = None
) -> Document:
    """Read and parse one file. check: refuses what is not of the file's format; without it, a
    format number other than 1.

    Raises:
        InputError: missing, unreadable, too large, not UTF-8, not TOML, or too deeply nested.
        FormatError: its format number is unknown.
    """
    name = str(path) if name is None else name
    document = parse_document(_read_text(path, name), name, path)
    (check or check_format)(document)
    return document


def with_odd(problems: list[Problem], documents: Iterable[Document]) -> list[Problem]:
    """Return problems and the odd numbers of documents, one for each place."""
    odd = [problem for document in documents for problem in document.odd]
    places = {(problem.file, problem.line, problem.column) for problem in odd}
    return [*odd, *(p for p in problems if not p.line or (p.file, p.line, p.column) not in places)]


def _read_text(path: FilePath, name: str) -> str:
    try:
        if not path.is_file():
            raise InputError(
                Problem("no such file" if not path.exists() else "not a regular file", file=name)
            )
        if path.stat().st_size > MAX_BYTES:
            raise InputError(
                Problem(
                    f"larger than {MAX_BYTES:,} bytes; a scenario or seed file is small", file=name
                )
            )
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        said = Problem(
            f"line {line} is not UTF-8 text",
            file=name,
            hint="save the file with the encoding UTF-8",
        )
        raise InputError(said) from None
    except (OSError, ValueError) as error:
        raise InputError(
            Problem(f"cannot be read: {getattr(error, 'strerror', None) or error}", file=name)
        ) from None


@lru_cache(maxsize=256)
def parse_document(text: str, name: str, path: FilePath | None = None) -> Document:
    """Parse a TOML text; see `read_document` for what it raises. Remembered by content: one seed
    serves many scenarios.
    """
    document = Document(name, text, {}, path)
    try:
        data = tomllib.loads(text)
    except RecursionError:
        raise InputError(Problem(f"nested deeper than {MAX_DEPTH} levels", file=name)) from None
    except ValueError as error:
        raise InputError(_syntax(document, str(error))) from None
    _limit_depth(document, data)
    return Document(name, text, data, path, tuple(_odd_numbers(document, data)))


def check_format(document: Document, known: int = FORMAT) -> None:
    """Refuse a format number that this version does not know.

    Raises:
        FormatError: it is another than `known`.
    """
    number = document.data.get("format", known)
    if type(number) is not int or number != known:
        raise FormatError(
            document.problem(
                ("format",),
                f"format {number!r} is unknown; this version reads format {known}",
                "install the version that wrote this file, or rewrite it with "
                f"`format = {known}` (see CHANGELOG.md)",
            )
        )


_REWORDED = {
    "Cannot overwrite a value": "this key is set twice",
    "Cannot mutate immutable namespace": "this table was closed where it was first written; add "
    "the key there",
    "Unclosed array": "a list is not closed with ]",
    "Invalid value": "this is no TOML value; text stands in double quotes",
    "Expected '=' after a key in a key/value pair": "expected `key = value`",
    "Expected newline or end of document after a statement": "something follows the value; one "
    "key on each line",
    "Invalid statement": "expected a key or a [table]",
}


def _syntax(document: Document, message: str) -> Problem:
    place = _PLACE.search(message)
    said = message.split(" (at ")[0]
    if said.startswith("Cannot declare"):
        said = "this table is declared twice"
    said = f"not valid TOML: {_REWORDED.get(said, said[:1].lower() + said[1:])}"
    if place is not None:
        return document.at(int(place[1]), int(place[2]), said)
    if "end of document" in message:
        return document.at(len(document.lines), len(document.lines[-1]) + 1, said)
    return Problem(said, file=document.name)


def _limit_depth(document: Document, data: dict[str, Any]) -> None:
    deep = next(
        (path for path, _ in _everything(data, MAX_DEPTH + 1) if len(path) > MAX_DEPTH), None
    )
    if deep is not None:
        raise InputError(
            Problem(
                f"nested deeper than {MAX_DEPTH} levels",
                file=document.name,
                path=dotted_path(deep[:3]),
            )
        )


def _everything(data: dict[str, Any], depth: int) -> Iterator[tuple[Path, Any]]:
    """Yield (path, value) of every table, list and value down to a depth, in the order of the
    file.
    """
    stack: list[tuple[Path, Any]] = [((), data)]
    while stack:
        path, value = stack.pop()
        yield path, value
        if len(path) < depth and isinstance(value, dict):
            stack += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif len(path) < depth and isinstance(value, list):
            stack += [
                ((*path, number), inner) for number, inner in reversed(list(enumerate(value)))
            ]


def _odd_numbers(document: Document, data: dict[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each number that is not finite or larger than 64 bits hold."""
    for path, value in _everything(data, MAX_DEPTH):
        if isinstance(value, float) and not math.isfinite(value):
            yield document.problem(path, f"{value} is not a finite number")
        elif isinstance(value, int) and abs(value) >= 2**63:
            yield document.problem(path, "this whole number does not fit in 64 bits")
