"""A disk that fails, or a process that is killed, at the n-th step of writing.

A step is a call of one of the functions through which this package writes. Half of the bytes of the
write that fails are on the disk.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

NEED_SPACE = ("open", "write", "fsync", "replace", "rename", "link", "mkdir")
STEPS = (*NEED_SPACE, "rmdir", "unlink")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@contextmanager
def failing(
    at: int | None, act: Callable[[], None], steps: Sequence[str] = NEED_SPACE
) -> Iterator[list[int]]:
    """Let step number `at` (from 0) fail by `act`; None: let none fail. Yields [steps so far]."""
    count = [0]
    real = {name: getattr(os, name) for name in steps}
    for name in steps:
        setattr(os, name, _counted(name, real[name], count, at, act))
    try:
        yield count
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def _counted(
    name: str, real: Callable[..., Any], count: list[int], at: int | None, act: Callable[[], None]
) -> Callable[..., Any]:
    def step(*args: Any, **kwargs: Any) -> Any:
        if name == "open" and not (len(args) > 1 and args[1] & WRITING):
            return real(*args, **kwargs)
        count[0] += 1
        if at is not None and count[0] == at + 1:
            if name == "write":
                real(args[0], bytes(args[1])[: len(args[1]) // 2])
            act()
        return real(*args, **kwargs)

    return step


def refuse(number: int) -> Callable[[], None]:
    """Return an act that fails as the system does, for instance with errno.ENOSPC."""

    def act() -> None:
        raise OSError(number, os.strerror(number))

    return act


def kill() -> None:
    """End this process as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)
