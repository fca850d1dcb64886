"""A store of results that never loses work: content-addressed shards, each written atomically and
never changed.

    format.json            the format number
    shards/ab/<key>.parquet   outcomes of one design point and one block of replicates
    studies/<digest>.json  what a sweep asked for: design points, entropy, stages of replicates

A shard's key is a digest of scenario, point, entropy, block and model; the random numbers do not
depend on the block. Two sweeps may write to one folder at the same time: a shard that both compute
has the same bytes, and the later rename is idle.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import FormatError, Problem, StoreError
from sim.json_text import canonical
from sim.storage.folder import parquet_bytes, write_bytes, write_json
from sim.storage.table import outcomes_table

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    from sim.records.outcome import Outcome

FORMAT = 1
OWN = ("shards", "studies", "format.json")


def digest_of(content: object) -> str:
    """Return the digest of plain data in canonical JSON."""
    return blake2b(canonical(content, (",", ":")), digest_size=16).hexdigest()


def shard_key(
    scenario: str, point: Mapping[str, Any], entropy: int, block: range, model: str
) -> str:
    """Return the key of a shard."""
    return digest_of([FORMAT, scenario, dict(point), entropy, block.start, block.stop, model])


class Store:
    """A folder of shards."""

    def __init__(self, path: Path | str) -> None:
        """Open or make the store.

        Raises:
            StoreError: the folder cannot be written, or it holds something else.
            FormatError: it was written in an unknown format.
        """
        self.path = Path(path)
        self._check_content()
        try:
            (self.path / "shards").mkdir(parents=True, exist_ok=True)
            (self.path / "studies").mkdir(exist_ok=True)
            probe = self.path / f".probe.{secrets.token_hex(4)}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            raise StoreError(
                f"cannot write to {self.path}: {error.strerror or error}; choose another folder"
            ) from error
        self._check_format()

    def _check_content(self) -> None:
        """Refuse a folder of something else before anything is written there; hidden files do not
        count.
        """
        if not self.path.is_dir() or (self.path / "format.json").exists():
            return
        strange = sorted(
            entry.name
            for entry in self.path.iterdir()
            if entry.name not in OWN and not entry.name.startswith(".")
        )
        if strange:
            raise StoreError(
                f"{self.path} holds something else ({strange[0]!r}); choose an empty "
                "or a new folder"
            )

    def _check_format(self) -> None:
        file = self.path / "format.json"
        if not file.exists():
            write_json(file, {"format": FORMAT})
            return
        try:
            found = json.loads(file.read_text(encoding="utf-8"))["format"]
        except (OSError, ValueError, KeyError, TypeError):
            found = None
        if found != FORMAT:
            hint = "use the version that wrote it, or choose another folder"
            raise FormatError(
                Problem(
                    f"store of format {found!r}; this version knows {FORMAT}",
                    file=str(file),
                    hint=hint,
                )
            )

    def shard(self, key: str) -> Path:
        """Return where a shard lies or will lie."""
        return self.path / "shards" / key[:2] / f"{key}.parquet"

    def has(self, key: str) -> bool:
        """Return whether a shard is finished."""
        return self.shard(key).exists()

    def put(self, key: str, outcomes: Sequence[Outcome]) -> None:
        """Write a shard.

        Raises:
            StoreError: the disk is full or the folder read-only; finished shards stay.
        """
        file = self.shard(key)
        try:
            file.parent.mkdir(exist_ok=True)
        except OSError as error:
            raise StoreError(f"cannot write {file.parent}: {error.strerror or error}") from error
        write_bytes(file, parquet_bytes(outcomes_table(outcomes)))

    def read(self, keys: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
        """Return these columns of finished shards, in the order of `keys`.

        Raises:
            StoreError: a file is damaged; says how to have it computed again.
        """
        import polars as pl

        if not keys:
            return pl.DataFrame(schema=dict.fromkeys(columns, pl.Null))
        try:
            return pl.read_parquet([self.shard(key) for key in keys], columns=list(columns))
        except (OSError, pl.exceptions.PolarsError) as error:
            raise StoreError(
                f"a shard cannot be read ({error}); remove that file and run the sweep again"
            ) from error

    def column(self, keys: Sequence[str], name: str) -> NDArray[np.float64]:
        """Return one outcome as numbers; replicates that failed or lack it are left out."""
        import polars as pl

        found: NDArray[np.float64] = (
            self.read(keys, [name])[name].drop_nulls().cast(pl.Float64).to_numpy()
        )
        return found

    def note_study(self, digest: str, content: Mapping[str, Any]) -> None:
        """Write what a sweep asked for, so that it can be resumed and read without its script."""
        write_json(self.path / "studies" / f"{digest}.json", content)

    def study(self, digest: str) -> dict[str, Any] | None:
        """Return what was noted of a sweep, or None."""
        file = self.path / "studies" / f"{digest}.json"
        try:
            found = json.loads(file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise StoreError(
                f"{file} cannot be read ({error}); remove it and run the sweep "
                "again: shards are kept"
            ) from error
        return found if isinstance(found, dict) else None
