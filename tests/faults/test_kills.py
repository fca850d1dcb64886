"""A command that is killed at any step of its writing, and run again, leaves what an undisturbed
one leaves; a full disk is one clear error.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.commands import Job, run_all
from tests.faults.kills import COMMANDS, content, kills, sheets
from tests.support.long_runs import cases

QUICK = ("new", "run")
KILLS = cases(20, 9)
LIGHT = ("sim.cli.app", "sim.studies.running.in_folder", "polars")


@pytest.mark.slow
def test_a_killed_command_run_again_leaves_what_an_undisturbed_one_leaves(tmp_path: Path) -> None:
    found = list(kills(tmp_path, QUICK, 2, modules=LIGHT))

    assert [(one.code, one.lost) for one in found] == [(-9, ())] * 2


@pytest.mark.slow
def test_kills_over_every_command_that_writes_lose_nothing(tmp_path: Path) -> None:
    found = list(kills(tmp_path, [name for name in COMMANDS if name != "power"], KILLS, seed=2))

    assert [(one.code, one.lost) for one in found] == [(-9, ())] * KILLS


@pytest.mark.parametrize(
    "name",
    [
        "new",
        pytest.param("export", marks=pytest.mark.slow),
        pytest.param("assess", marks=pytest.mark.slow),
        pytest.param("plan", marks=pytest.mark.slow),
        pytest.param("picture", marks=pytest.mark.slow),
    ],
)
def test_a_full_disk_is_one_error_and_what_was_there_stays(tmp_path: Path, name: str) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "sheets.csv").write_text(sheets())
    words, place = COMMANDS[name], str(tmp_path / "a")
    jobs = [Job(words, place), *(Job(words, place, full_at=at) for at in (0, 1, 2, 4))]
    first, *full = run_all(jobs, LIGHT)
    whole = content(tmp_path / "a")

    assert first.code == 0
    assert [(one.code, one.err.count("No space left on device")) for one in full] == [(4, 1)] * 4
    assert content(tmp_path / "a") == whole
    assert list((tmp_path / "a").rglob("*.tmp")) == []
