from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.long_runs import cases
from tests.support.sweeps import POINTS, quick, shards, table_bytes

KILLS, MANY = cases(20, 4), cases(240, 120)

ROOT = Path(__file__).parents[2]


def start(store: Path, jobs: int, replicates: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.sweeps", str(store), str(jobs), str(replicates)],
        cwd=ROOT,
    )


def killed(store: Path, luck: random.Random, jobs: int, replicates: int) -> None:
    """Start the sweep, let it add a shard, and kill it without warning a moment later."""
    before = shards(store)
    running = start(store, jobs, replicates)
    while running.poll() is None and shards(store) == before:
        time.sleep(0.005)
    time.sleep(luck.uniform(0, 0.3))
    running.send_signal(signal.SIGKILL)
    running.wait()


def after_kills(folder: Path, kills: int, jobs: int, replicates: int) -> tuple[bool, list[int]]:
    """Return (whether the resumed table has the bytes of an uninterrupted one, [shards kept,
    skipped, computed]).
    """
    luck, store = random.Random(kills), folder / "store"
    for _ in range(kills):
        killed(store, luck, jobs, replicates)
    kept = shards(store)
    resumed = quick(store, replicates=replicates)
    whole = table_bytes(quick(folder / "whole", replicates=replicates), folder / "a")
    return table_bytes(resumed, folder / "b") == whole, [kept, resumed.skipped, resumed.computed]


def test_a_sweep_killed_twice_resumes_to_the_same_bytes_and_repeats_no_shard(
    tmp_path: Path,
) -> None:
    same, (kept, skipped, computed) = after_kills(tmp_path, 2, 1, 40)

    assert same
    assert (kept, skipped + computed) == (skipped, POINTS * 2)
    assert kept >= 2


@pytest.mark.slow
def test_a_sweep_killed_many_times_resumes_to_the_same_bytes_and_repeats_no_shard(
    tmp_path: Path,
) -> None:
    same, (kept, skipped, computed) = after_kills(tmp_path, KILLS, 2, MANY)

    assert same
    assert (kept, skipped + computed) == (skipped, POINTS * MANY // 20)
    assert kept >= KILLS


def test_two_sweeps_share_a_folder_at_the_same_time(tmp_path: Path) -> None:
    both = [start(tmp_path / "store", 1, 40) for _ in range(2)]
    assert [running.wait(timeout=120) for running in both] == [0, 0]
    done = quick(tmp_path / "store", replicates=40)

    assert (done.computed, done.skipped) == (0, POINTS * 2)
