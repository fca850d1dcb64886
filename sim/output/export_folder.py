"""Write an export whole: truth and claim beside the evidence, which lies in a folder of its own
that `sim assess` reads.
"""

from __future__ import annotations

from pathlib import Path

from sim.disk.write import refuse_used_folder, write_folder
from sim.fieldwork.export import Exported
from sim.files.evidence_folder import NAMES
from sim.output.evidence_folder import evidence_files
from sim.output.export import export_files

EVIDENCE = "evidence"
FILES = (
    "README.md",
    "truth.csv",
    "claim.csv",
    "frame.csv",
    "sheets.csv",
    "quick_count.csv",
    "quick_count_form.csv",
    "incidents.csv",
)
KNOWN = (*FILES, EVIDENCE, *(f"{EVIDENCE}/{name}" for name in NAMES))


def check_export(folder: Path, *, replace: bool = False) -> None:
    """Refuse, before anything is computed, a folder that may not be written.

    Raises:
        StoreError: it is in use, or (with `replace`) holds anything else than an export.
    """
    refuse_used_folder(folder, known=KNOWN.__contains__, replace=replace)


def write_export(part: Exported, folder: Path, *, replace: bool = False) -> tuple[Path, ...]:
    """Write the export of one replicate and return the paths of its files.

    Raises:
        StoreError: as `check_export`, or the disk refuses; what was there is as it was.
    """
    main = export_files(
        part.evidence,
        part.truth,
        part.claim,
        part.register,
        part.election_date,
        part.opening_minute,
        part.hours,
        part.utc_offset_hours,
    )
    files: dict[str, bytes | str] = {
        **main,
        **{f"{EVIDENCE}/{name}": text for name, text in evidence_files(part.evidence).items()},
    }
    write_folder(folder, files, known=KNOWN.__contains__, replace=replace)
    return tuple(folder / name for name in files)
