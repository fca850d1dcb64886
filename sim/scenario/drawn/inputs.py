"""Data files that a scenario names, and the digest of all that can move an outcome."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from sim.documents.merge import Leaf, Merged
from sim.errors import InputError, Problem
from sim.files.csv_rows import inside
from sim.json_text import canonical
from sim.scenario.drawn.assumptions import Assumption
from sim.scenario.schema import LABELS, Scenario
from sim.scenario.seeds.seed import Seed


def _input_leaves(merged: Merged) -> list[tuple[str, Leaf]]:
    """Return the parameters that name a data file: keys called `file` that are not empty."""
    return [
        (".".join(keys), leaves[0])
        for keys, leaves in merged.items()
        if keys[-1] == "file" and isinstance(leaves[0].value, str) and leaves[0].value
    ]


def _input_path(leaf: Leaf, seed: Seed) -> Path | None:
    """Return a data file beside the file that names it (`--set`: in the working folder), or in the
    seed; never outside.
    """
    beside = leaf.document.path.parent if leaf.document.path is not None else Path()
    for folder in (beside, seed.folder):
        try:
            return inside(folder, str(leaf.value))
        except (InputError, OSError, ValueError):
            continue
    return None


def missing_inputs(merged: Merged, seed: Seed) -> list[Problem]:
    """Return a problem for each data file that is named but not there."""
    return [
        leaf.document.problem(
            leaf.path,
            f"no file '{leaf.value[:80]}' beside this file or in the seed (nor may it lie outside)",
        )
        for _, leaf in _input_leaves(merged)
        if _input_path(leaf, seed) is None
    ]


def input_files(merged: Merged, seed: Seed) -> dict[str, Path]:
    """Return the data files by the parameter that names them."""
    found = {dotted: _input_path(leaf, seed) for dotted, leaf in _input_leaves(merged)}
    return {dotted: path for dotted, path in found.items() if path is not None}


def digest_of(
    scenario: Scenario, drawn: dict[str, Assumption], seed: Seed, inputs: dict[str, Path]
) -> str:
    """Return the digest of what can move an outcome: parameters, distributions, events and data
    files, but no labels. drawn: the assumptions that are drawn.
    """
    content = {
        "scenario": scenario.model_dump(mode="json", exclude=LABELS),
        "assumptions": {path: assumption.words() for path, assumption in drawn.items()},
        "seed": seed.data_digests,
        "inputs": {
            dotted: blake2b(path.read_bytes(), digest_size=16).hexdigest()
            for dotted, path in inputs.items()
        },
    }
    return blake2b(canonical(content), digest_size=16).hexdigest()
