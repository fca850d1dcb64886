"""Shards: finished pieces of a study, each a Parquet file written whole, never changed, and checked
whenever it is read.

A shard's name is `<key>-<checksum>.parquet`: what it is the result of, and the checksum of its
bytes. A file whose bytes have another checksum does not count as finished; it is named in `damaged`
and computed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from sim.disk.sealed import checksum, digest_of
from sim.disk.write import disk_errors, write_file
from sim.errors import DamageError
from sim.storage.table import stacked

if TYPE_CHECKING:
    import polars as pl

FORMAT = 3


def shard_key(
    scenario: str, point: Mapping[str, Any], entropy: int, block: range, made_by: str
) -> str:
    """Return the key of a shard: a digest of all that its content follows from. made_by: code,
    parts and libraries.
    """
    return digest_of([FORMAT, scenario, dict(point), entropy, block.start, block.stop, made_by])


class Keep(Protocol):
    """Where finished shards are kept."""

    def has(self, key: str) -> bool:
        """Return whether a shard is finished and whole."""

    def put(self, key: str, content: bytes) -> None:
        """Keep a shard."""

    def content(self, key: str) -> bytes:
        """Return a shard."""


class InMemory:
    """Shards of a study that is not stored."""

    def __init__(self) -> None:
        self._held: dict[str, bytes] = {}

    def has(self, key: str) -> bool:
        """Return whether a shard is finished."""
        return key in self._held

    def put(self, key: str, content: bytes) -> None:
        """Keep a shard."""
        self._held[key] = content

    def content(self, key: str) -> bytes:
        """Return a shard."""
        return self._held[key]


class Shards:
    """A folder of shards.

    damaged: files that were found to be other than they were written, in the order in which they
    were met.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.damaged: list[Path] = []
        self._whole: dict[str, Path] = {}

    def has(self, key: str) -> bool:
        """Return whether a shard is finished and whole; reads it the first time."""
        if key not in self._whole:
            for file in self._files(key):
                if _read(file) is not None:
                    self._whole[key] = file
                    break
                self.damaged.append(file)
        return key in self._whole

    def put(self, key: str, content: bytes) -> None:
        """Write a shard; damaged files of the same key go.

        Raises:
            StoreError: the disk is full or the folder read-only; finished shards stay.
        """
        file = self.folder / key[:2] / f"{key}-{checksum(content)}.parquet"
        write_file(file, content, replace=True)
        self._whole[key] = file
        with disk_errors(file.parent):
            for other in self._files(key):
                if other != file:
                    other.unlink(missing_ok=True)

    def file(self, key: str) -> Path:
        """Return where a finished shard lies.

        Raises:
            DamageError: it is not there, or not whole.
        """
        if not self.has(key):
            raise DamageError(
                f"no whole shard {key} in {self.folder}; run again: what is missing "
                "is computed anew"
            )
        return self._whole[key]

    def content(self, key: str) -> bytes:
        """Return the bytes of a shard, checked.

        Raises:
            DamageError: it is not whole; run again, and it is computed anew.
        """
        file = self.file(key)
        found = _read(file)
        if found is None:
            raise DamageError(
                f"{file} is damaged; run again: it is computed anew, and whole shards are kept"
            )
        return found

    def read(self, keys: Sequence[str], columns: Sequence[str] | None = None) -> pl.DataFrame:
        """Return these columns of shards, in the order of `keys`.

        Raises:
            DamageError: a file is damaged; names it.
        """
        return stacked([self.content(key) for key in keys], columns)

    def clear(self, done: Callable[[pl.DataFrame], bool]) -> None:
        """Remove the shards whose tables have been put elsewhere, damaged ones, and folders that
        are empty then.
        """
        with disk_errors(self.folder):
            for file in self.folder.glob("*/*.parquet"):
                content = _read(file)
                if content is None or done(stacked([content])):
                    file.unlink(missing_ok=True)
            for folder in [*self.folder.glob("*"), self.folder]:
                if folder.is_dir() and not any(folder.iterdir()):
                    folder.rmdir()
        self._whole.clear()

    def _files(self, key: str) -> list[Path]:
        return sorted((self.folder / key[:2]).glob(f"{key}-*.parquet"))


def _read(file: Path) -> bytes | None:
    """Return the bytes of a shard, None where they are not those that its name states."""
    try:
        content = file.read_bytes()
    except OSError:
        return None
    return content if file.stem.rpartition("-")[2] == checksum(content) else None
