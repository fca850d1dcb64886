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
from tests.support.sweeps import POINTS, quick, shards, table_bytes

pytest.importorskip("distributed")
ROOT = Path(__file__).parents[3]
Start = Callable[[Path], "subprocess.Popen[bytes]"]


def address_in(file: Path) -> str:
    """Return the scheduler's address, once it has written its file."""
    try:
        return str(json.loads(file.read_text())["address"])
    except (OSError, ValueError):
        return ""


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
    while not (address := address_in(file)) and time.monotonic() < deadline:
        time.sleep(0.05)
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
    other = other_code(tmp_path / "other")
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


def other_code(folder: Path) -> Path:
    """Return a copy of the code with a remark added."""
    shutil.copytree(ROOT / "sim", folder / "sim", ignore=shutil.ignore_patterns("__pycache__"))
    changed = folder / "sim" / "models" / "quick_count" / "ratio.py"
    changed.write_text(changed.read_text() + "\n# another version\n")
    return folder


@pytest.mark.slow
def test_a_late_worker_with_other_code_is_sent_away_and_named_and_the_sweep_goes_on(
    tmp_path: Path, cluster: tuple[str, Start]
) -> None:
    address, worker = cluster
    other, late = other_code(tmp_path / "other"), []
    worker(ROOT)
    wait_for_workers(address, 1)

    def join(progress: object) -> None:
        if not late:
            late.append(worker(other))
            wait_for_workers(address, 2)

    with dask_pool(address) as pool:
        done = quick(tmp_path / "store", executor=pool, replicates=200, watch=join)

    assert (len(done.dropped), done.computed) == (1, POINTS * 10)
    assert done.dropped[0].startswith("tcp://127.0.0.1")


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root can be somebody else")
def test_no_other_user_of_the_machine_reaches_a_local_cluster() -> None:
    code = (
        "import sys, os, distributed; os.setuid(65534)\n"
        "try:\n    client = distributed.Client(sys.argv[1], timeout=4)\n"
        "except Exception as error:\n    print('refused')\n"
        "else:\n    print(client.run(os.getuid))\n"
    )
    with dask_pool("local", 1) as pool:
        client = pool.executor._client  # type: ignore[union-attr]
        port = client.scheduler.address.rpartition(":")[2]
        tried = [
            subprocess.run(
                [sys.executable, "-c", code, f"{kind}://127.0.0.1:{port}"],
                capture_output=True,
                text=True,
                cwd="/",
            ).stdout
            for kind in ("tcp", "tls")
        ]
        listening = client.run_on_scheduler(ports)

    assert tried == ["refused\n"] * 2
    assert listening == []


def ports(dask_scheduler: object) -> list[int]:
    """Return the ports of pages that the scheduler still serves."""
    import socket

    server = dask_scheduler.http_server  # type: ignore[attr-defined]
    open_ports = [sock.getsockname()[1] for sock in server._sockets.values() if sock.fileno() >= 0]
    return [port for port in open_ports if socket.socket().connect_ex(("127.0.0.1", port)) == 0]
