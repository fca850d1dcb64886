"""Many runs of the command line, quickly: one process imports the model and forks for each."""

from __future__ import annotations

import contextlib
import errno
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
MODULES = (
    "sim.cli.app",
    "sim.studies.running.in_folder",
    "sim.studies.sweeps.sweep",
    "sim.power.power_study",
    "sim.fieldwork.assess",
    "sim.fieldwork.quick_count_plan",
    "sim.fieldwork.export",
    "sim.output.files.export_folder",
    "sim.output.report.page.page",
    "sim.output.tables.power",
    "polars",
    "altair",
    "scipy.stats",
    "vl_convert",
)


@dataclass(frozen=True)
class Job:
    """A command to run. kill_at, full_at: the step of writing at which it is killed, or at which
    the disk is full.
    """

    words: Sequence[str]
    folder: str
    kill_at: int | None = None
    full_at: int | None = None
    seconds: int = 60


@dataclass(frozen=True)
class Done:
    """What became of a command. code: below 0, the signal that ended it."""

    words: Sequence[str]
    code: int
    out: str
    err: str
    seconds: float
    megabytes: float
    steps: int

    @property
    def broke(self) -> bool:
        """Return whether the command ended as none may: a traceback, an error that nobody foresaw,
        a signal or an exit code without a meaning.
        """
        odd = "Traceback" in self.err or "internal error" in self.err or "panicked" in self.err
        return odd or self.code not in (0, 2, 3, 4, 5, 6)


def run_all(jobs: Sequence[Job], modules: Sequence[str] = MODULES) -> list[Done]:
    """Run commands one after the other; what they share of `modules` is imported once."""
    told = json.dumps([list(modules), [asdict(job) for job in jobs]])
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults.commands"],
        input=told,
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    return [Done(**row) for row in json.loads(ran.stdout)]


def _main() -> None:
    modules, rows = json.loads(sys.stdin.read())
    for module in modules:
        __import__(module)
    jobs = [Job(**row) for row in rows]
    sys.stdout.write(json.dumps([asdict(_forked(job)) for job in jobs]))


def _forked(job: Job) -> Done:
    place = Path(job.folder)
    place.mkdir(parents=True, exist_ok=True)
    names = [place.parent / f"{place.name}.{kind}" for kind in ("out", "err", "steps")]
    start = time.perf_counter()
    child = os.fork()
    if child == 0:
        _in_child(job, place, names)
    _, status, used = os.wait4(child, 0)
    texts = [
        name.read_text(encoding="utf-8", errors="replace") if name.exists() else ""
        for name in names
    ]
    for name in names:
        name.unlink(missing_ok=True)
    code = os.waitstatus_to_exitcode(status)
    taken = time.perf_counter() - start
    return Done(
        job.words, code, texts[0], texts[1], taken, used.ru_maxrss / 1024, int(texts[2] or 0)
    )


def _in_child(job: Job, place: Path, names: Sequence[Path]) -> None:
    """Run the command with its output in files; never returns."""
    os.chdir(place)
    for number, name in ((1, names[0]), (2, names[1])):
        os.dup2(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.close(0)
    os.open(os.devnull, os.O_RDONLY)
    signal.alarm(job.seconds)
    sys.stdin = open(0, encoding="utf-8")  # noqa: SIM115
    for name, number in (("stdout", 1), ("stderr", 2)):
        setattr(sys, name, io.TextIOWrapper(open(number, "wb", 0), "utf-8", write_through=True))  # noqa: SIM115
    sys.argv = ["sim", *job.words]
    code = _command(job, names[2])
    with contextlib.suppress(Exception):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _command(job: Job, steps: Path) -> int:
    import traceback

    from sim.__main__ import main
    from tests.faults.disk import NEED_SPACE, STEPS, failing, kill, refuse

    killed = job.full_at is None
    at, act = (job.kill_at, kill) if killed else (job.full_at, refuse(errno.ENOSPC))
    code: Any = 0
    with failing(at, act, STEPS if killed else NEED_SPACE) as count:
        try:
            main()
        except SystemExit as stop:
            code = stop.code or 0
        except BaseException:  # noqa: BLE001 - it is shown as what it is
            traceback.print_exc()
            code = 1
    steps.write_text(str(count[0]))
    return code if isinstance(code, int) else 1


if __name__ == "__main__":
    _main()
