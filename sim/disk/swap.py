"""Exchange two folders in one step, so that no moment has neither."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

from sim.disk.temporary import temporary_name

AT_FDCWD, RENAME_EXCHANGE = -100, 2


def exchange(a: Path, b: Path) -> None:
    """Exchange two paths: in one step where the system can, else by way of a third name
    beside `b`.
    """
    if not _in_one_step(a, b):
        aside = b.with_name(temporary_name(b.name))
        os.rename(b, aside)
        os.rename(a, b)
        os.rename(aside, a)


def _in_one_step(a: Path, b: Path) -> bool:
    """Return whether Linux's renameat2 exchanged them; older systems and some disks do not
    know it.
    """
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    return bool(rename(AT_FDCWD, os.fsencode(a), AT_FDCWD, os.fsencode(b), RENAME_EXCHANGE) == 0)
