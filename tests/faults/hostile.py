"""Hostile text through every field that a user can fill, and a look at all that comes out."""

from __future__ import annotations

import base64
import csv
import hashlib
import html
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.json_text import toml_text
from tests.faults.commands import Done, Job

GIVEN = ("s.csv", "actors.csv", "b.csv", "p.csv", "binary.csv")
"""What the harness itself gives."""
TEXTS = {
    "title of the terminal": "a\x1b]0;PWNED\x07b",
    "colours": "a\x1b[31mb\x1b[0m",
    "C1": "a\x9b31mb\x9d0;PWNED\x9cc",
    "link": "[link=https://evil.example]a[/link]",
    "unbalanced markup": "Draft [/x] [bold",
    "markup": "Turnout [barred] [red]x[/red]",
    "script": '</script><script>alert(1)</script><img src=x onerror="alert(1)">',
    "formula": '=HYPERLINK("http://evil.example","a")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "direction": "abc\u202edef\u2066g",
    "long": "x" * 5000,
    "quotes": "a\"b'c\\d",
    "newline": "a\nb\r=1+1",
    "emoji code": ":smile: {0} %s {title}",
}
FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OPENS = re.compile(r"^\s*[=+\-@\t\r]")
NUMBER = re.compile(r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$")


@dataclass(frozen=True)
class Case:
    """Commands to run in one folder, with the files that they read."""

    name: str
    files: dict[str, str]
    commands: tuple[tuple[str, ...], ...]

    def jobs(self, folder: Path) -> list[Job]:
        """Write the files and return the jobs."""
        folder.mkdir(parents=True)
        for name, text in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        return [Job(words, str(folder)) for words in self.commands]


def table(rows: list[list[object]]) -> str:
    """Return rows as CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def cases(text: str) -> Iterator[Case]:
    """Yield cases with a text in every field."""
    t = toml_text(text)
    quick = ("-n", "2", "-j", "1")
    scenario = f'title = {t}\ndescription = {t}\nextends = "bellmar"\n'
    yield Case("scenario", {"mine.toml": scenario}, (
        ("check", "mine.toml", "--quick"), ("show", "mine.toml"), ("show", "mine.toml", "--json"),
        ("run", "mine.toml", *quick, "--out", "r", "--plot", "h.svg"),
        ("run", "mine.toml", *quick, "--no-save", "--json"), ("compare", "r", "r"),
        ("trace", "mine.toml", "-r", "1"), ("new", "other.toml", "--from", "mine.toml"),
        ("check", "other.toml", "--quick"), ("export", "mine.toml", "--out", "x"),
    ))  # fmt: skip
    study = (
        f'title = {t}\nscenario = "bellmar"\nreplicates = 1\n[axes]\n"quick_count.n" = [60, 90]\n'
    )
    yield Case("study", {"study.toml": study}, (("sweep", "study.toml", "-j", "1", "--out", "s"),))
    keys = f'title = "a"\nextends = "bellmar"\n{t} = 1\n[{toml_text(text + " 2")}]\n{t} = {t}\n'
    yield Case(
        "keys",
        {"mine.toml": keys},
        (("check", "mine.toml", "--quick"), ("run", "mine.toml", *quick)),
    )
    setting = ("run", "bellmar", *quick, "--no-save", "--set", f"night.options={text}")
    yield Case("arguments", {}, (
        setting, ("show", text), ("show", "bellmar", "--explain", text), ("run", text),
        ("run", "bellmar", "--entropy", text), ("sweep", "bellmar", "--axis", text),
        ("assess", text), ("list", text), ("compare", text, "bellmar"),
    ))  # fmt: skip
    head = ["table", "registered", text, f"{text} 2", "invalid", text + " column"]
    rows = [[f"{text}{k}", 500, 100 + k, 120, 3, text] for k in range(30)]
    announced = f"[totals]\n{t} = 3435\n{toml_text(text + ' 2')} = 3600\n"
    columns = f'[columns]\ntable = "table"\nregistered = "registered"\ninvalid = "invalid"\n[candidates]\n{t} = {t}\n{toml_text(text + " 2")} = {toml_text(text + " 2")}\n'  # noqa: E501
    files = {"s.csv": table([head, *rows]), "a.toml": announced, "m.toml": columns}
    yield Case("tally", files, (
        ("assess", "s.csv", "--mapping", "m.toml", "--out", "found"),
        ("assess", "s.csv", "--mapping", "m.toml", "--announced", "a.toml", "--incumbent", text),
        ("assess", "s.csv", "--template"), ("assess", "s.csv"),
        ("assess", "s.csv", "--strata-column", text), ("assess", "s.csv", "--sample", text),
        ("plan", "--margin", "0.02", "--past", "s.csv", "--mapping", "m.toml", "--out", "d.csv",
         "--seed", text, "--candidate", text),
    ))  # fmt: skip
    actors = table([["actor", "capability", "position", "salience"],
                    *[[f"{text}{k}", 1 + k, 10 * k, 0.5] for k in range(4)]])  # fmt: skip
    yield Case("actors", {"actors.csv": actors}, (
        ("bargain", "actors.csv"), ("bargain", "actors.csv", "--json"),
        ("bargain", "actors.csv", "--model", text), ("bargain", "actors.csv", "--scale", text),
    ))  # fmt: skip
    batch = table(
        [
            ["batch", f"reported {text}", f"reported {text} 2"],
            *[[f"{text}{k}", 50, 40] for k in range(9)],
        ]
    )
    yield Case("audit", {"b.csv": batch}, (
        ("audit", "plan", "-v", f"{text}=500", "-v", "b=400"),
        ("audit", "plan", "-v", f"{text}=500", "-v", "b=400", "--json"),
        ("audit", "plan", "-v", "a=500", "-v", "b=400", "--batches", "b.csv"),
        ("audit", "measure", "b.csv"),
    ))  # fmt: skip
    points = table([["quick_count.n", text], [60, text]])
    yield Case(
        "points",
        {"p.csv": points},
        (("sweep", "bellmar", "--design", "p.csv", "-n", "1", "-j", "1"),),
    )


def faults_of(done: Done) -> list[str]:
    """Return what is wrong with what a command printed."""
    found = [f"broke: {done.code} {done.err[-300:]}"] if done.broke else []
    for name, text in (("stdout", done.out), ("stderr", done.err)):
        odd = FORBIDDEN.search(text.replace("\n", ""))
        if odd:
            found.append(f"{name} holds {odd[0]!r}")
    if "--json" in done.words and done.code == 0:
        try:
            json.loads(done.out, parse_constant=_refuse)
        except ValueError as error:
            found.append(f"JSON: {error}")
    return found


def _refuse(word: str) -> Any:
    raise ValueError(f"{word} is no finite number")


def page_faults(page: str) -> list[str]:
    """Return what is wrong with a page: no policy, or a script that its policy does not name."""
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    if policy is None:
        return ["no policy"]
    named = html.unescape(policy[1])
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    odd = re.findall(r"<script(?!>| type=\"application/json\">)|onerror=\"", page)
    return ["a script that the policy does not name"] * (
        len(odd) + sum(digest not in named for digest in digests)
    )


def faults_in(folder: Path) -> list[str]:
    """Return what is wrong with the files that commands wrote."""
    found = []
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        if path.suffix == ".csv" and path.name not in (
            "s.csv",
            "actors.csv",
            "b.csv",
            "p.csv",
            GIVEN,
        ):
            try:
                rows = io.StringIO(path.read_text(encoding="utf-8"), newline="")
            except UnicodeDecodeError:
                found.append(f"{path}: no text")
                continue
            cells = [cell for row in csv.reader(rows) for cell in row]
            found += [
                f"{path.name}: {c!r}" for c in cells if OPENS.match(c) and not NUMBER.match(c)
            ]
            found += [f"{path.name}: {c!r}" for c in cells if FORBIDDEN.search(c)]
        if path.suffix == ".html":
            page = path.read_text(encoding="utf-8")
            found += [f"{path.name}: {fault}" for fault in page_faults(page)]
    return found
