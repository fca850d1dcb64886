"""Dask as the engine beyond one machine: an existing scheduler, or one on this machine that only
this process can use.

Every worker's fingerprint (code, parts, libraries) is asked before anything is computed, and again
with each shard. A worker of other code that joins later is sent away and named, and its work is
given to the others. The case is sent to each worker once. A local cluster listens on the loopback
device alone, with certificates that are made for it and kept in memory; it has no dashboard.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from typing import Any

from sim.errors import InputError, StoreError
from sim.workers.executors import Pool, cores, processes_for
from sim.workers.fingerprint import fingerprint

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
                lambda: drop_others(client),
            )
        except (
            distributed.KilledWorker,
            distributed.comm.core.CommClosedError,
            CancelledError,
        ) as error:
            raise StoreError(
                f"Dask lost its workers or its scheduler ({error}); finished shards "
                "are kept: run again"
            ) from error


@contextmanager
def _client(distributed: Any, address: str, jobs: int | None) -> Iterator[Any]:
    if address == LOCAL:
        with (
            _private_cluster(distributed, processes_for(jobs, cores())) as cluster,
            distributed.Client(cluster) as client,
        ):
            client.run(_close_pages)
            yield client
        return
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        raise StoreError(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client


@contextmanager
def _private_cluster(distributed: Any, workers: int) -> Iterator[Any]:
    """Yield a cluster on this machine that no other user of the machine can reach: TLS on both
    sides, no pages.

    Raises:
        InputError: the library that makes certificates is not installed.
    """
    import dask

    try:
        security = distributed.Security.temporary()
    except ImportError:
        raise InputError(
            "--dask local needs certificates: install them with pip install "
            '"escrutinio[distributed]"'
        ) from None
    pages = [f"distributed.{node}.http.routes" for node in ("scheduler", "worker")]
    with TemporaryDirectory(prefix="escrutinio-") as own:  # workers put there what memory lacks
        with dask.config.set({page: [] for page in pages}):
            cluster = distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host=LOOPBACK,
                protocol="tls",
                security=security,
                local_directory=own,
                dashboard_address=f"{LOOPBACK}:0",
                worker_dashboard_address=None,
            )
        with cluster:
            cluster.scheduler.http_server.stop()
            yield cluster


def _close_pages(dask_worker: Any) -> None:
    """Close the port on which a worker would show pages about itself."""
    dask_worker.http_server.stop()


def check_workers(client: Any) -> None:
    """Ask every worker what it runs.

    Raises:
        StoreError: there is no worker, or one cannot import the model, or runs other code or
        libraries; each is named.
    """
    if not client.scheduler_info(n_workers=-1)["workers"]:
        raise StoreError("the Dask scheduler has no workers yet; start some, then run again")
    wrong = others_among(client)
    if wrong:
        lines = "\n".join(f"  {worker} runs {said!s}" for worker, said in sorted(wrong.items()))
        raise StoreError(
            f"{len(wrong)} of {len(client.nthreads())} Dask workers are refused:\n{lines}\n  this "
            f"process runs {fingerprint()}\n"
            "install the same version of escrutinio, numpy, scipy, simpy and polars there"
        )


def others_among(client: Any) -> dict[str, object]:
    """Return what the workers run whose code, parts or libraries are not those of this process, by
    address.
    """
    expected = fingerprint()
    answers = client.run(fingerprint, on_error="return")
    return {worker: said for worker, said in answers.items() if said != expected}


def drop_others(client: Any) -> list[str]:
    """Send away the workers of other code and return their names.

    Raises:
        StoreError: no worker is left.
    """
    wrong = others_among(client)
    if wrong:
        client.retire_workers(list(wrong), close_workers=True)
        if not client.scheduler_info(n_workers=-1)["workers"]:
            raise StoreError(
                "no Dask worker with this code is left; finished shards are kept: run again"
            )
    return [f"{worker} runs {said!s}" for worker, said in sorted(wrong.items())]


@contextmanager
def pool_for(address: str | None, jobs: int | None = None) -> Iterator[Pool | None]:
    """Yield the pool of a Dask address, or None where there is no address."""
    if address is None:
        yield None
    else:
        with dask_pool(address, jobs) as pool:
            yield pool
