"""`sim.export`: one replicate as files for observers' own tools."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.fieldwork.export import replicate_parts
from sim.output.evidence_folder import write_evidence
from sim.output.export import export as write


def export(
    scenario: str | Path,
    out: Path | str,
    *,
    replicate: int = 0,
    hour: float = 72.0,
    entropy: int | None = None,
    overrides: Sequence[str] = (),
) -> tuple[Path, ...]:
    """Write truth, claim and evidence of one simulated election; return the files.

    hour: the evidence as of so many hours after closing.

    Raises:
        InputError: the scenario is wrong, or no election was held in this replicate.
        StoreError: the folder cannot be written.
    """
    folder = Path(out)
    part = replicate_parts(scenario, replicate, hour=hour, entropy=entropy, overrides=overrides)
    main = write(
        part.evidence,
        part.truth,
        part.claim,
        part.register,
        folder,
        part.election_date,
        part.opening_minute,
        part.hours,
        part.utc_offset_hours,
    )
    return (*main, *write_evidence(part.evidence, folder / "evidence"))
