"""Which code and which libraries made a result."""

from __future__ import annotations

import platform
import subprocess
import sys
from functools import lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import sim

LIBRARIES = ("numpy", "scipy", "simpy", "polars", "pydantic")


@lru_cache(maxsize=1)
def model_digest() -> str:
    """Return a digest of the package's source files: two workers with the same digest run the same
    model.
    """
    root = Path(sim.__file__).parent
    digest = blake2b(digest_size=16)
    for path in sorted(root.rglob("*.py")):
        if "_shipped" not in path.parts:
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def commit() -> tuple[str | None, bool | None]:
    """Return (commit, dirty) when the package runs from a git checkout of its own, else (None,
    None).
    """
    root = Path(sim.__file__).resolve().parents[1]
    if not (root / ".git").exists():
        return None, None
    try:
        head = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"], capture_output=True, text=True, timeout=5
        )
        status = subprocess.run(
            ["git", "-C", str(root), "status", "--porcelain"],
            capture_output=True,
            text=True,
            timeout=5,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None, None
    return (
        (head.stdout.strip() or None, bool(status.stdout.strip()))
        if head.returncode == 0
        else (None, None)
    )


def versions() -> dict[str, str]:
    """Return the versions on which a result depends."""
    return {
        "python": sys.version.split()[0],
        "platform": platform.system(),
        **{name: version(name) for name in LIBRARIES},
    }
