"""A run folder: what it holds, and how it is read. Everything that is read is checked first.

    manifest.json      what the run is of, what made it, which replicates; the checksums of the
      files below. It is the commit:
                       what it does not name is not part of the run
    outcomes.parquet   one row a replicate (`replicate`, `set`, `error`, then outcomes)
    scenario.json      the resolved scenario, every number with its source
    blocks/            replicates of a run that is under way or was cut off

A run that grows writes outcomes.next.parquet, then the manifest, then gives the table its name.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.sealed import checksum, read_json, unseal
from sim.disk.temporary import is_temporary
from sim.errors import DamageError, FormatError, InputError, Problem
from sim.storage.table import stacked

if TYPE_CHECKING:
    import polars as pl

FORMAT = 3
READABLE = (1, 2, 3)
"""Format 1 had no checksums: of such a folder only form and number of rows are checked. Formats 1
and 2 had no column `set`: nothing was drawn.
"""

MANIFEST, OUTCOMES, NEXT, SCENARIO, BLOCKS = (
    "manifest.json",
    "outcomes.parquet",
    "outcomes.next.parquet",
    "scenario.json",
    "blocks",
)
TEXTS = ("title", "scenario", "scenario_digest", "entropy", "register_digest", "model_digest")


@dataclass(frozen=True)
class RunFolder:
    """What a run folder holds."""

    path: Path
    outcomes: pl.DataFrame
    scenario: dict[str, Any]
    manifest: dict[str, Any]


def belongs(name: str) -> bool:
    """Return whether a name is one that a run folder has."""
    return name in (MANIFEST, OUTCOMES, NEXT, SCENARIO, BLOCKS) or is_temporary(name)


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of a run folder.

    Raises:
        InputError: there is none.
        FormatError: its format number is unknown.
        DamageError: it is not what was written.
    """
    file = path / MANIFEST
    try:
        found = read_json(file).get("format")
        if found not in READABLE or isinstance(found, bool):
            raise FormatError(
                Problem(
                    f"run folder of format {found!r}; this version reads format {FORMAT}",
                    file=str(file),
                    hint="read it with the version named under `code_version` in the file, or "
                    "run the scenario again",
                )
            )
        manifest = unseal(file, sealed=found != 1)
    except FileNotFoundError:
        raise InputError(
            Problem("no run folder here: manifest.json is missing", file=str(path))
        ) from None
    _check_form(manifest, file)
    return manifest


def _check_form(manifest: dict[str, Any], file: Path) -> None:
    """Refuse a manifest whose fields are of other kinds, which only an edited one has."""
    wrong = [key for key in TEXTS if not isinstance(manifest.get(key), str)]
    ends = manifest.get("replicates")
    whole = (
        isinstance(ends, list)
        and len(ends) in (0, 2)
        and all(type(end) is int and end >= 0 for end in ends)
    )
    if not whole or (ends and ends[0] > ends[1]):
        wrong.append("replicates")
    if manifest["format"] != 1 and not isinstance(manifest.get("files"), dict):
        wrong.append("files")
    if wrong:
        raise DamageError(f"{file} is damaged or was edited: {wrong[0]} is not as it was written")


def read_folder(path: Path | str) -> RunFolder:
    """Read a run folder.

    Raises:
        InputError, FormatError, DamageError: as `read_manifest`; also when a file is missing or has
        another checksum.
    """
    folder = Path(path)
    manifest = read_manifest(folder)
    outcomes = _table(_checked(folder, manifest, (OUTCOMES, NEXT)), folder / OUTCOMES)
    try:
        scenario = json.loads(_checked(folder, manifest, (SCENARIO,)).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise DamageError(f"{folder / SCENARIO} is damaged: {error}") from None
    ends = manifest["replicates"]
    if outcomes.columns[:1] != ["replicate"] or outcomes["replicate"].to_list() != (
        list(range(ends[0], ends[1] + 1)) if ends else []
    ):
        raise DamageError(
            f"{folder / OUTCOMES} does not hold the replicates that {MANIFEST} states"
        )
    return RunFolder(folder, outcomes, scenario, manifest)


def _checked(folder: Path, manifest: dict[str, Any], names: tuple[str, ...]) -> bytes:
    """Return the bytes of the first of these files that has the checksum in the manifest (format 1:
    of the first).
    """
    stated = None if manifest["format"] == 1 else manifest["files"].get(names[0])
    for name in names:
        try:
            content = (folder / name).read_bytes()
        except OSError:
            continue
        if manifest["format"] == 1 or checksum(content) == stated:
            return content
    there = any((folder / name).exists() for name in names)
    raise DamageError(
        f"{folder / names[0]} is "
        f"{'not what was written: its checksum is another' if there else 'missing'}; "
        "the run cannot be used: bring the file back from a copy, or run the scenario again into "
        "another folder"
    )


def _without_sets(table: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    return table.select(
        "replicate", pl.lit(None, dtype=pl.Int64).alias("set"), pl.exclude("replicate")
    )


def _table(content: bytes, file: Path) -> pl.DataFrame:
    """Return the table of outcomes.

    A broken file of format 1 can end in an exception of the library's own kind.
    """
    import polars as pl

    try:
        table = stacked([content])
        return table if "set" in table.columns else _without_sets(table)
    except (OSError, ValueError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        raise DamageError(f"{file} is damaged: {str(error)[:200]}") from None
