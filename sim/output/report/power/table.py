"""The table of a power study as reports read it, from its folder, its CSV or a study made now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

HEAD = "world,baseline,evidence,estimator,"


@dataclass(frozen=True)
class PowerTable:
    """One row for each world, evidence and estimator."""

    name: str
    title: str
    rows: pl.DataFrame


def is_power(path: Path) -> bool:
    """Return whether this is the folder of a power study, or its table as CSV."""
    if path.is_dir():
        return (path / "power.csv").is_file()
    if path.suffix != ".csv" or not path.is_file():
        return False
    with path.open(encoding="utf-8", errors="replace") as file:
        return file.read(len(HEAD)) == HEAD


def read_power(path: Path) -> PowerTable:
    """Return the table.

    Raises:
        DamageError: the folder's note is not what was written.
    """
    import polars as pl

    from sim.disk.sealed import unseal

    table = path / "power.csv" if path.is_dir() else path
    title = str(unseal(path / "study.json")["title"]) if path.is_dir() else path.stem
    return PowerTable(str(path), title, pl.read_csv(table))
