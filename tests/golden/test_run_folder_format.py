"""A tiny run folder of format 1 stays readable for ever.

It is never written again: a new format gets a folder of its own.
"""

from __future__ import annotations

from pathlib import Path

from sim.storage.folder import read_folder

FOLDER = Path(__file__).parent / "run_format_1"


def test_the_first_format_can_be_read() -> None:
    run = read_folder(FOLDER)

    assert run.manifest["format"] == 1
    assert run.outcomes["replicate"].to_list() == [0, 1]
    assert run.scenario["scenario"]["quick_count"]["n"] == 90
