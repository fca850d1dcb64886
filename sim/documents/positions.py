"""Where each key and value of a TOML text stands: the standard library's reader gives values
without their places.

The scanner runs on text that `tomllib` has accepted already, only when somebody asks for a place
(an error, `--explain`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

Path = tuple[str | int, ...]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_KEY = re.compile(r'[ \t]*("(?:[^"\\]|\\.)*"|\'[^\']*\'|[A-Za-z0-9_-]+)[ \t]*')
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"""+|\'\'\'.*?\'\'\'+|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.S
)
_BARE = re.compile(r"[^\s,\]}#]+(?: \d\d:\d\d[^\s,\]}#]*)?")


@dataclass(frozen=True, slots=True)
class Position:
    """Lines and columns from 1: of the key, and of its value."""

    line: int
    column: int
    value_line: int
    value_column: int


def locate(text: str) -> dict[Path, Position]:
    """Return the position of every table, key and list element of a valid TOML text, by its
    path.
    """
    scanner = _Scanner(text)
    scanner.document()
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    return {path: _position(starts, key, value) for path, (key, value) in scanner.found.items()}


def _position(starts: list[int], key: int, value: int) -> Position:
    line, value_line = bisect_right(starts, key), bisect_right(starts, value)
    return Position(
        line, key - starts[line - 1] + 1, value_line, value - starts[value_line - 1] + 1
    )


class _Scanner:
    """Offsets of keys and values, in one pass over the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[Path, tuple[int, int]] = {}
        self.arrays: dict[Path, int] = {}

    def skip(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else len(self.text)
        return match.group() if match else ""

    def next(self, characters: str) -> bool:
        return self.text[self.at : self.at + 1] in tuple(characters)

    def document(self) -> None:
        table: Path = ()
        self.skip(_BLANK)
        while self.at < len(self.text):
            table = self.header() if self.next("[") else self.pair(table)
            self.skip(_BLANK)

    def header(self) -> Path:
        start, double = self.at, self.text.startswith("[[", self.at)
        self.at += 1 + double
        path = self.enter(self.keys(), double)
        for end in range(1, len(path) + 1):
            self.found.setdefault(path[:end], (start, start))
        self.at += 1 + double
        return path

    def enter(self, keys: Path, double: bool) -> Path:
        """Return the full path of a table header: the elements of arrays of tables are counted."""
        path: Path = ()
        for number, key in enumerate(keys, 1):
            path += (key,)
            if double and number == len(keys):
                self.arrays[path] = self.arrays.get(path, -1) + 1
            if path in self.arrays:
                path += (self.arrays[path],)
        return path

    def keys(self) -> Path:
        keys: list[str] = []
        while True:
            keys.append(_unquoted(self.skip(_KEY).strip()))
            if not self.next("."):
                return tuple(keys)
            self.at += 1

    def pair(self, table: Path) -> Path:
        start = self.at
        path = table + self.keys()
        self.at += 1
        self.skip(_BLANK)
        for end in range(len(table) + 1, len(path)):
            self.found.setdefault(path[:end], (start, start))
        self.found[path] = (start, self.at)
        self.value(path)
        return table

    def value(self, path: Path) -> None:
        if self.next("["):
            self.elements(path)
        elif self.next("{"):
            self.inline(path)
        else:
            self.skip(_STRING if self.next("\"'") else _BARE)

    def elements(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        number = 0
        while self.at < len(self.text) and not self.next("]"):
            self.found[(*path, number)] = (self.at, self.at)
            self.value((*path, number))
            number += 1
            self.separator()
        self.at += 1

    def inline(self, path: Path) -> None:
        self.at += 1
        self.skip(_BLANK)
        while self.at < len(self.text) and not self.next("}"):
            self.pair(path)
            self.separator()
        self.at += 1

    def separator(self) -> None:
        self.skip(_BLANK)
        if self.next(","):
            self.at += 1
            self.skip(_BLANK)


def _unquoted(key: str) -> str:
    if key.startswith("'"):
        return key[1:-1]
    if key.startswith('"'):
        return re.sub(r"\\(.)", r"\1", key[1:-1])
    return key
