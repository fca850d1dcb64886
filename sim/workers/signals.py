"""Signals: every way to stop a command ends like Ctrl-C, with what is finished kept; no worker
outlives its owner.
"""

from __future__ import annotations

import os
import signal

STOPPING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name))
INTERRUPTED = 130


class Stopped(KeyboardInterrupt):
    """The process was asked to end.

    It is a KeyboardInterrupt, so that whatever keeps results on Ctrl-C keeps them now.
    """


_received: list[int] = []


def stop_like_ctrl_c() -> None:
    """From now on SIGTERM and SIGHUP raise `Stopped` in the main thread; a signal that is ignored
    (nohup) stays so.
    """
    for number in STOPPING:
        if signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _stop)


def exit_code() -> int:
    """Return 128 and the number of the signal that stopped this process, or 130 for Ctrl-C."""
    return 128 + _received[0] if _received else INTERRUPTED


def _stop(number: int, _: object) -> None:
    _received.append(number)
    signal.signal(number, signal.SIG_IGN)
    raise Stopped


def belong_to_parent() -> None:
    """Called first in a worker process: only the owner ends it, and when the owner is gone, however
    it died, the worker ends.
    """
    for number in (signal.SIGINT, *STOPPING):
        signal.signal(number, signal.SIG_IGN)
    import threading

    threading.Thread(target=_end_with_parent, name="end with parent", daemon=True).start()


def _end_with_parent() -> None:
    import multiprocessing
    from multiprocessing.connection import wait

    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
