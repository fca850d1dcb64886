"""Names of temporary places, and the removal of those that a killed process left behind."""

from __future__ import annotations

import os
import platform
import re
import secrets
import shutil
from hashlib import blake2b
from pathlib import Path

HOST = blake2b(platform.node().encode(), digest_size=3).hexdigest()
_NAME = re.compile(
    r"\.(?P<of>.*)\.(?P<host>[0-9a-f]{6})-(?P<process>\d+)-[0-9a-f]{8}\.tmp", re.DOTALL
)


def temporary_name(name: str) -> str:
    """Return a name that no other process uses, for the same folder; hidden, and short enough for
    every disk.
    """
    return f".{name[:60]}.{HOST}-{os.getpid()}-{secrets.token_hex(4)}.tmp"


def is_temporary(name: str) -> bool:
    """Return whether a name is one of `temporary_name`."""
    return _NAME.fullmatch(name) is not None


def clear_stale(path: Path) -> None:
    """Remove temporary places beside `path`, and for it, that dead processes of this machine
    left.
    """
    for entry in path.parent.glob(".*.tmp"):
        found = _NAME.fullmatch(entry.name)
        if (
            found
            and found["of"] == path.name[:60]
            and found["host"] == HOST
            and not alive(int(found["process"]))
        ):
            remove(entry)


def remove(entry: Path) -> None:
    """Remove a file or a folder; one that cannot be removed stays."""
    if entry.is_dir() and not entry.is_symlink():
        shutil.rmtree(entry, ignore_errors=True)
    else:
        try:
            entry.unlink(missing_ok=True)
        except OSError:
            return


def alive(process: int) -> bool:
    """Return whether a process of this machine runs (where one cannot tell: yes)."""
    if os.name == "nt":  # signal 0 would end the process there
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
