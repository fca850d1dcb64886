"""The run folder: written atomically, never over another run, readable, and clear about what is
wrong with it.
"""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

import sim
from sim.errors import FormatError, InputError, StoreError
from sim.storage.folder import read_folder
from sim.studies.run import Run


@pytest.fixture(scope="module")
def run() -> Run:
    return sim.run("bellmar", replicates=3, jobs=1)


def test_a_saved_run_reads_back(run: Run, tmp_path: Path) -> None:
    folder = read_folder(run.save(tmp_path / "run"))

    assert folder.outcomes.equals(run.table())
    assert folder.manifest["scenario_digest"] == run.resolved.digest
    assert folder.scenario["provenance"]["support.w_gov"]["source"] == "assumption"


def test_the_manifest_says_what_made_the_run(run: Run, tmp_path: Path) -> None:
    manifest = json.loads((run.save(tmp_path / "run") / "manifest.json").read_text())

    assert set(manifest) >= {
        "scenario_digest",
        "entropy",
        "code_version",
        "dirty",
        "versions",
        "command",
        "started",
        "failures",
    }
    assert set(manifest["versions"]) >= {"python", "numpy", "scipy", "simpy"}


def test_an_unknown_format_gives_one_error_that_says_what_to_do(run: Run, tmp_path: Path) -> None:
    path = run.save(tmp_path / "run")
    (path / "manifest.json").write_text(
        (path / "manifest.json").read_text().replace('"format": 1', '"format": 99')
    )

    with pytest.raises(FormatError, match=r"format 99.*reads format 1"):
        read_folder(path)


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": 1}'])
def test_a_broken_folder_is_an_input_error(run: Run, tmp_path: Path, damage: str) -> None:
    path = run.save(tmp_path / "run")
    (path / "manifest.json").write_text(damage)
    (path / "outcomes.parquet").write_bytes(b"PAR1 no")

    with pytest.raises(InputError):
        read_folder(path)


def test_a_folder_with_other_files_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(StoreError, match="not empty"):
        run.save(tmp_path)


def test_a_full_disk_leaves_no_half_written_file(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreError, match="No space left"):
        run.save(tmp_path / "run")

    assert list((tmp_path / "run").iterdir()) == []


def test_the_summary_gives_every_figure_its_monte_carlo_error(run: Run) -> None:
    lines = [line for line in run.summary() if line.n]

    assert [line.outcome for line in lines if line.monte_carlo_error is None] == []
    assert {line.group for line in lines} == {"negotiation", "election", "monitoring", "aftermath"}
