"""The two tutorials run as they stand, with few replicates, where docs/examples lie beside them."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, EXAMPLES, ROOT, text

TUTORIALS = sorted((DOCS / "tutorials").glob("*.py"))


@pytest.mark.slow
@pytest.mark.parametrize("file", TUTORIALS, ids=lambda file: file.stem)
def test_a_tutorial_runs(file: Path, tmp_path: Path) -> None:
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    source = text(file).replace("N = 200", "N = 4").replace("N = 40", "N = 4")
    (tmp_path / file.name).write_text(source)
    ran = subprocess.run(
        [sys.executable, file.name],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert (ran.returncode, ran.stdout != "") == (0, True), ran.stderr


def test_there_are_two_of_cells() -> None:
    assert [text(file).count("# %%") >= 6 for file in TUTORIALS] == [True, True]
