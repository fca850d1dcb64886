"""A user's list of packages, and what each is worth to two sides: `package, <side>, <other side>`.

One row says what each side has if they do not agree: `no agreement` (or `status quo`, `reserve`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.named_rows import NamedRows, read_named_rows

FIRST = "package"
RESERVES = ("no agreement", "status quo", "reserve", "reserves", "disagreement")
HINT = "the header must be: package, and the names of two sides; one row is named: no agreement"
MOST_PACKAGES = 20_000


@dataclass(frozen=True, slots=True)
class PackageFile:
    """Names of both sides, their utilities without an agreement, and m packages with theirs."""

    sides: tuple[str, str]
    reserves: tuple[float, float]
    packages: tuple[str, ...]
    utilities: tuple[tuple[float, float], ...]


def read_packages(path: Path) -> PackageFile:
    """Return the packages of a file.

    Raises:
        InputError: every mistake found, in file order; no row for no agreement, or two of them.
    """
    table = read_named_rows(path, HINT, MOST_PACKAGES)
    if table.first != FIRST or len(table.columns) != 2:
        found = (
            f"{len(table.columns)} columns of utilities" if table.first == FIRST else "no header"
        )
        raise InputError(Problem(f"{found}; two sides are needed", str(path), hint=HINT))
    reserves = [values for name, values in table.rows if name.casefold() in RESERVES]
    packages = [(name, values) for name, values in table.rows if name.casefold() not in RESERVES]
    problem = _missing(table, len(reserves), len(packages))
    if problem:
        raise InputError(Problem(problem, str(path), hint=HINT))
    return PackageFile(
        (table.columns[0], table.columns[1]),
        (reserves[0][0], reserves[0][1]),
        tuple(name for name, _ in packages),
        tuple((values[0], values[1]) for _, values in packages),
    )


def _missing(table: NamedRows, reserves: int, packages: int) -> str:
    if reserves != 1:
        names = "no row" if reserves == 0 else f"{reserves} rows"
        return f"{names} for what each side has without an agreement; one is needed"
    return "" if packages else "no package besides no agreement"
