"""A file of decided issues with the layout of the DEU III data set: what actors wanted, how much
they cared, what came out.

Row 1: names; row 2: capabilities, under the position columns; then one issue a row. A column
`p<actor>` holds a position and `s<actor>` the salience of the same actor, `rp` the reversion point,
`out` the outcome; all on 0..100. Empty: not known.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.delimited import is_number

OUTCOME, REVERSION, KEY = "out", "rp", "isnrnmc"
LEAST_CAPABILITY, MOST_CAPABILITY = 1e-9, 1e9


@dataclass(frozen=True, slots=True)
class Issue:
    """One decided issue. Actors whose position, salience or capability is missing, or whose
    salience is 0, are left out.

    `stated`: the position of every actor of the file, left out or not. A position, reversion or
    outcome not known is None.
    """

    key: str
    actors: tuple[str, ...]
    capability: tuple[float, ...]
    position: tuple[float, ...]
    salience: tuple[float, ...]
    stated: dict[str, float | None]
    reversion: float | None
    outcome: float | None


def read_issues(path: Path) -> list[Issue]:
    """Return all issues of a tab-separated file in the layout above.

    Raises:
        InputError: the file cannot be read, has no such columns, or holds something else than
        numbers in them.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            rows = list(csv.reader(handle, delimiter="\t"))
    except OSError as error:
        raise InputError(Problem(error.strerror or "cannot be read", str(path))) from None
    except csv.Error as error:
        raise InputError(Problem(f"cannot be cut into cells: {error}", str(path))) from None
    except UnicodeDecodeError as error:
        raise InputError(
            Problem(f"not UTF-8 text: {error.reason} at byte {error.start}", str(path))
        ) from None
    actors = _actors(path, rows)
    return [
        _issue(path, number, rows[0], rows[1], row, actors)
        for number, row in enumerate(rows[2:], 3)
        if row
    ]


def _actors(path: Path, rows: list[list[str]]) -> tuple[str, ...]:
    names = rows[0] if rows else []
    actors = tuple(name[1:] for name in names if name.startswith("p") and "s" + name[1:] in names)
    if len(rows) < 3 or not actors or OUTCOME not in names:
        hint = (
            "row 1 names p<actor>, s<actor> and out (tabs between); row 2 holds capabilities; "
            "then one issue a row"
        )
        raise InputError(Problem("not a file of decided issues", str(path), 1, 1, hint=hint))
    read = [OUTCOME, REVERSION, *(role + actor for actor in actors for role in "ps")]
    twice = next((name for name in read if names.count(name) > 1), "")
    if twice:
        raise InputError(Problem(f"two columns are named {twice!r}", str(path), 1, 1))
    return actors


def _issue(
    path: Path,
    number: int,
    names: list[str],
    powers: list[str],
    row: list[str],
    actors: tuple[str, ...],
) -> Issue:
    def value(name: str) -> float | None:
        return _number(path, number, names, row, name, 0.0, 100.0)

    def power(name: str) -> float | None:
        return _number(path, 2, names, powers, name, LEAST_CAPABILITY, MOST_CAPABILITY)

    known = [(a, value("p" + a), value("s" + a), power("p" + a)) for a in actors]
    rows = [
        (a, x, s, c)
        for a, x, s, c in known
        if x is not None and s is not None and s > 0 and c is not None
    ]
    return Issue(
        next((cell for name, cell in zip(names, row, strict=False) if name == KEY), str(number)),
        tuple(a for a, _, _, _ in rows),
        tuple(c for _, _, _, c in rows),
        tuple(x for _, x, _, _ in rows),
        tuple(s for _, _, s, _ in rows),
        {a: x for a, x, _, _ in known},
        value(REVERSION) if REVERSION in names else None,
        value(OUTCOME),
    )


def _number(
    path: Path, line: int, names: list[str], cells: list[str], name: str, low: float, high: float
) -> float | None:
    """Return the number under a name, None for an empty cell."""
    index = names.index(name)
    text = cells[index].strip() if index < len(cells) else ""
    if not text:
        return None
    place = (str(path), line, index + 1)
    hint = "column counts cells"
    if not is_number(text):
        message = f"{text[:40]!r} is not a number"
        raise InputError(Problem(message, *place, path=name, hint=hint))
    number = float(text)
    if not low <= number <= high:
        message = f"{text[:40]} is outside {low:g} to {high:g}"
        raise InputError(Problem(message, *place, path=name, hint=hint))
    return number
