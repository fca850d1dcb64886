"""Print every benchmark: `python -m tests.benchmarks [name ...]`. Ratios are measured in one run; milliseconds are context."""

from __future__ import annotations

import importlib
import pkgutil
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

SKIPPED = {"__main__", "out_of_sample"}


def main() -> None:
    """Run the named modules of this folder, or all that have `rows()`."""
    here = Path(__file__).parent
    names = sys.argv[1:] or [m.name for m in pkgutil.iter_modules([str(here)]) if m.name not in SKIPPED]
    console = Console(width=150)
    console.print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in names:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "rows"):
            continue
        table = Table("what", "measured", "target", "context", title=name, title_justify="left")
        for row in module.rows():
            table.add_row(*(str(cell) for cell in row))
        console.print(table)


if __name__ == "__main__":
    main()
