"""However a command is stopped, no process of its own is left after five seconds."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from sim.workers.executors import cores, processes_for

ROOT = Path(__file__).parents[2]
LINUX = pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="processes are looked up in /proc"
)
# A job that a script puts in the background ignores SIGINT, one under nohup SIGHUP, and both are
# inherited; here the command is as a person starts it.
UNIGNORED = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
    "signal.signal(signal.SIGHUP, signal.SIG_DFL); "
)
WORKING = 5  # the command, the server that forks, its tracker, and two workers


def marked(mark: str) -> list[int]:
    """Return the processes that carry a mark in their environment."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark.encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            continue
    return found


def started(folder: Path, mark: str, *words: str) -> subprocess.Popen[str]:
    """Start a command that computes in two processes, and wait until they do."""
    code = UNIGNORED + "from sim.workers import executors; executors.cores = lambda: 2; "
    code += "from sim.__main__ import main; main()"
    command = [sys.executable, "-c", code, *words]
    running = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "MARK": mark, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and running.poll() is None:
        if len(marked(mark)) >= WORKING and any((folder / "r" / "blocks").glob("*/*.parquet")):
            break
        time.sleep(0.05)
    return running


def all_gone(mark: str, seconds: float = 5.0) -> bool:
    """Return whether no marked process is left after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not marked(mark):
            return True
        time.sleep(0.05)
    return False


SIGNALS = [
    (signal.SIGKILL, -9),
    pytest.param(signal.SIGTERM, 143, marks=pytest.mark.slow),
    pytest.param(signal.SIGHUP, 129, marks=pytest.mark.slow),
    pytest.param(signal.SIGINT, 130, marks=pytest.mark.slow),
]


@LINUX
@pytest.mark.parametrize(("number", "code"), SIGNALS)
def test_no_worker_outlives_a_stopped_command(tmp_path: Path, number: int, code: int) -> None:
    mark = secrets.token_hex(16)
    running = started(tmp_path, mark, "run", "bellmar", "-n", "20000", "-j", "2", "--out", "r")
    running.send_signal(number)
    gone = all_gone(mark)
    try:
        said = running.communicate(timeout=30)[1]
    finally:
        running.kill()

    assert (gone, running.returncode) == (True, code)
    assert number == signal.SIGKILL or "these are kept" in said


def test_jobs_are_never_more_than_cores_or_tasks() -> None:
    assert processes_for(10_000, 10_000) == cores()
    assert (processes_for(None, 1), processes_for(1, 50), processes_for(5, 0)) == (1, 1, 1)


@pytest.mark.slow
def test_a_million_replicates_start_within_a_second_and_a_fixed_memory(tmp_path: Path) -> None:
    code = (
        "import time, resource, sim; from sim.studies.running import rows as module\n"
        "from sim.replicate.build import prepare_case\n"
        "case = prepare_case(sim.load('bellmar')); first = []\n"
        "def stop(p): first.append(time.perf_counter()); raise KeyboardInterrupt\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "module.block_of = lambda *a: []\n"
        "start = time.perf_counter()\n"
        "sim.run('bellmar', replicates=10**6, jobs=1, watch=stop)\n"
        "grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before\n"
        "print(first[0] - start < 1, grown < 60_000)\n"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert (ran.stdout, ran.stderr) == ("True True\n", "")
