"""Flip one bit of a stored file, read everything back, and see whether other data come out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np

import sim
from sim.errors import SimError
from sim.fieldwork.export import replicate_parts
from sim.files.evidence_folder import read_evidence
from sim.output.files.export_folder import write_export
from sim.power.power_study import asked_for, power
from sim.power.study_folder import StudyFolder
from sim.power.worlds import EVIDENCE
from sim.storage.folder import read_folder
from sim.storage.shards import Shards
from sim.storage.store import Store
from tests.support.sweeps import quick

SAME, NAMED, OTHER, TRACEBACK = "no change", "named", "other data", "traceback"


@dataclass(frozen=True)
class Kind:
    """A kind of stored folder: how one is made, all that is read back from it, and which files
    that are.
    """

    make: Callable[[Path], object]
    read: Callable[[Path], object]
    files: str = "**/*"


def read_store(folder: Path) -> object:
    """Return all of a store; what is damaged is named by its absence, and computed again."""
    store = Store(folder)
    notes = [store.study(file.stem) for file in sorted((folder / "studies").glob("*.json"))]
    return [notes, read_shards(folder / "shards", store.shards), len(store.damaged)]


def read_shards(folder: Path, shards: Shards | None = None) -> object:
    """Return the whole shards of a folder by key."""
    shards = shards or Shards(folder)
    keys = sorted(file.stem.split("-")[0] for file in folder.glob("*/*.parquet"))
    return [(key, shards.content(key) if shards.has(key) else None) for key in keys]


def read_power(folder: Path) -> object:
    """Return the note and the shards of a power study, by running it again."""
    asked = asked_for(("fabricated_totals",), ("rounded_percentages",))
    opened = StudyFolder(folder, sim.load("bellmar"), 5, [repr(asked), repr(EVIDENCE)])
    return read_shards(folder / "blocks", opened.shards)


def make_power(folder: Path) -> object:
    asked = asked_for(("fabricated_totals",), ("rounded_percentages",))
    return power("bellmar", folder, replicates=2, entropy=5, asked=asked, jobs=1)


def read_run(folder: Path) -> object:
    run = read_folder(folder)
    return [run.outcomes.to_dict(as_series=False), run.scenario, run.manifest]


KINDS = {
    "run": Kind(lambda folder: sim.run("bellmar", replicates=3, jobs=1, folder=folder), read_run),
    "store": Kind(lambda folder: quick(folder, replicates=3), read_store),
    "power": Kind(make_power, read_power, "blocks/**/*"),
    "evidence": Kind(
        lambda folder: write_export(replicate_parts("bellmar", 3), folder),
        lambda folder: read_evidence(folder / "evidence"),
        "evidence/*",
    ),
}


def flips(folder: Path, times: int, seed: int = 1) -> Iterator[tuple[str, str, str]]:
    """Yield (kind, file, what came of it) of `times` flips, spread over kinds, files and bits."""
    luck = random.Random(seed)
    whole = {}
    for name, kind in KINDS.items():
        kind.make(folder / name)
        whole[name] = kind.read(folder / name)
    for number in range(times):
        name = list(KINDS)[number % len(KINDS)]
        place = folder / name
        file = luck.choice([f for f in sorted(place.glob(KINDS[name].files)) if f.is_file()])
        kept = file.read_bytes()
        content = bytearray(kept)
        content[luck.randrange(len(content))] ^= 1 << luck.randrange(8)
        file.write_bytes(content)
        yield name, file.name, came_of(KINDS[name], place, whole[name])
        file.write_bytes(kept)


def came_of(kind: Kind, place: Path, whole: object) -> str:
    """Return what reading a folder brings, beside what it held."""
    try:
        found = kind.read(place)
    except SimError:
        return NAMED
    except BaseException as error:  # noqa: BLE001 - a panic of a library is one, too
        return f"{TRACEBACK}: {error!r}"[:200]
    if same(found, whole):
        return SAME
    return NAMED if named(found, whole) else OTHER


def named(found: object, whole: object) -> bool:
    """Return whether all that differs is absent, and so is computed again."""
    if found is None:
        return True
    if isinstance(found, list | tuple) and isinstance(whole, list | tuple):
        return len(found) == len(whole) and all(map(named, found, whole))
    return same(found, whole) or isinstance(whole, int)


def same(a: Any, b: Any) -> bool:
    """Return whether two results of reading are equal, arrays and NaN included."""
    if isinstance(a, np.ndarray):
        return isinstance(b, np.ndarray) and np.array_equal(a, b, equal_nan=a.dtype.kind == "f")
    if is_dataclass(a) and not isinstance(a, type):
        return type(a) is type(b) and all(
            same(getattr(a, field.name), getattr(b, field.name)) for field in fields(a)
        )
    if isinstance(a, list | tuple):
        return isinstance(b, list | tuple) and len(a) == len(b) and all(map(same, a, b))
    return bool(a == b)
