"""The table of exit codes in docs/exit_codes.md is that of the code."""

from __future__ import annotations

import ast
import re
import signal
from pathlib import Path

from sim.errors import SimError
from sim.workers.signals import INTERRUPTED, STOPPING

ROOT = Path(__file__).parents[3]


def of_errors(kind: type[SimError] = SimError) -> set[int]:
    """Return the exit codes of a kind of error and of all kinds below it."""
    return {kind.exit_code}.union(*map(of_errors, kind.__subclasses__()))


def of_commands() -> set[int]:
    """Return the numbers with which commands end by themselves."""
    found = set()
    for path in (ROOT / "sim" / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "typer.Exit" and node.args:
                code = node.args[0]
                if isinstance(code, ast.Constant):  # others are codes of errors and of readings
                    found.add(int(str(code.value)))
    return found


def test_the_table_of_exit_codes_is_that_of_the_code() -> None:
    table = (ROOT / "docs" / "exit_codes.md").read_text(encoding="utf-8").split("| exit code |")[1]
    rows = re.findall(r"^\| ([\d, ]+) \|", table.split("\n\n")[0], flags=re.MULTILINE)
    stated = {int(code) for row in rows for code in row.split(",")}

    signals = {128 + signal.Signals(number) for number in STOPPING}
    assert stated == {0} | of_errors() | of_commands() | signals | {INTERRUPTED}
    assert stated == {0, 1, 2, 3, 4, 5, 6, 129, 130, 143}
