"""A worker process that died: what the owner of the work is told."""

from __future__ import annotations

import ast
import multiprocessing
import sys
from pathlib import Path

from sim.errors import InputError, SimError, StoreError

GUARD = 'if __name__ == "__main__":'


def leave_if_starting() -> None:
    """End quietly a worker process that would start workers of its own while it imports a script
    without the guard.

    The operating system's way of starting such a process imports the script anew, which reaches the
    same call again. The owner is told by `lost_worker`.
    """
    if getattr(multiprocessing.current_process(), "_inheriting", False):
        sys.exit(1)


def lost_worker(error: BaseException) -> SimError:
    """Return the error to raise for an executor whose worker died."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    if script is not None and not is_guarded(Path(script)):
        return InputError(
            f"the worker processes could not start: each imports {script} anew, and its top level "
            "starts the work again; "
            f"put that call under `{GUARD}`, or give jobs=1"
        )
    return StoreError(
        f"a worker process died ({error}), perhaps for want of memory; finished "
        "work is kept: run again to resume"
    )


def is_guarded(script: Path) -> bool:
    """Return whether a script keeps anything from running when it is imported; True where that
    cannot be told.
    """
    try:
        body = ast.parse(script.read_bytes()).body
    except (OSError, ValueError, SyntaxError):
        return True
    tests = [node.test for node in body if isinstance(node, ast.If)]
    return any(
        isinstance(name, ast.Name) and name.id == "__name__"
        for test in tests
        for name in ast.walk(test)
    )
