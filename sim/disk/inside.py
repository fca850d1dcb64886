"""Whether a path stays in its folder, links followed."""

from __future__ import annotations

from pathlib import Path


def stays(folder: Path, path: Path) -> bool:
    """Return whether a path, with every link resolved, lies in the folder."""
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):  # a loop of links, a name that is too long
        return False
