"""Write a run folder: a run extends, never shrinks, can be killed at any moment and goes on where
it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.sealed import checksum, digest_of, seal
from sim.disk.temporary import clear_stale
from sim.disk.write import disk_errors, make_folder, probe, rename, write_file
from sim.errors import StoreError
from sim.json_text import json_text
from sim.storage.folder import (
    BLOCKS,
    FORMAT,
    MANIFEST,
    NEXT,
    OUTCOMES,
    SCENARIO,
    RunFolder,
    belongs,
    read_folder,
)
from sim.storage.shards import Shards
from sim.storage.table import parquet_bytes

if TYPE_CHECKING:
    import polars as pl

WAY_OUT = "it is kept: choose another folder with --out, or write it anew with --replace"


@dataclass(frozen=True)
class Identity:
    """What replicates must share to lie in one folder. made_by: code, parts and libraries."""

    scenario_digest: str
    entropy: str
    register_digest: str
    made_by: str

    @property
    def digest(self) -> str:
        """Return one digest of all."""
        return digest_of(asdict(self))


class RunWriter:
    """A run folder that is open for writing.

    held: the run that lies there, or None. blocks: replicates not yet part of it.
    """

    def __init__(self, path: Path, identity: Identity) -> None:
        """Make the folder, or accept one that is empty or holds (a part of) this very run.

        Raises:
            StoreError: it cannot be made or written, or holds something else, another run, or a
            damaged one.
        """
        self.path, self.identity = path, identity
        with disk_errors(path, "choose another folder with --out"):
            make_folder(path)
            probe(path)
            strange = sorted(entry.name for entry in path.iterdir() if not belongs(entry.name))
            if strange:
                raise StoreError(
                    f"{path} is not empty and holds something else ({strange[0]!r}); "
                    "choose an empty folder with --out"
                )
            clear_stale(path / MANIFEST)
        self.blocks = Shards(path / BLOCKS)
        with _locked(path):
            self.held = self._held()
            self._finish()

    def _finish(self) -> None:
        """Do what a command that was killed in the middle of its commit had left to do."""
        file = self.path / NEXT
        if self.held is None or not file.exists():
            return
        with disk_errors(self.path):
            stated = self.held.manifest.get("files", {}).get(OUTCOMES)
            if checksum(file.read_bytes()) == stated:
                rename(file, self.path / OUTCOMES)
            else:
                file.unlink()

    def _held(self) -> RunFolder | None:
        if not (self.path / MANIFEST).exists():
            return None
        held = read_folder(self.path)
        refuse_other(self.path, held.manifest, self.identity)
        return held

    def commit(
        self, table: pl.DataFrame, facts: Mapping[str, Any], scenario: Mapping[str, Any]
    ) -> None:
        """Add consecutive replicates to the run; those that it has already stay as they are.
        `facts` go into the manifest.

        Raises:
            StoreError: the disk refuses, or another run took the folder meanwhile; what was there
            is as it was.
        """
        with _locked(self.path):
            self.held = self._held()
            whole = self.joined(table)
            if self.held is not None and whole.height == self.held.outcomes.height:
                return
            outcomes = parquet_bytes(whole)
            write_file(self.path / NEXT, outcomes, replace=True)
            told = self._scenario(scenario)
            rows = whole["replicate"]
            content = {
                **facts,
                "format": FORMAT,
                **asdict(self.identity),
                "replicates": [rows[0], rows[-1]],
                "files": {OUTCOMES: checksum(outcomes), SCENARIO: checksum(told)},
                "history": self._history(),
            }
            write_file(self.path / MANIFEST, seal(content), replace=True)
            rename(self.path / NEXT, self.path / OUTCOMES)
            self.held = self._held()

    def joined(self, table: pl.DataFrame) -> pl.DataFrame:
        """Return the replicates that are held and those of `table`, in order.

        Raises:
            StoreError: there would be a gap between them.
        """
        import polars as pl

        held = None if self.held is None else self.held.outcomes
        if held is None or not held.height:
            return table
        own = held["replicate"].to_list()
        new = table.filter(~pl.col("replicate").is_in(own))
        whole = pl.concat([held, new]).sort("replicate", maintain_order=True)
        first, last = int(whole["replicate"][0]), int(whole["replicate"][-1])
        if last - first + 1 != whole.height:
            raise StoreError(
                f"{self.path} holds replicates {own[0]} to {own[-1]}, which do not "
                f"join with the new ones; {WAY_OUT}"
            )
        return whole

    def clear_blocks(self) -> None:
        """Remove the blocks whose replicates are part of the run, also those that a killed command
        left; blocks beyond the run stay for the next one.
        """
        if self.held is None:
            self.held = self._held()
        if self.held is None or not self.held.outcomes.height:
            return
        last = self.held.manifest["replicates"][-1]
        self.blocks.clear(lambda table: not table.height or table["replicate"].max() <= last)

    def _scenario(self, scenario: Mapping[str, Any]) -> bytes:
        """Return the file of the resolved scenario: the one that is there, or a new one."""
        if self.held is not None:
            return (self.path / SCENARIO).read_bytes()
        told = (json_text(scenario, sort_keys=True) + "\n").encode()
        write_file(self.path / SCENARIO, told, replace=True)
        return told

    def _history(self) -> list[dict[str, Any]]:
        if self.held is None:
            return []
        manifest = self.held.manifest
        last = {
            key: manifest.get(key)
            for key in ("replicates", "command", "started", "ended", "seconds")
        }
        return [*manifest.get("history", []), last]


def refuse_other(path: Path, manifest: Mapping[str, Any], identity: Identity) -> None:
    """Refuse a folder that holds another run.

    Raises:
        StoreError: says in what it differs, and the way out.
    """
    about = f"({manifest['title']!r}, digest {manifest['scenario_digest'][:12]})"
    if (manifest["scenario_digest"], manifest["entropy"]) != (
        identity.scenario_digest,
        identity.entropy,
    ):
        raise StoreError(f"{path} holds a run of another scenario or entropy {about}; {WAY_OUT}")
    if manifest["register_digest"] != identity.register_digest:
        raise StoreError(f"{path} holds a run on another register of tables {about}; {WAY_OUT}")
    made_by = manifest.get("made_by", f"model {manifest['model_digest'][:12]}")
    if made_by != identity.made_by:
        raise StoreError(
            f"{path} holds a run of other code or libraries, whose replicates are not mixed with "
            "new ones\n"
            f"  there: {made_by}\n  here:  {identity.made_by}\n{WAY_OUT}"
        )


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Let one process at a time commit; where the system or the disk knows no locks, the last
    commit of equal length wins.
    """
    number = _lock(path)
    try:
        yield
    finally:
        if number is not None:
            os.close(number)


def _lock(path: Path) -> int | None:
    """Return the folder, open and locked until it is closed (also by a kill)."""
    try:
        import fcntl

        number = os.open(path, os.O_RDONLY)
        fcntl.flock(number, fcntl.LOCK_EX)
    except (ImportError, OSError):
        return None
    return number
