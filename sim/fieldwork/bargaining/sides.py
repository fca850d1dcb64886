"""Two sides over a user's list of packages: the frontier, and what each two-sided model
settles on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.files.bargaining.package_file import PackageFile, read_packages
from sim.models.bargaining import concession, kalai_smorodinsky, rubinstein
from sim.models.bargaining.base import Bilateral, BilateralModel
from sim.models.bargaining.frontier import efficient
from sim.models.bargaining.register import BARGAINING
from sim.records.results.drawn import Drawn

TWO_SIDED = tuple(key for key, model in BARGAINING.items() if isinstance(model, BilateralModel))
IDEALS = ("rational", "all")
GREATEST_EXPONENT = 1000.0


@dataclass(frozen=True, slots=True)
class SideOptions:
    """Discount factors of a period (`rubinstein`), exponents of concession (`concession`), and over
    which packages a side's hopes run (`kalai_smorodinsky`); the first side of the file moves first.
    """

    patience: tuple[float, float] = (0.9, 0.9)
    exponents: tuple[float, float] = (1.0, 1.0)
    ideal: str = "rational"


@dataclass(frozen=True, slots=True)
class Settled:
    """What one model settles on: a package by name, None for no agreement, with both utilities.

    `note`: what else there is to say, as of a lottery between two packages.
    """

    model: str
    summary: str
    package: str | None
    utilities: tuple[float, float]
    note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Sides(Drawn):
    """The frontier, best for the first side first, by row of the file's packages, and each model's
    settlement. `zone`: whether a package leaves neither side worse off, and one of them better.
    """

    table: PackageFile
    frontier: tuple[int, ...]
    zone: bool
    settled: tuple[Settled, ...]


def settle_sides(
    path: Path, models: tuple[str, ...] = (), options: SideOptions | None = None
) -> Sides:
    """Return the settlements of some two-sided models (all without a name) on a file of packages.

    Raises:
        InputError: an unknown model, an option out of range, or mistakes in the file.
    """
    options = _checked(options or SideOptions())
    for key in models:
        if key not in TWO_SIDED:
            message = f"no two-sided model {key!r} for a list of packages"
            hint = f"known: {', '.join(TWO_SIDED)}"
            raise InputError(Problem(message, path="--model", hint=hint))
    table = read_packages(path)
    worth = np.array([table.reserves, *table.utilities])
    gain = worth - worth[0]
    problem = Bilateral(gain[:, 0], gain[:, 1], *options.patience)
    rows = tuple(int(row) - 1 for row in efficient(problem))
    found = tuple(_settled(key, problem, table, options) for key in models or TWO_SIDED)
    return Sides(table, tuple(row for row in rows if row >= 0), any(r >= 0 for r in rows), found)


def _checked(options: SideOptions) -> SideOptions:
    if not all(0.0 < d < 1.0 for d in options.patience):
        hint = "two discount factors of a period, above 0 and below 1: --patience 0.95:0.8"
        raise InputError(Problem("no such patience", path="--patience", hint=hint))
    if not all(1.0 / GREATEST_EXPONENT <= e <= GREATEST_EXPONENT for e in options.exponents):
        hint = (
            "two numbers from 0.001 to 1000, below 1 for a side that holds out: --exponents 0.25:4"
        )
        raise InputError(Problem("no such exponents", path="--exponents", hint=hint))
    if options.ideal not in IDEALS:
        hint = f"known: {', '.join(IDEALS)}"
        raise InputError(Problem(f"{options.ideal!r} is not known", path="--ideal", hint=hint))
    return options


def _settled(key: str, problem: Bilateral, table: PackageFile, options: SideOptions) -> Settled:
    model = BARGAINING[key]
    assert isinstance(model, BilateralModel)
    settle: Callable[[Bilateral], int] = model.settle
    if key == "concession":
        first, second = options.exponents
        settle = partial(concession.settle, exponent_a=first, exponent_b=second)
    if key == "kalai_smorodinsky":
        settle = partial(kalai_smorodinsky.settle, ideal=options.ideal)
    row = settle(problem)
    note = _lottery(problem, table) if key == "rubinstein" else ""
    if row == 0:
        return Settled(key, model.summary, None, table.reserves, note)
    return Settled(key, model.summary, table.packages[row - 1], table.utilities[row - 1], note)


def _lottery(problem: Bilateral, table: PackageFile) -> str:
    """Return the equilibrium offer in words."""
    found = rubinstein.equilibrium(problem)
    if found is None:
        return ""
    worth = (found.surplus_a + table.reserves[0], found.surplus_b + table.reserves[1])
    values = " and ".join(f"{x:.4g}" for x in worth)
    names = ("no agreement", *table.packages)
    if min(found.weight, 1.0 - found.weight) < 1e-9:
        return f"in equilibrium {table.sides[0]} offers this at once: {values}"
    return (
        f"in equilibrium {table.sides[0]} offers {100 * found.weight:.0f} % {names[found.row]!r}, "
        f"else {names[found.other]!r}: worth {values}"
    )
