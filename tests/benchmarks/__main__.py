"""Print every benchmark: `python -m tests.benchmarks [name ...]`. Ratios are measured in one run;
milliseconds are context.
"""

from __future__ import annotations

import importlib
import pkgutil
import platform
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

SKIPPED = {"__main__"}


def main() -> None:
    """Run the named modules of this folder, or all that have `rows()`."""
    here = Path(__file__).parent
    there = [
        m.name
        for m in pkgutil.iter_modules([str(here)])
        if m.name not in SKIPPED and not m.name.startswith("test_")
    ]
    names = sys.argv[1:] or there
    if unknown := [name for name in names if name not in there]:
        sys.exit(f"no benchmark is called {unknown[0]!r}; there are {', '.join(there)}")
    console = Console(width=150)
    console.print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in names:
        module = importlib.import_module(f"tests.benchmarks.{name}")
        if not hasattr(module, "rows"):
            console.print(f"{name}: a report of its own, python -m tests.benchmarks.{name}")
            continue
        table = Table("what", "measured", "target", "context", title=name, title_justify="left")
        for row in module.rows():
            table.add_row(*(str(cell) for cell in row))
        console.print(table)


if __name__ == "__main__":
    main()
