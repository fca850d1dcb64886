"""A run folder: outcomes as Parquet, the resolved scenario, and a manifest. Writing is atomic;
nothing is overwritten silently.

outcomes.parquet   one row a replicate (`replicate`, `error`, then one column an outcome)
scenario.json      the resolved scenario, every number with its source
manifest.json      digest, entropy, versions, command line, times, failures; written last
"""

from __future__ import annotations

import io
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import FormatError, InputError, Problem, StoreError
from sim.json_text import json_text

if TYPE_CHECKING:
    import polars as pl

FORMAT = 1


@dataclass(frozen=True)
class RunFolder:
    """What a run folder holds."""

    path: Path
    outcomes: pl.DataFrame
    scenario: dict[str, Any]
    manifest: dict[str, Any]


def write_atomically(path: Path, write: Callable[[Path], object]) -> None:
    """Write to a new temporary file beside `path` and rename it: a reader sees the old file or the
    whole new one.

    Raises:
        StoreError: the folder cannot be written, or the disk is full; `path` is then as it was.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        write(temporary)
        with temporary.open("rb") as handle:
            os.fsync(handle.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise StoreError(
            f"cannot write {path}: {error.strerror or error}; free space or choose another --out"
        ) from error
    finally:
        temporary.unlink(missing_ok=True)


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file atomically."""
    write_atomically(path, lambda temporary: temporary.write_bytes(content))


def parquet_bytes(table: pl.DataFrame) -> bytes:
    """Return a table as Parquet.

    Made in memory, so that a full disk is always the same plain error of the operating system.
    """
    buffer = io.BytesIO()
    table.write_parquet(buffer, compression="zstd")
    return buffer.getvalue()


def write_json(path: Path, content: object) -> None:
    """Write a JSON file atomically."""
    text = json_text(content, sort_keys=True) + "\n"
    write_atomically(path, lambda temporary: temporary.write_text(text, encoding="utf-8"))


def prepare(path: Path, digest: str, entropy: int) -> None:
    """Make the folder, or accept one that is empty or holds a run of the same scenario and entropy.

    Raises:
        StoreError: it cannot be made or written, or it holds another run.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
        probe = path / f".probe.{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise StoreError(
            f"cannot write to {path}: {error.strerror or error}; choose another folder with --out"
        ) from error
    manifest = path / "manifest.json"
    if not manifest.exists():
        if any(path.iterdir()):
            raise StoreError(
                f"{path} is not empty and holds no run; choose an empty folder with --out"
            )
        return
    held = read_manifest(path)
    if held["scenario_digest"] != digest or held["entropy"] != hex(entropy):
        raise StoreError(
            f"{path} holds a run of another scenario or entropy ({held['title']!r}, digest "
            f"{held['scenario_digest'][:12]}); "
            "it is kept: choose another folder with --out, or remove it first"
        )


def read_manifest(path: Path) -> dict[str, Any]:
    """Return the manifest of a run folder.

    Raises:
        InputError: there is none, or it is broken.
        FormatError: its format number is unknown.
    """
    file = path / "manifest.json"
    try:
        manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(
            Problem("no run folder here: manifest.json is missing", file=str(path))
        ) from None
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise InputError(Problem(f"cannot be read: {error}", file=str(file))) from None
    found = manifest.get("format") if isinstance(manifest, dict) else None
    if found != FORMAT:
        raise FormatError(
            Problem(
                f"run folder of format {found!r}; this version reads format {FORMAT}",
                file=str(file),
                hint="read it with the version named under `code_version` in the file, or run "
                "the scenario again",
            )
        )
    return manifest


def read_folder(path: Path | str) -> RunFolder:
    """Read a run folder.

    Raises:
        InputError, FormatError: as `read_manifest`; also when the outcomes cannot be read.
    """
    import polars as pl

    folder = Path(path)
    manifest = read_manifest(folder)
    try:
        outcomes = pl.read_parquet(folder / "outcomes.parquet")
        scenario = json.loads((folder / "scenario.json").read_text(encoding="utf-8"))
    except (OSError, pl.exceptions.PolarsError, ValueError) as error:
        raise InputError(
            Problem(f"run folder is incomplete or broken: {error}", file=str(folder))
        ) from None
    return RunFolder(folder, outcomes, scenario, manifest)
