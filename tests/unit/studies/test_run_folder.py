"""The run folder: written atomically, never over another run, readable, and clear about what is
wrong with it.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
from pathlib import Path

import polars as pl
import pytest

import sim
from sim.disk.sealed import checksum
from sim.errors import DamageError, FormatError, InputError, SimError, StoreError
from sim.records.results.summary import Progress
from sim.storage.folder import read_folder
from sim.storage.table import parquet_bytes
from sim.studies.running.result import Run
from tests.faults.disk import failing, refuse

FORMAT_1 = Path(__file__).parents[2] / "golden" / "run_format_1"


@pytest.fixture(scope="module")
def run() -> Run:
    return sim.run("bellmar", replicates=3, jobs=1)


def test_a_saved_run_reads_back(run: Run, tmp_path: Path) -> None:
    folder = read_folder(run.save(tmp_path / "run"))

    assert folder.outcomes.equals(run.table())
    assert folder.manifest["scenario_digest"] == run.resolved.digest
    assert folder.scenario["provenance"]["support.family_weight"]["source"] == "assumption"


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
        (path / "manifest.json").read_text().replace('"format": 3', '"format": 99')
    )

    with pytest.raises(FormatError, match=r"format 99.*reads format 3"):
        read_folder(path)


@pytest.mark.parametrize("damage", ["", "{", "[]", "[" * 100_000, '{"format": 2}'])
def test_a_broken_manifest_is_named(run: Run, tmp_path: Path, damage: str) -> None:
    path = run.save(tmp_path / "run")
    (path / "manifest.json").write_text(damage)

    with pytest.raises(SimError, match=r"manifest\.json"):
        read_folder(path)


@pytest.mark.parametrize(
    "key", ["title", "entropy", "scenario_digest", "replicates", "register_digest"]
)
@pytest.mark.parametrize("value", [None, 1.5, "x", [3], {}])
def test_an_edited_manifest_of_format_1_is_named(tmp_path: Path, key: str, value: object) -> None:
    path = Path(shutil.copytree(FORMAT_1, tmp_path / "run"))
    manifest = json.loads((path / "manifest.json").read_text())
    (path / "manifest.json").write_text(json.dumps({**manifest, key: value}))

    try:
        read_folder(path)
    except DamageError as error:
        assert key in str(error) or "replicates" in str(error)  # noqa: PT017
    else:
        assert isinstance(value, str)


def test_rows_that_the_manifest_does_not_state_are_refused(run: Run, tmp_path: Path) -> None:
    path = run.save(tmp_path / "run")
    (path / "outcomes.parquet").write_bytes(parquet_bytes(run.table().head(2)))

    with pytest.raises(DamageError, match=r"outcomes\.parquet is not what was written"):
        read_folder(path)


def held(folder: Path) -> pl.DataFrame:
    return read_folder(folder / "run").outcomes


def test_a_run_extends_and_never_shrinks(tmp_path: Path) -> None:
    counts = []
    for replicates in (2, 5, 3):
        done = sim.run("bellmar", replicates=replicates, jobs=1, folder=tmp_path / "run")
        counts.append(
            (done.rows.height, done.computed, read_folder(tmp_path / "run").outcomes.height)
        )

    assert counts == [(2, 2, 2), (5, 3, 5), (3, 0, 5)]
    assert read_folder(tmp_path / "run").outcomes.equals(
        sim.run("bellmar", replicates=5, jobs=1).rows
    )


def test_an_interrupted_run_keeps_its_blocks_and_the_finished_run(tmp_path: Path) -> None:
    def stop(progress: Progress) -> None:
        if progress.done >= 25:
            raise KeyboardInterrupt

    sim.run("bellmar", replicates=3, jobs=1, folder=tmp_path / "run")
    cut = sim.run("bellmar", replicates=63, jobs=1, folder=tmp_path / "run", watch=stop)

    assert (cut.interrupted, cut.computed, read_folder(tmp_path / "run").outcomes.height) == (
        True,
        40,
        43,
    )


def test_a_run_of_other_code_is_refused_and_replaced_only_on_request(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sim.run("bellmar", replicates=3, jobs=1, folder=tmp_path / "run")
    monkeypatch.setattr("sim.workers.fingerprint.libraries", lambda: "numpy 99")
    with pytest.raises(StoreError, match=r"other code or libraries(.|\n)*numpy 99(.|\n)*--replace"):
        sim.run("bellmar", replicates=4, jobs=1, folder=tmp_path / "run")

    assert read_folder(tmp_path / "run").outcomes.height == 3
    sim.run("bellmar", replicates=2, jobs=1, folder=tmp_path / "run", replace=True)
    assert (
        read_folder(tmp_path / "run").outcomes.height,
        [p.name for p in tmp_path.iterdir()],
    ) == (2, ["run"])


def test_replicates_that_do_not_join_are_refused(tmp_path: Path) -> None:
    sim.run("bellmar", replicates=3, jobs=1, folder=tmp_path / "run")

    with pytest.raises(StoreError, match="holds replicates 0 to 2"):
        sim.run("bellmar", replicates=3, first=7, jobs=1, folder=tmp_path / "run")


@pytest.mark.parametrize("replicates", [0, -1, 10**6 + 1, 10**30])
def test_the_most_replicates_are_stated(replicates: int) -> None:
    with pytest.raises(InputError, match="from 1 to 1,000,000"):
        sim.run("bellmar", replicates=replicates)


def test_a_folder_with_other_files_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(StoreError, match="not empty"):
        run.save(tmp_path)


@pytest.mark.parametrize("at", range(12))
def test_a_full_disk_at_any_step_leaves_the_run_as_it_was(
    run: Run, tmp_path: Path, at: int
) -> None:
    path = run.save(tmp_path / "run")
    before = read_folder(path)
    with failing(at, refuse(errno.ENOSPC)), contextlib.suppress(StoreError):
        sim.run("bellmar", replicates=4, jobs=1, folder=path)

    after = read_folder(path)
    assert after.outcomes.head(3).equals(before.outcomes)
    assert [name for name in os.listdir(path) if name.endswith(".tmp")] == []


def test_the_summary_gives_every_figure_its_monte_carlo_error(run: Run) -> None:
    lines = [line for line in run.summary() if line.n]

    assert [line.outcome for line in lines if line.monte_carlo_error is None] == []
    assert {line.group for line in lines} == {"negotiation", "election", "monitoring", "aftermath"}


def test_blocks_that_a_killed_command_left_go_when_the_run_holds_them(tmp_path: Path) -> None:
    sim.run("bellmar", replicates=3, jobs=1, folder=tmp_path / "run")
    content = parquet_bytes(held(tmp_path))
    left = tmp_path / "run" / "blocks" / "ab" / f"abc-{checksum(content)}.parquet"
    left.parent.mkdir(parents=True)
    left.write_bytes(content)
    sim.run("bellmar", replicates=3, jobs=1, folder=tmp_path / "run")

    assert sorted(os.listdir(tmp_path / "run")) == [
        "manifest.json",
        "outcomes.parquet",
        "scenario.json",
    ]
