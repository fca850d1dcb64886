"""Kill every command that writes, at any step of its writing, run it again, and compare what is
there with what an undisturbed command leaves.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faults.commands import MODULES, Job, run_all

SWEEP = (
    "sweep",
    "venezuela-2024",
    "--axis",
    "night.exit_cost=0.3,0.72",
    "-n",
    "41",
    "-j",
    "1",
    "--alone",
)
POWER = (
    "power", "bellmar", "-n", "6", "--jobs", "1", "--manipulation", "fabricated_totals",
    "--estimator", "rounded_percentages", "--out", "p",
)  # fmt: skip
COMMANDS: dict[str, tuple[str, ...]] = {
    "run": ("run", "bellmar", "-n", "41", "-j", "1", "--out", "r"),
    "longer run": ("run", "bellmar", "-n", "62", "-j", "1", "--out", "r"),
    "sweep": (*SWEEP, "--out", "s", "--table", "t.parquet", "--replace"),
    "power": POWER,
    "export": ("export", "bellmar", "-r", "3", "--out", "x", "--replace"),
    "picture": (
        "run",
        "bellmar",
        "-n",
        "2",
        "-j",
        "1",
        "--no-save",
        "--plot",
        "h.svg",
        "--replace",
    ),
    "assess": ("assess", "sheets.csv", "--out", "found", "--replace"),
    "plan": (
        "plan",
        "--margin",
        "0.02",
        "--past",
        "sheets.csv",
        "--strata",
        "2",
        "--out",
        "drawn.csv",
        "--seed",
        "a public text",
        "--replace",
    ),
    "new": ("new", "mine.toml", "--from", "bellmar", "--replace"),
    "schema": ("schema", "--out", "schema.json", "--replace"),
}
FIRST = {"longer run": COMMANDS["run"]}
"""What is there before the command is killed: a finished run is made longer."""

CHANGES = ("command", "commit", "dirty", "ended", "seconds", "started", "checksum", "history")


@dataclass(frozen=True)
class Killed:
    """One kill. lost: what was finished before and is not there, or other, after the resumption."""

    name: str
    at: int
    code: int
    lost: tuple[str, ...]


def content(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder by name; of a manifest, what does not depend on the clock."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not name.endswith(".tmp"):
            found[name] = path.read_bytes()
            if path.name == "manifest.json":
                told = {k: v for k, v in json.loads(found[name]).items() if k not in CHANGES}
                found[name] = json.dumps(told, sort_keys=True).encode()
    return found


def sheets(tables: int = 60) -> str:
    """Return a small file of tally sheets."""
    rows = []
    for k in range(tables):
        left, right = 150 + 7 * k % 90, 120 + 11 * k % 80
        rows.append(f"T{k:03d},{500 + k},{left},{right},{left + right},{k % 5}")
    return "\n".join(["table,registered,Left party,Right party,valid,invalid", *rows]) + "\n"


def kills(
    folder: Path, names: Sequence[str], times: int, seed: int = 1, modules: Sequence[str] = MODULES
) -> Iterator[Killed]:
    """Yield what became of `times` kills, spread over the commands and over their steps."""
    luck = random.Random(seed)
    for place in [
        *(f"k{number}" for number in range(times)),
        *(f"whole {name}" for name in dict.fromkeys(names)),
    ]:
        (folder / place).mkdir(parents=True)
        (folder / place / "sheets.csv").write_text(sheets(), encoding="utf-8")
    references = _references(folder, list(dict.fromkeys(names)), modules)
    plans = [(names[number % len(names)], number) for number in range(times)]
    jobs, killed_at = [], []
    for name, number in plans:
        place = str(folder / f"k{number}")
        before = [Job(FIRST[name], place)] if name in FIRST else []
        at = luck.randrange(references[name][1])
        jobs += [*before, Job(COMMANDS[name], place, kill_at=at), Job(COMMANDS[name], place)]
        killed_at.append((name, number, at, len(before)))
    done = iter(run_all(jobs, modules))
    for name, number, at, before in killed_at:
        ran = [next(done) for _ in range(before + 2)]
        left = content(folder / f"k{number}")
        wanted = references[name][0]
        lost = tuple(sorted(key for key in {*left, *wanted} if left.get(key) != wanted.get(key)))
        wrong = () if ran[-1].code == 0 and ran[-2].code == -9 else (f"{ran[-2:]}",)
        yield Killed(name, at, ran[-2].code, (*lost, *wrong))


def _references(
    folder: Path, names: Sequence[str], modules: Sequence[str]
) -> dict[str, tuple[dict[str, bytes], int]]:
    """Return (files, steps of writing) of every command, undisturbed."""
    jobs = []
    for name in names:
        place = str(folder / f"whole {name}")
        jobs += [Job(words, place) for words in (FIRST.get(name), COMMANDS[name]) if words]
    done = run_all(jobs, modules)
    assert all(one.code == 0 for one in done), [one for one in done if one.code]
    steps = {tuple(one.words): one.steps for one in done}
    return {name: (content(folder / f"whole {name}"), steps[COMMANDS[name]]) for name in names}
