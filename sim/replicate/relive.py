"""The command that re-lives one replicate."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from sim.json_text import json_text


def relive(name: str, entropy: int, replicate: int, overrides: Sequence[str] = ()) -> str:
    """Return the command that re-lives one replicate."""
    words = ["sim", "trace", name, "--replicate", str(replicate), "--entropy", hex(entropy)]
    for override in overrides:
        words += ["--set", override]
    return shlex.join(words)


def overlay(item: tuple[str, object]) -> str:
    """Return a parameter and its value as `--set` takes them."""
    path, value = item
    return f"{path}={value if isinstance(value, str) else json_text(value, indent=None)}"
