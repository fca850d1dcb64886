"""Every option of every command, found by walking the command tree, with values at and beyond all
edges.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import get_args, get_type_hints

import typer

from sim.cli.app import app
from tests.faults.commands import Job
from tests.faults.hostile import table
from tests.faults.kills import sheets

NUMBERS = (
    "0",
    "-1",
    "1",
    "1e308",
    "-1e308",
    "1e-308",
    "nan",
    "inf",
    "-inf",
    "0x10",
    "1_000",
    "1.5",
    "99999999999999999999",
    "-99999999999999999999",
    "4294967296",
    "9223372036854775807",
    "",
    "\u0661",
)
WORDS = (
    "",
    " ",
    "-",
    "--",
    "\x1b[31m",
    "a" * 3000,
    "../../etc/passwd",
    "x\u0000y",
    "a=b=c",
    "=1",
    "é\u202e",
)
PATHS = (
    "/nonexistent/a/b",
    "/dev/null",
    "/",
    ".",
    "..",
    "missing.csv",
    "a" * 300,
    "/proc/self/mem",
    "empty.csv",
    "folder",
    "binary.csv",
    "link.csv",
    "/proc/version",
)
BASES: dict[str, tuple[str, ...]] = {
    "new": ("mine.toml",),
    "check": ("bellmar", "--quick"),
    "show": ("bellmar",),
    "run": ("bellmar", "-n", "2", "-j", "1"),
    "trace": ("bellmar",),
    "list": ("actors",),
    "schema": (),
    "sweep": ("bellmar", "--axis", "quick_count.n=60", "-n", "1", "-j", "1"),
    "compare": ("bellmar", "bellmar", "-n", "2", "-j", "1"),
    "influence": ("bellmar", "-n", "2", "-j", "1"),
    "sensitivity": (
        "bellmar",
        "--axis",
        "quick_count.n=60:90",
        "--points",
        "2",
        "-n",
        "1",
        "-j",
        "1",
    ),
    "power": (
        "bellmar",
        "-n",
        "1",
        "--jobs",
        "1",
        "--manipulation",
        "fabricated_totals",
        "--estimator",
        "rounded_percentages",
    ),
    "discover": (
        "bellmar",
        "--outcome",
        "qc_calls_winner",
        "--axis",
        "quick_count.n=60:90",
        "--points",
        "20",
        "-n",
        "1",
        "-j",
        "1",
        "--resamples",
        "1",
    ),
    "assess": ("sheets.csv",),
    "audit plan": ("-v", "a=500", "-v", "b=400"),
    "audit measure": ("ballots.csv", "-v", "a=500", "-v", "b=400"),
    "audit comparison": ("--ballots", "100", "--diluted-margin", "0.1"),
    "audit combine": ("strata.csv",),
    "audit draw": ("manifest.csv", "--seed", "73920184650928374615", "--take", "4"),
    "plan": ("--margin", "0.02", "--past", "sheets.csv"),
    "export": ("bellmar", "--out", "x"),
    "report": ("bellmar", "-n", "2", "-j", "1", "--out", "r.html"),
    "plot": ("outcomes", "bellmar", "-n", "2", "-j", "1", "--out", "p.svg"),
    "queue": ("--replicates", "5"),
    "bargain": ("actors.csv",),
}
LONG = {("discover", "--dask"), ("sweep", "--dask"), ("sensitivity", "--dask")}
"""Not walked: clusters have tests of their own."""


def options(tree: typer.Typer = app, above: str = "") -> Iterator[tuple[str, str, str]]:
    """Yield (command, option, kind of its value) of the whole tree; an argument has no option."""
    for group in tree.registered_groups:
        yield from options(group.typer_instance, f"{above}{group.name} ")  # type: ignore[arg-type]
    for command in tree.registered_commands:
        name = f"{above}{command.name}"
        for parameter, hint in get_type_hints(command.callback, include_extras=True).items():
            if parameter == "return":
                continue
            info = next((m for m in get_args(hint)[1:] if hasattr(m, "param_decls")), None)
            if info is None:  # the context of the command line
                continue
            named = [word for word in info.param_decls or () if word.startswith("--")]
            flag = (named or [f"--{parameter.replace('_', '-')}"])[0].split("/")[0]
            flag = "" if isinstance(info, typer.models.ArgumentInfo) else flag
            if (name, flag) not in LONG:
                yield name, flag, kind_of(str(get_args(hint)[0]))


def kind_of(hint: str) -> str:
    """Return what kind of value a type takes."""
    kinds = {"bool": "flag", "int": "number", "float": "number", "Path": "path"}
    return next((kind for word, kind in kinds.items() if word in hint), "word")


def values_of(kind: str) -> tuple[str, ...]:
    """Return the extremes of a kind of value."""
    if kind == "flag":
        return ("",)
    if kind == "number":
        return NUMBERS
    return PATHS if kind == "path" else (*WORDS, *NUMBERS[:8])


def folder_of(place: Path) -> Path:
    """Make a folder with the files that commands are given."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "sheets.csv").write_text(sheets(), encoding="utf-8")
    (place / "ballots.csv").write_text("vote\n" + "a\n" * 20 + "b\n" * 10, encoding="utf-8")
    rows = [["actor", "capability", "position", "salience"], ["x", 1, 0, 1], ["y", 2, 100, 0.5]]
    (place / "actors.csv").write_text(table(rows), encoding="utf-8")
    (place / "manifest.csv").write_text("batch,ballots\na,30\nb,40\n", encoding="utf-8")
    (place / "strata.csv").write_text("stratum\n", encoding="utf-8")
    (place / "empty.csv").write_text("", encoding="utf-8")
    (place / "binary.csv").write_bytes(bytes(range(256)) * 20)
    (place / "folder").mkdir(exist_ok=True)
    if not (place / "link.csv").is_symlink():
        (place / "link.csv").symlink_to("/etc/hostname")
    return place


def jobs(folder: Path, times: int, seed: int = 1) -> list[Job]:
    """Return commands with extreme values, drawn without repetition from all that there are."""
    found = []
    for name, flag, kind in options():
        for value in values_of(kind):
            if "\x00" in value:
                continue  # the system hands no such argument on
            given = [flag] if kind == "flag" else [flag, value] if flag else ["--", value]
            words = (*name.split(" "), *BASES[name], *given)
            found.append(words)
    random.Random(seed).shuffle(found)
    return [
        Job(words, str(folder_of(folder / f"e{number}")))
        for number, words in enumerate(found[:times])
    ]
