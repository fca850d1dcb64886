"""How many cases the longest tests take: fewer in CI, all of them before a release.

`ESCRUTINIO_LONG=1 python -m pytest -m slow` runs the full numbers, about half an hour.
"""

from __future__ import annotations

import os


def cases(full: int, usual: int) -> int:
    """Return how many cases a long test takes."""
    return full if os.environ.get("ESCRUTINIO_LONG") else usual
