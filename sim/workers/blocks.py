"""What a worker computes: one block of replicates of a case at a design point."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.errors import StoreError
from sim.records.outcome import Outcome
from sim.replicate.build import Case, case_at
from sim.replicate.replicate import run_block
from sim.workers.fingerprint import fingerprint


class OtherCodeError(StoreError):
    """This worker runs other code, other parts or other libraries than the owner of the study."""


def refuse_other_code(expected: str) -> None:
    """Refuse to compute for a study that other code owns.

    Raises:
        OtherCodeError: says what runs here and there, and what to do.
    """
    here = fingerprint()
    if here != expected:
        raise OtherCodeError(
            f"this worker runs {here}, the study {expected}; install the same version and "
            "libraries there. "
            "Parts of your own must be registered where workers import them; or compute with "
            "--jobs 1 (jobs=1)"
        )


def block_of(
    case: Case, point: Mapping[str, Any], entropy: int, block: range, expected: str
) -> list[Outcome]:
    """Compute one block.

    Raises:
        OtherCodeError: see `refuse_other_code`.
    """
    refuse_other_code(expected)
    return run_block(case_at(case, point), entropy, block)
