"""Mutilated scenario and seed files: either they load, or they give an InputError with clear
messages; never anything else.
"""

from __future__ import annotations

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.scenario.find import shipped
from sim.scenario.load import load
from sim.scenario.seeds.seed_files import load_seed

CASE = "venezuela-2024"
SCENARIO = """#:schema ./scenario.schema.json
format = 2
title = "All kinds of keys"
extends = "venezuela-2024.toml"
as_of = 2024-07-02

[run]
replicates = 40
entropy = "0x5EED"

[night]
exit_cost = 0.3
source = "assumption"

[calendar]
reviews = { every = "week", day = "thursday", until = "vote" }

[uncertainties]
"support.family_weight" = { beta = [1.5, 8.5] }
"night.exit_cost" = { normal = [0.3, 0.1], bounds = [0.1, 0.8] }
"conduct.broad_observation" = { choice = [false, true], weights = [3, 1] }

[levers]
"licences.GL44.renewed" = [false, true]

[measures]
report = ["vote_winner"]

[[events]]
actor = "government"
decision = "bar_candidate"
option = "yes"
at = 2024-07-04

[[events]]
actor = "government"
decision = "night"
option = "count"
at = { after = "PollsClosed", hours = 2 }
"""

VALUES = (
    "-1",
    "1e400",
    "nan",
    "inf",
    "true",
    '"text"',
    '""',
    "[]",
    "[[]]",
    "{}",
    "{ a = 1 }",
    "2024-13-01",
    "1979-05-27",
    "07:32:00",
    "0x7FFFFFFFFFFFFFFFFFFF",
    "9" * 5000,
    '"\\u0000"',
    "[1, 'a', true]",
    "-9223372036854775808",
    '"../../etc/passwd"',
    "1.5",
    "''",
    "2024-07-02T10:00:00Z",
    '["a", "a"]',
    '[{ a = 1 }, "b"]',
    '"' + "x" * 3000 + '"',
    "1_000",
)

Mutation = Callable[[bytes, random.Random], bytes]


def lines_of(data: bytes, luck: random.Random) -> tuple[list[bytes], int]:
    lines = data.split(b"\n")
    return lines, luck.randrange(len(lines))


def delete(data: bytes, luck: random.Random) -> bytes:
    lines, at = lines_of(data, luck)
    del lines[at : at + luck.choice((1, 1, 1, 4))]
    return b"\n".join(lines)


def duplicate(data: bytes, luck: random.Random) -> bytes:
    lines, at = lines_of(data, luck)
    return b"\n".join([*lines[:at], lines[at], *lines[at:]])


def retype(data: bytes, luck: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = luck.choice([number for number, line in enumerate(lines) if b" = " in line])
    lines[at] = lines[at].split(b" = ")[0] + b" = " + luck.choice(VALUES).encode()
    return b"\n".join(lines)


def rename(data: bytes, luck: random.Random) -> bytes:
    words = list(re.finditer(rb"[A-Za-z_0-9]{3,}", data))
    word = luck.choice(words)
    return (
        data[: word.start()]
        + luck.choice((b"x", b"extends", b"seed", b'"a.b"', b"source", word.group()[1:]))
        + data[word.end() :]
    )


def truncate(data: bytes, luck: random.Random) -> bytes:
    return data[: luck.randrange(len(data))]


def scramble(data: bytes, luck: random.Random) -> bytes:
    at = luck.randrange(len(data))
    return (
        data[:at]
        + bytes([luck.randrange(256) for _ in range(luck.choice((1, 3)))])
        + data[at + 1 :]
    )


def encode(data: bytes, luck: random.Random) -> bytes:
    return data.decode("utf-8").encode(luck.choice(("utf-16", "utf-32", "utf-16-le")))


def latin(data: bytes, luck: random.Random) -> bytes:
    return data.replace(b"e", "é".encode("latin-1"), 3)


def enlarge(data: bytes, luck: random.Random) -> bytes:
    return data + b"\n# " + b"x" * 1_000_001


def deepen(data: bytes, luck: random.Random) -> bytes:
    depth = luck.choice((13, 60, 400, 20_000))
    deep = luck.choice(
        (
            b"x = " + b"[" * depth + b"]" * depth,
            b"[" + b".".join([b"a"] * depth) + b"]",
            b"x = " + b"{a=" * depth + b"1" + b"}" * depth,
        )
    )
    return data + b"\n" + deep + b"\n"


def climb(data: bytes, luck: random.Random) -> bytes:
    target = luck.choice(
        (
            b"../x.toml",
            b"/etc/passwd",
            b"..\\\\x.toml",
            b"a/../../x.toml",
            b".",
            b"",
            b"mine.toml",
            b"\\u0000",
            b"n" * 5000,
        )
    )
    return re.sub(rb'extends = "[^"]*"', lambda _: b'extends = "' + target + b'"', data)


MUTATIONS: tuple[Mutation, ...] = (
    delete,
    duplicate,
    retype,
    retype,
    retype,
    rename,
    rename,
    truncate,
    scramble,
    encode,
    latin,
    enlarge,
    deepen,
    climb,
)


def outcome(attempt: Callable[[], object], label: str) -> str:
    """Return "" when the attempt works, else the error, which must be an InputError with a message
    in every problem.
    """
    caught: list[InputError] = []
    try:
        attempt()
    except InputError as refusal:
        caught.append(refusal)
    for error in caught:
        assert error.exit_code == 2
        assert error.problems, label
        for problem in error.problems:
            assert problem.message.strip(), label
            assert problem.file or problem.hint, f"{label}: {problem}"
            assert "Traceback" not in problem.render()
        return str(error)
    return ""


@pytest.mark.parametrize("batch", range(4))
def test_no_mutated_scenario_gives_anything_but_an_input_error(tmp_path: Path, batch: int) -> None:
    refused = 0
    for number in range(42):
        luck = random.Random(1000 * batch + number)
        mutation = MUTATIONS[number % len(MUTATIONS)]
        file = tmp_path / "mine.toml"
        file.write_bytes(mutation(SCENARIO.encode(), luck))
        refused += (
            outcome(lambda: load(tmp_path / "mine.toml"), f"{mutation.__name__} {batch}/{number}")
            != ""
        )

    assert 24 <= refused <= 42


@pytest.mark.parametrize("batch", range(2))
def test_no_mutated_seed_gives_anything_but_an_input_error(tmp_path: Path, batch: int) -> None:
    copy = tmp_path / CASE
    shutil.copytree(shipped("seeds") / CASE, copy)
    files = sorted(copy.rglob("*.toml"))
    refused = 0
    for number in range(28):
        luck = random.Random(9000 + 1000 * batch + number)
        mutation = MUTATIONS[number % len(MUTATIONS)]
        file = luck.choice(files)
        whole = file.read_bytes()
        file.write_bytes(mutation(whole, luck))
        refused += (
            outcome(lambda: load_seed(copy), f"{file.name} {mutation.__name__} {batch}/{number}")
            != ""
        )
        file.write_bytes(whole)

    assert 10 <= refused <= 28


@pytest.mark.parametrize("batch", range(2))
def test_no_override_gives_anything_but_an_input_error(batch: int) -> None:
    luck = random.Random(batch)
    keys = (
        "night.exit_cost",
        "seed",
        "as_of",
        "extends",
        "events",
        "run",
        "uncertainties",
        'uncertainties."a.b"',
        "x",
        "",
        "a..b",
        "format",
    )
    for _ in range(20):
        override = (
            f"{luck.choice(keys)}{luck.choice(('=', '=', '=', ' ', '=='))}{luck.choice(VALUES)}"
        )
        outcome(lambda given=override: load(CASE, [given]), override)  # type: ignore[misc]


@pytest.mark.parametrize(
    "given",
    [
        "",
        ".",
        "..",
        "/",
        "a/b",
        "\0",
        "no\0.toml",
        "x" * 5000,
        "x" * 5000 + ".toml",
        "seeds",
        "*",
        "~",
    ],
)
def test_no_name_of_a_scenario_gives_anything_but_an_input_error(given: str) -> None:
    assert outcome(lambda: load(given), given) != ""


def test_a_pipe_is_no_scenario(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")

    assert "no such file" in outcome(lambda: load(tmp_path / "pipe.toml"), "pipe")
