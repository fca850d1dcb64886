"""Dask as the engine beyond one machine: an existing scheduler, or one on this machine that only
this machine can reach.

Every worker's fingerprint (source of the model, numpy, scipy, simpy) is asked before anything is
computed, and again with each shard, so that a worker that joins late is refused too. The case is
sent to each worker once.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from sim.errors import InputError, StoreError
from sim.storage.version import fingerprint
from sim.workers.executors import Pool, cores

LOCAL = "local"
LOOPBACK = "127.0.0.1"
PROTOCOLS = ("tls://", "tcp://")
CONNECT_SECONDS = 15


@contextmanager
def dask_pool(address: str, jobs: int | None = None) -> Iterator[Pool]:
    """Yield a pool of Dask workers whose code and libraries are this process's own.

    Args:
        address: "local", or tls://host:port or tcp://host:port of a scheduler. Certificates of tls
        are those of Dask's own
            configuration (`distributed.comm.tls`).
        jobs: workers of a local cluster (default: one a core).

    Raises:
        InputError: the address is no such address, or `distributed` is not installed. StoreError:
        no scheduler answers, it has no workers, a worker runs other code, or all went away
        meanwhile.
    """
    if address != LOCAL and not address.startswith(PROTOCOLS):
        raise InputError(f"--dask {address!r}: write local, tls://host:port or tcp://host:port")
    try:
        import distributed
    except ImportError:
        raise InputError(
            '--dask needs Dask: install it with pip install "escrutinio[distributed]"'
        ) from None
    with _client(distributed, address, jobs) as client:
        check_workers(client)
        workers = sum(client.nthreads().values())
        try:
            yield Pool(
                client.get_executor(pure=False),
                workers,
                lambda thing: client.scatter(thing, broadcast=True, hash=False),
            )
        except (
            distributed.KilledWorker,
            distributed.comm.core.CommClosedError,
            CancelledError,
        ) as error:
            raise StoreError(
                f"Dask lost its workers or its scheduler ({error}); finished shards are kept: run "
                "again"
            ) from error


@contextmanager
def _client(distributed: Any, address: str, jobs: int | None) -> Iterator[Any]:
    if address == LOCAL:
        cluster = distributed.LocalCluster(
            n_workers=jobs or cores(),
            threads_per_worker=1,
            host=LOOPBACK,
            dashboard_address=None,
            worker_dashboard_address=None,
        )
        with cluster, distributed.Client(cluster) as client:
            yield client
        return
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise StoreError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client


def check_workers(client: Any) -> None:
    """Ask every worker what it runs.

    Raises:
        StoreError: there is no worker, or one cannot import the model, or runs other code or
        libraries; each is named.
    """
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise StoreError("the Dask scheduler has no workers yet; start some, then run again")
    expected = fingerprint()
    answers = client.run(fingerprint, on_error="return")
    wrong = {worker: said for worker, said in answers.items() if said != expected}
    if wrong:
        lines = "\n".join(f"  {worker} runs {said!s}" for worker, said in sorted(wrong.items()))
        raise StoreError(
            f"{len(wrong)} of {len(answers)} Dask workers are refused:\n{lines}\n  this process "
            f"runs {expected}\n"
            "install the same version of escrutinio, numpy, scipy and simpy there"
        )


@contextmanager
def pool_for(address: str | None, jobs: int | None = None) -> Iterator[Pool | None]:
    """Yield the pool of a Dask address, or None where there is no address."""
    if address is None:
        yield None
    else:
        with dask_pool(address, jobs) as pool:
            yield pool
