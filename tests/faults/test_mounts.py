"""A disk that is full or read-only, as the system makes it: one clear error, and nothing half
written.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.commands import Job, run_all

ROOT = Path(__file__).parents[2]
COMMANDS = (
    ("run", "bellmar", "-n", "2", "-j", "1", "--out", "r"),
    ("sweep", "bellmar", "--axis", "quick_count.n=60", "-n", "1", "-j", "1", "--out", "s"),
    ("export", "bellmar", "--out", "x"),
    ("new", "mine.toml", "--from", "bellmar"),
    ("schema", "--out", "schema.json"),
    ("run", "bellmar", "-n", "2", "-j", "1", "--no-save", "--plot", "h.png"),
)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """Yield a disk of 64 kB."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this user may not mount a small disk")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted as on Linux")
def test_a_full_disk_is_one_error_and_leaves_no_file(disk: Path) -> None:
    (disk / "mine").write_bytes(b"x" * 62_000)
    done = run_all([Job(words, str(disk)) for words in COMMANDS])

    assert [(one.code, one.err.count("No space left on device")) for one in done] == [(4, 1)] * 6
    assert [*disk.rglob("*.tmp"), *disk.glob("x*")] == []
    assert (disk / "mine").stat().st_size == 62_000


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="a small disk is mounted as on Linux")
def test_a_read_only_disk_is_noticed_before_anything_is_computed(disk: Path) -> None:
    (disk / "mine").write_text("x")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    done = run_all([Job(words, str(disk)) for words in COMMANDS])

    assert [(one.code, one.err.count("Read-only file system")) for one in done] == [(4, 1)] * 6
    assert [path.name for path in disk.iterdir()] == ["mine"]


def piped(command: str) -> tuple[list[int], str]:
    """Return (exit codes of a pipe, what stderr says) of a shell's command line."""
    line = f"{command}; echo ${{PIPESTATUS[@]}} >&3"
    ran = subprocess.run(
        ["bash", "-c", f"exec 3>&1; {line}"], capture_output=True, text=True, cwd=ROOT
    )
    return [int(code) for code in ran.stdout.split("\n")[-2].split()], ran.stderr


def test_whoever_reads_no_further_changes_no_exit_code() -> None:
    sim = f"{shlex.quote(sys.executable)} -m sim"

    assert piped(f"{sim} show venezuela-2024 --all | head -1") == ([0, 0], "")
    assert piped(f"{sim} list sources >&-") == ([0], "")
