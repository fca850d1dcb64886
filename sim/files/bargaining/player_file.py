"""A user's list of players who divide a prize: `player` and any of `cost, prize, patience,
outside`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.delimited import problem_at
from sim.files.bargaining.named_rows import NamedRows, read_named_rows

FIRST = "player"
HINT = "the header must be: player, and any of cost, prize, patience, outside"
MOST_PLAYERS = 10_001
BOUNDS: dict[str, tuple[Callable[[float], bool], str]] = {
    "cost": (lambda x: 1e-9 <= x <= 1e9, "between 1e-9 and 1e9"),
    "prize": (lambda x: 1e-9 <= x <= 1e9, "between 1e-9 and 1e9"),
    "patience": (lambda x: 0 < x < 1, "a discount factor of a period, above 0 and below 1"),
    "outside": (lambda x: 0 <= x <= 1, "a share of the prize, 0 to 1"),
}


@dataclass(frozen=True, slots=True)
class PlayerFile:
    """Names of n players, and the columns (n,) that the file gives, by name."""

    names: tuple[str, ...]
    columns: dict[str, tuple[float, ...]]


def read_players(path: Path) -> PlayerFile:
    """Return the players of a file.

    Raises:
        InputError: every mistake found, in file order; a column that is not known.
    """
    table = read_named_rows(path, HINT, MOST_PLAYERS)
    if table.first != FIRST or not table.columns:
        raise InputError(Problem("no header of players", str(path), hint=HINT))
    keys = [column.casefold() for column in table.columns]
    problems = [
        problem_at(path, table.lines[0], i, f"no column {key!r} is known", HINT)
        for i, key in enumerate(keys, 1)
        if key not in BOUNDS
    ]
    problems = problems or _outside(path, table, keys)
    if not problems and len(table.rows) < 2:
        problems = [Problem("at least two players are needed", str(path))]
    if problems:
        raise InputError(problems)
    columns = {key: tuple(v[i] for _, v in table.rows) for i, key in enumerate(keys)}
    return PlayerFile(tuple(name for name, _ in table.rows), columns)


def _outside(path: Path, table: NamedRows, keys: list[str]) -> list[Problem]:
    return [
        problem_at(path, line, i + 1, f"{keys[i]} {value:g} must be {BOUNDS[keys[i]][1]}")
        for line, (_, values) in zip(table.lines[1:], table.rows, strict=True)
        for i, value in enumerate(values)
        if not BOUNDS[keys[i]][0](value)
    ]
