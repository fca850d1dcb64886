from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sim.errors import InputError, StoreError
from sim.workers.dask_cluster import dask_pool
from tests.sweeps import POINTS, quick, shards, table_bytes

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[2]
Start = Callable[[Path], "subprocess.Popen[bytes]"]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, Start]]:
    """Yield (address of a scheduler on loopback, function that starts a worker on the code of a
    folder).
    """
    file, running = tmp_path / "scheduler.json", []

    def start(module: str, code: Path, *arguments: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(code)}
        quiet = subprocess.DEVNULL
        command = [
            sys.executable,
            "-m",
            f"distributed.cli.{module}",
            "--scheduler-file",
            str(file),
            *arguments,
        ]
        running.append(
            subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=quiet, stderr=quiet)
        )
        return running[-1]

    start("dask_scheduler", ROOT, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    deadline = time.monotonic() + 60
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    address = json.loads(file.read_text())["address"]
    local = ("--host", "127.0.0.1", "--local-directory", str(tmp_path))
    worker_options = (*local, "--nthreads", "1", "--no-dashboard", "--no-nanny")
    yield address, lambda code: start("dask_worker", code, *worker_options)
    for process in reversed(running):
        process.kill()
        process.wait()


def wait_for_workers(address: str, wanted: int) -> None:
    import distributed

    with distributed.Client(address, timeout=30) as client:
        client.wait_for_workers(wanted, timeout=60)


@pytest.mark.slow
def test_a_local_dask_cluster_gives_the_bytes_of_a_serial_sweep(tmp_path: Path) -> None:
    with dask_pool("local", 2) as pool:
        there = quick(tmp_path / "dask", executor=pool)

    assert table_bytes(there, tmp_path / "a") == table_bytes(
        quick(tmp_path / "serial"), tmp_path / "b"
    )


def test_a_worker_with_other_code_is_refused_before_computing(
    tmp_path: Path, cluster: tuple[str, Start]
) -> None:
    address, worker = cluster
    other = tmp_path / "other"
    shutil.copytree(ROOT / "sim", other / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    changed = other / "sim" / "models" / "quick_count" / "ratio.py"
    changed.write_text(changed.read_text() + "\n# another version\n")
    worker(ROOT)
    worker(other)
    wait_for_workers(address, 2)

    with (
        pytest.raises(StoreError, match="1 of 2 Dask workers are refused"),
        dask_pool(address) as pool,
    ):
        quick(tmp_path / "store", executor=pool)
    assert not (tmp_path / "store").exists()


def test_a_scheduler_without_workers_is_refused(cluster: tuple[str, Start]) -> None:
    with pytest.raises(StoreError, match="no workers yet"), dask_pool(cluster[0]):
        pass


def test_an_address_that_is_none_is_refused() -> None:
    with (
        pytest.raises(InputError, match="write local, tls://host:port or tcp://host:port"),
        dask_pool("host:8786"),
    ):
        pass


@pytest.mark.slow
def test_a_dask_worker_killed_in_the_middle_changes_nothing(
    tmp_path: Path, cluster: tuple[str, Start]
) -> None:
    address, worker = cluster
    first, _ = worker(ROOT), worker(ROOT)
    wait_for_workers(address, 2)
    store, killed = tmp_path / "store", []

    def kill_once(_: object) -> None:
        if not killed and shards(store) >= 3:
            first.send_signal(signal.SIGKILL)
            killed.append(first.pid)

    with dask_pool(address) as pool:
        done = quick(store, executor=pool, replicates=200, watch=kill_once)

    assert killed == [first.pid]
    assert done.computed == POINTS * 10
    assert table_bytes(done, tmp_path / "a") == table_bytes(
        quick(tmp_path / "serial", replicates=200), tmp_path / "b"
    )
