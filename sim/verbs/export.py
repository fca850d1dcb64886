"""`sim.export`: one replicate as files for observers' own tools."""

from __future__ import annotations

from pathlib import Path

from sim.fieldwork.export import replicate_parts
from sim.output.files.export_folder import check_export, write_export
from sim.scenario.keys.overrides import Overrides


def export(
    scenario: str | Path,
    out: Path | str,
    *,
    replicate: int = 0,
    hour: float = 72.0,
    entropy: int | None = None,
    overrides: Overrides = (),
    replace: bool = False,
) -> tuple[Path, ...]:
    """Write truth, claim and evidence of one simulated election; return the files.

    hour: the evidence as of so many hours after closing. replace: write an export anew that is
    there already.

    Raises:
        InputError: the scenario is wrong, or no election was held in this replicate.
        StoreError: the folder is in use or cannot be written.
    """
    folder = Path(out)
    check_export(folder, replace=replace)
    part = replicate_parts(scenario, replicate, hour=hour, entropy=entropy, overrides=overrides)
    return write_export(part, folder, replace=replace)
