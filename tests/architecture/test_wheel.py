"""The wheel carries scenarios and seeds: installed in an empty environment and called from an empty
folder, it works.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.long_runs import cases

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel with space")
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder / "dist", ROOT],
        check=True,
    )
    venv.create(folder / "venv", with_pip=True)
    wheel = next((folder / "dist").glob("*.whl"))
    pip = [folder / "venv" / "bin" / "python", "-m", "pip", "install", "-q"]
    if cases(1, 0):
        subprocess.run([*pip, wheel], check=True)
    else:  # libraries are those of the tests, which takes a tenth of the time
        subprocess.run([*pip, "--no-deps", wheel], check=True)
        own = next((folder / "venv" / "lib").glob("python3*/site-packages"))
        (own / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return folder / "venv" / "bin" / "sim"


def called(sim: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    kept = ("PATH", "HOME", "LANG")
    env = {key: os.environ[key] for key in kept if key in os.environ}
    return subprocess.run(
        [sim, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=300
    )


@pytest.mark.slow
def test_the_installed_command_lists_runs_and_starts_scenarios(
    installed: Path, tmp_path: Path
) -> None:
    listed = called(installed, tmp_path, "list", "scenarios")
    run = called(installed, tmp_path, "run", "venezuela-2024", "-n", "2", "-j", "1")
    new = called(installed, tmp_path, "new", "mine.toml", "--from", "venezuela-2024")
    checked = called(installed, tmp_path, "check", "mine.toml")

    assert [p.returncode for p in (listed, run, new, checked)] == [0, 0, 0, 0], (
        run.stderr + new.stderr + checked.stderr
    )
    assert "venezuela-2024" in listed.stdout
    assert "vote_winner" in run.stdout
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "mine.toml",
        "runs",
        "scenario.schema.json",
    ]
