"""A user's project, run as a user runs it: the plugin comes from the installed package, not from
this checkout's conftest.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2] / "example_project"


def run_pytest(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    named = {entry.value for entry in entry_points(group="pytest11")}
    plugin = () if "sim.testing" in named else ("-p", "sim.testing")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *plugin, *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)


@pytest.mark.slow
def test_a_users_project_passes_and_says_what_changed_when_an_approved_table_is_another(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(PROJECT, folder, ignore=shutil.ignore_patterns("__pycache__"))
    table = next((folder / "tests" / "approved").glob("*.txt"))
    good = run_pytest(folder)
    table.write_text(table.read_text().replace("probability", "chance", 1))
    changed = run_pytest(folder, "-k", "approved")
    updated = run_pytest(folder, "-k", "approved", "--update-approved")

    assert (good.returncode, changed.returncode, updated.returncode) == (0, 1, 0), (
        good.stdout + good.stderr
    )
    assert "run pytest --update-approved" in changed.stdout
    assert "chance" not in table.read_text()


def test_the_plugin_imports_neither_numpy_nor_the_model() -> None:
    code = (
        "import sys, sim.testing; print(sorted(m for m in sys.modules if m in ('numpy', "
        "'polars', 'simpy', 'pydantic')))"
    )

    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip()
        == "[]"
    )
