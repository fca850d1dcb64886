"""The folder of a power study: study.json says what it is, blocks/ holds its shards, and the table
is made of them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.sealed import digest_of, seal, unseal
from sim.disk.temporary import is_temporary
from sim.disk.write import disk_errors, make_folder, probe, write_file
from sim.errors import StoreError
from sim.storage.shards import Shards, shard_key
from sim.storage.table import parquet_bytes
from sim.workers.fingerprint import fingerprint

if TYPE_CHECKING:
    import polars as pl

    from sim.scenario.load import Resolved

FORMAT = 2
STUDY = "study.json"
NAMES = (STUDY, "blocks", "power.parquet", "power.csv", "power.png", "power.svg")
ADVICE = "choose another folder with --out"
TEXT_ONLY = ("manipulation", "intensity", "displaced", "acts_on")


class StudyFolder:
    """A power study's folder, open for writing. question: plain data that says what is asked."""

    def __init__(self, out: Path, resolved: Resolved, entropy: int, question: object) -> None:
        """Make the folder, or accept one that holds a part of this very study.

        Raises:
            StoreError: it cannot be written, or holds something else or another study.
            DamageError: its note is not what was written.
        """
        self.out, self.made_by = out, fingerprint()
        self._digest, self._entropy = digest_of([resolved.digest, question]), entropy
        self.study: dict[str, Any] = {
            "format": FORMAT,
            "title": resolved.scenario.title,
            "scenario_digest": resolved.digest,
            "entropy": hex(entropy),
            "asked": digest_of(question),
            "made_by": self.made_by,
        }
        with disk_errors(out, ADVICE):
            make_folder(out)
            probe(out)
            self._check()
        self.shards = Shards(out / "blocks")

    def _check(self) -> None:
        try:
            held = unseal(self.out / STUDY)
        except FileNotFoundError:
            names = sorted(entry.name for entry in self.out.iterdir())
            strange = [name for name in names if name != "blocks" and not is_temporary(name)]
            if strange:
                raise StoreError(
                    f"{self.out} is not empty and holds no power study ({strange[0]!r}); {ADVICE}"
                ) from None
            write_file(self.out / STUDY, seal(self.study), replace=True)
            return
        other = [key for key, value in self.study.items() if held.get(key) != value]
        if other:
            raise StoreError(
                f"{self.out} holds another power study (other {', '.join(other)}): "
                f"it is kept and not mixed with this one; {ADVICE}"
            )

    def key(self, block: range) -> str:
        """Return the key of a block's shard."""
        return shard_key(self._digest, {}, self._entropy, block, self.made_by)

    def save(self, rows: pl.DataFrame) -> None:
        """Write `power.parquet`, and what a reader needs of it, rounded, as `power.csv`."""
        import polars as pl

        rounded = rows.drop(*TEXT_ONLY).with_columns(pl.selectors.float().round(3))
        write_file(self.out / "power.parquet", parquet_bytes(rows), replace=True)
        write_file(self.out / "power.csv", rounded.write_csv(), replace=True)
