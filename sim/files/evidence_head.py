"""The TOML files of an evidence folder: what no table holds, and what was announced. Every mistake
at once, with its place.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.documents.document import Document, read_document
from sim.errors import InputError, Problem

MOST_NAMES, MOST_STRATA, MOST_TOTAL, LONGEST = 1_000, 100_000, 10**12, 200
ROWS = "rows.csv"


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """evidence.toml.

    incumbent, challenger: rows of the candidates. stratum_tables, stratum_weight: (H,).
    """

    candidates: tuple[str, ...]
    as_of_hours: float
    incumbent: int | None
    challenger: int | None
    stratum_tables: NDArray[np.int64] | None
    stratum_weight: NDArray[np.float64] | None
    categories: tuple[str, ...] | None
    observed_tables: int | None


class _Keys:
    """Values of one file, checked one by one; mistakes are collected."""

    def __init__(self, document: Document, known: Sequence[str]) -> None:
        self.document, self.problems = document, list[Problem]()
        for key in document.data:
            if key not in known:
                self.wrong((key,), "unknown key", f"known: {', '.join(known)}")

    def wrong(self, path: tuple[str | int, ...], message: str, hint: str = "") -> None:
        self.problems.append(self.document.problem(path, message, hint))

    def value(
        self, key: str, good: Callable[[Any], bool], message: str, *, needed: bool = False
    ) -> Any:
        """Return a value, or None where it is absent or wrong."""
        if key not in self.document.data:
            if needed:
                self.wrong((key,), f"'{key}' is missing")
            return None
        value = self.document.data[key]
        if good(value):
            return value
        self.wrong((key,), f"{key} must be {message}")
        return None

    def done(self) -> None:
        if self.problems:
            raise InputError(self.problems)


def whole(low: int, high: int) -> Callable[[Any], bool]:
    """Return a check for whole numbers."""
    return lambda value: type(value) is int and low <= value <= high


def number(low: float, high: float) -> Callable[[Any], bool]:
    """Return a check for numbers."""
    return lambda value: type(value) in (int, float) and low <= value <= high


def names(value: Any) -> bool:
    """Return whether a value is a list of different names."""
    fine = isinstance(value, list) and 0 < len(value) <= MOST_NAMES
    return (
        fine
        and all(isinstance(n, str) and 0 < len(n) <= LONGEST for n in value)
        and len(set(value)) == len(value)
    )


def list_of(good: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Return a check for lists of strata."""
    return lambda value: (
        isinstance(value, list) and 0 < len(value) <= MOST_STRATA and all(map(good, value))
    )


def read_head(path: Path) -> Head:
    """Return what evidence.toml says.

    Raises:
        InputError: every mistake. FormatError: written by another version.
    """
    known = (
        "format",
        "candidates",
        "as_of_hours",
        "incumbent",
        "challenger",
        "stratum_tables",
        "stratum_weight",
        "categories",
        "observed_tables",
    )
    keys = _Keys(read_document(path, path.name), known)
    listed = f"a list of different names, {MOST_NAMES} at most, each of 1 to {LONGEST} characters"
    candidates = tuple(keys.value("candidates", names, listed, needed=True) or ())
    hours = keys.value("as_of_hours", number(0, 1e6), "a number of hours, 0 or more")
    tables = keys.value(
        "stratum_tables", list_of(whole(0, 10**9)), "a list of whole numbers, 0 or more"
    )
    weight = keys.value("stratum_weight", list_of(number(0, 1e15)), "a list of numbers, 0 or more")
    if weight is not None and tables is not None and len(weight) != len(tables):
        keys.wrong(("stratum_weight",), f"{len(weight)} strata, stratum_tables has {len(tables)}")
    categories = keys.value("categories", names, listed)
    observed = keys.value("observed_tables", whole(0, 10**9), "a whole number, 0 or more")
    roles = [
        keys.value(role, candidates.__contains__, "one of the candidates")
        for role in ("incumbent", "challenger")
    ]
    keys.done()
    incumbent, challenger = (None if name is None else candidates.index(name) for name in roles)
    return Head(
        candidates,
        float("inf") if hours is None else float(hours),
        incumbent,
        challenger,
        None if tables is None else np.array(tables, dtype=np.int64),
        None if weight is None else np.array(weight, dtype=np.float64),
        None if categories is None else tuple(categories),
        observed,
    )


def read_claim(path: Path, candidates: Sequence[str]) -> dict[str, Any]:
    """Return the fields of the announcement, without its rows.

    Raises:
        InputError: every mistake.
    """
    keys = _Keys(
        read_document(path, path.name),
        ("share_counted", "tables", "registered", "invalid", "rows", "totals"),
    )
    totals = (
        keys.value("totals", lambda value: isinstance(value, dict), "a table [totals]", needed=True)
        or {}
    )
    keys.value("rows", lambda value: value == ROWS, f'"{ROWS}", the file beside this one')
    for name in candidates:
        if name not in totals:
            keys.wrong(("totals",), f"no total for {name!r}")
    for name, value in totals.items():
        if name not in candidates:
            keys.wrong(
                ("totals", name), "no such candidate", f"candidates: {', '.join(candidates)}"[:300]
            )
        elif not whole(0, MOST_TOTAL)(value):
            keys.wrong(
                ("totals", name), f"must be a whole number of votes from 0 to {MOST_TOTAL:,}"
            )
    found = {
        "invalid": keys.value("invalid", whole(0, MOST_TOTAL), "a whole number, 0 or more"),
        "share_counted": keys.value("share_counted", number(0, 1), "a number from 0 to 1"),
        "registered": keys.value("registered", whole(0, MOST_TOTAL), "a whole number, 0 or more"),
        "tables": keys.value("tables", whole(0, 10**9), "a whole number, 0 or more"),
    }
    keys.done()
    return {"totals": np.array([totals[name] for name in candidates], dtype=np.int64), **found}
