"""A store of sweeps that never loses work: content-addressed shards, and what each sweep asked for.

    format.json            the format number
    shards/ab/<key>-<checksum>.parquet   outcomes of one design point and one block of replicates
    studies/<digest>.json  what a sweep asked for: design points, entropy, stages of replicates

A shard's key is a digest of scenario, point, entropy, block, code, parts and libraries; the random
numbers do not depend on the block. Two sweeps may write to one folder at the same time: a shard
that both compute has the same bytes, and the later is idle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.sealed import read_json, seal, unseal
from sim.disk.temporary import is_temporary
from sim.disk.write import disk_errors, make_folder, probe, write_file
from sim.errors import DamageError, FormatError, Problem, StoreError
from sim.storage.shards import FORMAT, Shards

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

OWN = ("shards", "studies", "format.json")
ADVICE = "choose another folder"


class Store:
    """A folder of shards.

    damaged: every stored file that was found to be other than it was written.
    """

    def __init__(self, path: Path | str) -> None:
        """Open or make the store.

        Raises:
            StoreError: the folder cannot be written, or it holds something else.
            FormatError: it was written in an unknown format.
        """
        self.path = Path(path)
        self.shards = Shards(self.path / "shards")
        self._notes: list[Path] = []
        with disk_errors(self.path, ADVICE):
            self._check_content()
            for folder in (self.path / "shards", self.path / "studies"):
                make_folder(folder)
            probe(self.path)
            self._check_format()

    @property
    def damaged(self) -> list[Path]:
        """Return the files that were found damaged: shards, which are computed again, and notes,
        which are written again.
        """
        return [*self._notes, *self.shards.damaged]

    def _check_content(self) -> None:
        """Refuse a folder of something else before anything is written there; hidden files do not
        count.
        """
        if not self.path.is_dir() or (self.path / "format.json").exists():
            return
        names = sorted(entry.name for entry in self.path.iterdir())
        strange = [
            name
            for name in names
            if name not in OWN and not name.startswith(".") and not is_temporary(name)
        ]
        if strange:
            raise StoreError(
                f"{self.path} holds something else ({strange[0]!r}); choose an empty "
                "or a new folder"
            )

    def _check_format(self) -> None:
        file = self.path / "format.json"
        if not file.exists():
            write_file(file, seal({"format": FORMAT}), replace=True)
            return
        found = read_json(file).get("format")
        if found != FORMAT:
            hint = "use the version that wrote it, or choose another folder"
            raise FormatError(
                Problem(
                    f"store of format {found!r}; this version knows {FORMAT}",
                    file=str(file),
                    hint=hint,
                )
            )
        unseal(file)

    def column(
        self, keys: Sequence[str], name: str
    ) -> tuple[NDArray[np.float64], NDArray[np.int64] | None]:
        """Return (one outcome as numbers, the set of each; None where assumptions are fixed);
        replicates that failed or lack the outcome are left out.
        """
        import polars as pl

        table = self.shards.read(keys, ["set", name]).drop_nulls(name)
        sets = None if table["set"].null_count() else table["set"].to_numpy()
        return table[name].cast(pl.Float64).to_numpy(), sets

    def read(self, keys: Sequence[str], columns: Sequence[str]) -> pl.DataFrame:
        """Return these columns of finished shards, in the order of `keys`.

        Raises:
            DamageError: a file is damaged; names it.
        """
        return self.shards.read(keys, columns)

    def note_study(self, digest: str, content: Mapping[str, Any]) -> None:
        """Write what a sweep asked for, so that it can be resumed and read without its script."""
        write_file(self.path / "studies" / f"{digest}.json", seal(dict(content)), replace=True)

    def study(self, digest: str) -> dict[str, Any] | None:
        """Return what was noted of a sweep, or None; a damaged note counts as none and is named in
        `damaged`.
        """
        file = self.path / "studies" / f"{digest}.json"
        try:
            return unseal(file)
        except FileNotFoundError:
            return None
        except DamageError:
            if file not in self._notes:
                self._notes.append(file)
            return None

    def made_by_others(self, question: str, made_by: str) -> list[str]:
        """Return which other code or libraries answered the same question in this store."""
        found = []
        for file in sorted((self.path / "studies").glob("*.json")):
            note = self.study(file.stem) or {}
            if note.get("question") == question and note.get("made_by") not in (None, made_by):
                found.append(str(note["made_by"]))
        return found
