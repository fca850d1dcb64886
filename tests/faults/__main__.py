"""The whole harness: `python -m tests.faults 200 2000 1000` (kills, flips, commands)."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.faults import extremes, flips, hostile, kills
from tests.faults.commands import Done, run_all


def main() -> None:
    """Print what came of every part."""
    wanted = [int(word) for word in sys.argv[1:]] or [200, 2000, 1000]
    with tempfile.TemporaryDirectory() as folder:
        for part, times in zip((killed, flipped, commanded), wanted, strict=False):
            start = time.perf_counter()
            told = part(Path(folder) / part.__name__, times) if times else "not asked for"
            say(f"{part.__name__}: {told} ({time.perf_counter() - start:.0f} s)")


def killed(folder: Path, times: int) -> str:
    """Return how many kills lost something."""
    rare = ("power", "picture")  # slow: once while the others have their turn four times
    names = [*([name for name in kills.COMMANDS if name not in rare] * 4), *rare]
    found = list(kills.kills(folder, names, times))
    lost = [one for one in found if one.lost]
    for one in lost:
        say(f"  {one}")
    return f"{len(found)} kills over {len(kills.COMMANDS)} commands, {len(lost)} changed anything"


def flipped(folder: Path, times: int) -> str:
    """Return what came of flipped bits."""
    folder.mkdir()
    came = Counter(what for _, _, what in flips.flips(folder, times))
    return f"{times} flips over {len(flips.KINDS)} kinds of stored folders: {dict(came)}"


def commanded(folder: Path, times: int) -> str:
    """Return what came of hostile texts and extreme options."""
    jobs = [
        job
        for name, text in hostile.TEXTS.items()
        for case in hostile.cases(text)
        for job in case.jobs(folder / f"{name} {case.name}")
    ]
    jobs += extremes.jobs(folder, max(times - len(jobs), 0))
    done: list[Done] = []
    for first in range(0, len(jobs), 100):
        done += run_all(jobs[first : first + 100])
    wrong = [(one.words, fault) for one in done for fault in hostile.faults_of(one)]
    wrong += [((), fault) for fault in hostile.faults_in(folder)]
    wrong += [(one.words, f"{one.megabytes:.0f} MB") for one in done if one.megabytes > 1000]
    for words, fault in wrong:
        say(f"  {[word[:40] for word in words]}: {fault}"[:600])
    codes = dict(sorted(Counter(one.code for one in done).items()))
    most = f"{max(one.megabytes for one in done):.0f} MB, {max(one.seconds for one in done):.0f} s"
    return f"{len(done)} commands, {len(wrong)} faults, exit codes {codes}, at most {most}"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


main()
