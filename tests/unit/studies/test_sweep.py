from __future__ import annotations

import contextlib
import errno
from pathlib import Path

import pytest

from sim.errors import DamageError, FormatError, InputError, ReplicatesFailed, StoreError
from sim.records.results.summary import Progress
from sim.replicate import replicate as replicate_module
from sim.rng import generator
from sim.storage.store import Store
from sim.studies.sweeps.design import asymptotic_half_width
from tests.faults.disk import failing, refuse
from tests.support.sweeps import POINTS, REPLICATES, quick, shards, table_bytes


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("reference")
    return table_bytes(quick(folder), folder)


def test_a_table_has_one_row_a_point_and_replicate_in_order(tmp_path: Path) -> None:
    table = quick(tmp_path, axes={"night.exit_cost": [0.3, 0.72]}, replicates=3).table()

    assert table.columns[:4] == ["point", "night.exit_cost", "replicate", "set"]
    assert table.select("point", "night.exit_cost", "replicate").rows() == [
        (0, 0.3, 0),
        (0, 0.3, 1),
        (0, 0.3, 2),
        (1, 0.72, 0),
        (1, 0.72, 1),
        (1, 0.72, 2),
    ]


def test_a_sweep_run_again_computes_nothing(tmp_path: Path) -> None:
    first, second = quick(tmp_path), quick(tmp_path)

    assert [(run.computed, run.skipped) for run in (first, second)] == [(8, 0), (0, 8)]


def test_growing_adds_shards_and_never_recomputes(tmp_path: Path, reference: bytes) -> None:
    quick(tmp_path, replicates=20)
    with pytest.raises(InputError, match="--grow"):
        quick(tmp_path)
    grown = quick(tmp_path, grow=True)

    assert (grown.computed, grown.skipped) == (4, 4)
    assert table_bytes(grown, tmp_path) == reference


def test_fewer_replicates_than_are_there_are_found_there(tmp_path: Path) -> None:
    quick(tmp_path, replicates=40)
    fewer = quick(tmp_path, replicates=20)

    assert (fewer.computed, fewer.skipped, fewer.table().height) == (0, 4, 80)


def test_two_processes_give_the_same_bytes(tmp_path: Path, reference: bytes) -> None:
    assert table_bytes(quick(tmp_path, jobs=2), tmp_path) == reference


def test_a_full_disk_at_any_write_loses_nothing_that_was_finished(
    tmp_path: Path, reference: bytes
) -> None:
    store, kept, failures = tmp_path / "store", [0], 0
    for at in range(3, 60, 6):  # each run gets a little further
        with failing(at, refuse(errno.ENOSPC)), contextlib.suppress(StoreError):
            quick(store)
            failures -= 1
        failures += 1
        kept.append(shards(store))

    assert (kept, failures > 3) == (sorted(kept), True)
    assert table_bytes(quick(store), tmp_path) == reference


def test_a_folder_that_cannot_be_written_is_refused_before_computing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[object] = []
    monkeypatch.setattr("sim.workers.blocks.run_block", lambda *args: played.append(args))

    with (
        failing(1, refuse(errno.EROFS)),
        pytest.raises(StoreError, match="Read-only file system; choose another folder"),
    ):
        quick(tmp_path / "store")
    assert played == []


def test_a_failed_replicate_is_a_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = replicate_module.play

    def play(case: object, entropy: int, replicate: int, names: object) -> object:
        if replicate == 2:
            raise ValueError("planted")
        return real(case, entropy, replicate)  # type: ignore[arg-type]

    monkeypatch.setattr(replicate_module, "play", play)
    with pytest.warns(
        ReplicatesFailed,
        match="1 of 4 replicates failed, first point 0, replicate 2: ValueError: planted",
    ):
        done = quick(tmp_path, axes={}, replicates=4)

    assert [(point, number, error.split(" (")[0]) for point, number, error in done.failures] == [
        (0, 2, "ValueError: planted")
    ]
    assert done.table().height == 4
    table, failed = next(done.of_points(["contested"]))
    assert (table["replicate"].to_list(), failed) == ([0, 1, 3], 1)
    assert [(line.n, line.missing, line.failed) for line in done.summary(["contested"])[0][2]] == [
        (3, 0, 1)
    ]


def test_until_stops_each_point_when_it_is_precise_and_not_before(tmp_path: Path) -> None:
    done = quick(
        tmp_path, axes={"night.exit_cost": [0.3]}, replicates=400, until=("lead_true_share", 0.2)
    )
    n = done.table().height

    sd = float(done.table()["lead_true_share"].std())  # type: ignore[arg-type]
    assert n % 20 == 0
    assert asymptotic_half_width(n, sd, 0.05) <= 0.2


def test_points_with_equal_values_are_computed_once(tmp_path: Path) -> None:
    done = quick(tmp_path, axes={"night.exit_cost": [0.3, 0.72, 0.3]}, replicates=2)

    assert (done.computed, done.skipped) == (2, 1)
    assert done.table()["point"].to_list() == [0, 0, 1, 1, 2, 2]


def test_until_refuses_a_category(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not 'vote_winner'"):
        quick(tmp_path, until=("vote_winner", 0.1))


def test_looking_after_every_block_keeps_the_stated_error_rate() -> None:
    outside = 0
    for trial in range(400):
        x = (generator(7, "looks", trial).random(400) < 0.3).astype(float)
        looks = range(20, 401, 20)
        shares = [(n, (x[:n].sum() + 1) / (n + 2)) for n in looks]
        widths = [asymptotic_half_width(n, (p * (1 - p)) ** 0.5, 0.05) for n, p in shares]
        outside += any(
            abs(x[:n].mean() - 0.3) > width for (n, _), width in zip(shares, widths, strict=True)
        )

    assert outside <= 0.05 * 400


def test_a_scenario_can_be_an_axis(tmp_path: Path) -> None:
    axes = {"scenario": ["honest_count", "venezuela-2024"], "night.exit_cost": [0.3, 0.5]}
    table = quick(tmp_path, axes=axes, replicates=2).table()

    assert table.select("scenario", "night.exit_cost").unique(maintain_order=True).rows() == [
        ("honest_count", 0.3),
        ("honest_count", 0.5),
        ("venezuela-2024", 0.3),
        ("venezuela-2024", 0.5),
    ]


def test_a_point_that_is_refused_is_named_before_anything_runs(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"point 1 of the design is refused: support\.family_weight: 1\.5 is above"
    ):
        quick(tmp_path, axes={"support.family_weight": [0.5, 1.5]})
    assert shards(tmp_path) == 0


def test_a_store_of_another_format_is_refused(tmp_path: Path) -> None:
    (tmp_path / "format.json").write_text('{"format": 99}')

    with pytest.raises(FormatError, match="store of format 99"):
        Store(tmp_path)


def test_a_damaged_shard_is_named(tmp_path: Path) -> None:
    done = quick(tmp_path, axes={}, replicates=2)
    file = done.store.shards.file(done.shards[0][1])
    file.write_bytes(b"PAR1 broken")

    with pytest.raises(DamageError, match=rf"{file.name} is damaged; run again"):
        done.summary()


def test_a_damaged_shard_is_named_and_computed_again(tmp_path: Path, reference: bytes) -> None:
    done = quick(tmp_path)
    file = done.store.shards.file(done.shards[0][1])
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    again = quick(tmp_path)

    assert ([path.name for path in again.store.damaged], again.computed) == ([file.name], 1)
    assert table_bytes(again, tmp_path) == reference


def test_other_libraries_never_meet_old_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick(tmp_path, replicates=2)
    monkeypatch.setattr("sim.workers.fingerprint.libraries", lambda: "numpy 99")
    again = quick(tmp_path, replicates=2)

    assert (again.computed, len(again.others), "numpy 99" in again.others[0]) == (POINTS, 1, False)


def test_an_own_part_never_meets_results_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sim.actors.register import ROLES

    quick(tmp_path, replicates=2)
    make = ROLES["incumbent"]
    monkeypatch.setitem(ROLES, "incumbent", lambda parameters, key: make(parameters, key))

    assert quick(tmp_path, replicates=2).computed == POINTS


def test_progress_counts_what_was_found_there(tmp_path: Path) -> None:
    quick(tmp_path, replicates=20)
    seen: list[Progress] = []
    quick(tmp_path, grow=True, watch=seen.append)

    assert (seen[0].done, seen[0].total) == (20, POINTS * REPLICATES)
    assert (seen[-1].done, seen[-1].seconds_left) == (POINTS * REPLICATES, 0.0)


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    quick(tmp_path)

    assert [path.name for path in tmp_path.rglob("*") if path.name.startswith(".")] == []


def test_a_folder_that_holds_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(StoreError, match=r"holds something else \('letters\.txt'\)"):
        quick(tmp_path)

    assert [entry.name for entry in tmp_path.iterdir()] == ["letters.txt"]
