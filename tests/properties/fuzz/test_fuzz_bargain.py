"""Mutilated files and odd options of `sim bargain`: an answer of finite numbers, or a message that
names the cause; never anything else.
"""

import json
import math

import pytest
import typer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from sim.cli.elections.bargain import command
from sim.errors import InputError
from tests.support.long_runs import cases

ACTORS = """actor,capability,position,salience
North,1,4,0.8
South,2,7,0.4
East,1,10,1
West,3,5,0.5
"""
TITLED = """Demo,"a title, with a comma",3,2,
Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,
A, one, 10, 20.5, 40, 80, 50,
B, two, 30, 60, 30, 10, 30,
C, three, 12, 61, 30, 90, 30,
"""
PACKAGES = "package,A,B\nno agreement,0.2,0.1\nx,0.35,0.9\ny,0.8,0.3\nz,0.5,0.6\n"
PLAYERS = "player,cost,prize,patience,outside\nA,1,4,.9,.1\nB,1,2,.8,.2\n"
ISSUES = (
    "isnrnmc\tpA\tpB\tsA\tsB\trp\tout\n\t1\t2\t\t\t\t\n"
    "1\t10\t20\t5\t5\t0\t40\n2\t90\t10\t5\t50\t\t30\n"
)
CELLS = st.sampled_from(
    [
        "",
        " ",
        "0",
        "-0",
        "1",
        "-1",
        "100",
        "101",
        "0.5",
        "1e-9",
        "1e-300",
        "5e-324",
        "1e12",
        "1e13",
        "-1e12",
        "1e308",
        "-1e308",
        "1e400",
        "nan",
        "inf",
        "-inf",
        "1_0",
        "٣",
        "0x10",
        "1,5",
        "true",
        "None",
        '"',
        '""',
        "'",
        "=1+1",
        "North",
        "A",
        "x" * 150,
        "9" * 400,
        "\x00",
        "\x1b[31m",
        "\u202e",
        "é",
        "actor",
        "package",
        "player",
        "position",
        "salience2",
        "no agreement",
        "<b>",
    ]
)
SCALES = ["0:10", "0:100", "-5:1e3", "4:10", "10:0", "a", "0:0", "0:1e12", "nan:1", "1e-12:2e-12"]
PAIRS = [
    "0.9:0.9",
    "0.99:0.01",
    "1:1",
    "0:0.5",
    ".5",
    "1e-9:0.999999999",
    "nan:0.5",
    "0.25:4",
    "x:y",
]
SHARES = [
    "0",
    "0.05",
    "0.999",
    "1",
    "-1",
    "nan",
    "capability=0.5",
    "position=.1,salience=.1",
    "a=1",
]
WORDS = st.sampled_from(
    [
        "linear",
        "square",
        "octic",
        "binary",
        "cubic",
        "proportional_cubic",
        "asymmetric_prospect",
        "conditional",
        "markov_incentive",
        "markov_uniform",
        "none",
        "semi",
        "full",
        "min",
        "mid",
        "max",
        "half",
        "two_thirds",
        "s1p1",
        "s2pmax",
        "both",
        "weighted",
        "challenger",
        "text",
        "all_pairs",
        "half_met",
        "",
        "Linear",
        "x",
    ]
)
MODELS = st.sampled_from(
    [
        "smp",
        "pce",
        "challenge",
        "weighted_mean",
        "condorcet_median",
        "nash",
        "kalai_smorodinsky",
        "egalitarian",
        "rubinstein",
        "concession",
        "baron_ferejohn",
        "war_of_attrition",
        "none",
        "",
    ]
)
NAMED = ["victory", "voting", "election", "commitment", "risk-range", "risk-view"]
NAMED += ["interpolation", "offers", "variant", "ideal"]
OPTION = st.one_of(
    st.tuples(st.just("--model"), MODELS),
    st.tuples(st.sampled_from([f"--{name}" for name in NAMED]), WORDS),
    st.tuples(st.just("--scale"), st.sampled_from(SCALES)),
    st.tuples(st.just("--turns"), st.sampled_from(["0", "1", "4", "-1", "1001", "x"])),
    st.tuples(st.sampled_from(["--patience", "--exponents"]), st.sampled_from(PAIRS)),
    st.tuples(st.just("--noise"), st.sampled_from(SHARES)),
    st.tuples(st.just("--entropy"), st.sampled_from(["0", "0x5EED", "-1", "x", "9" * 60])),
    st.sampled_from([("--all",), ("--nothing",)]),
)
FILES = st.sampled_from([ACTORS, TITLED, PACKAGES, PLAYERS])
EDIT = st.tuples(
    st.sampled_from(["cell", "cut", "double", "join", "move"]), st.integers(0, 400), CELLS
)
LIMITS = settings(
    max_examples=cases(500, 100),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def edited(text: str, edits: list[tuple[str, int, str]]) -> str:
    """Return a text with some cells, lines and line ends changed."""
    mark = "\t" if "\t" in text else ","
    rows = [line.split(mark) for line in text.splitlines()]
    for kind, place, cell in edits:
        row = rows[place % len(rows)] if rows else []
        if kind == "cell" and row:
            row[place // 7 % len(row)] = cell
        elif kind == "cut" and rows:
            rows.pop(place % len(rows))
        elif kind == "double" and row:
            rows.append(list(row))
        elif kind == "join" and row:
            row.append(cell)
        elif kind == "move" and row:
            rows.sort(key=lambda r: (len(r), r), reverse=bool(place % 2))
    return "\n".join(mark.join(row) for row in rows)


def finite(value: object) -> bool:
    """Return whether all numbers in a JSON value are finite."""
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def asked(path, options: list[tuple[str, ...]]) -> None:
    """Ask the command, and hold what it does to the rule above."""
    app = typer.Typer()
    app.command()(command)
    words = [word for option in options for word in option]
    words += ["--draws", "20"] if "--noise" in words else []
    found = CliRunner().invoke(app, [*words, *path])
    if isinstance(found.exception, InputError):
        said = str(found.exception)
        assert any(name in said for name in ("file.csv", "--"))
        assert all(problem.message for problem in found.exception.problems)
        return
    assert found.exit_code in (0, 2), repr(found.exception)
    if found.exit_code == 0 and "--json" in path:
        assert finite(json.loads(found.stdout))
    elif found.exit_code == 0:
        assert not {"nan", "inf"} & set(found.stdout.replace(":", " ").split())


@pytest.mark.slow
@given(FILES, st.lists(EDIT, min_size=1, max_size=4), st.booleans())
@LIMITS
def test_a_mutilated_file_gives_an_answer_or_names_the_cause(tmp_path, text, edits, as_json):
    path = tmp_path / "file.csv"
    path.write_text(edited(text, edits), encoding="utf-8")
    asked([str(path)] + ["--json"] * as_json, [])


@pytest.mark.slow
@given(FILES, st.lists(OPTION, max_size=4, unique_by=lambda option: option[0]), st.booleans())
@LIMITS
def test_odd_options_give_an_answer_or_name_the_cause(tmp_path, text, options, as_json):
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    asked([str(path)] + ["--json"] * as_json, options)


@pytest.mark.slow
@given(st.lists(EDIT, min_size=1, max_size=4))
@settings(LIMITS, max_examples=100)
def test_a_mutilated_file_of_issues_is_scored_or_refused(tmp_path, edits):
    path = tmp_path / "file.csv"
    path.write_text(edited(ISSUES, edits), encoding="utf-8")
    asked(["--benchmark", str(path), "--json"], [])


@pytest.mark.slow
@given(st.binary(max_size=200))
@LIMITS
def test_any_bytes_give_an_answer_or_name_the_cause(tmp_path, content):
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    asked([str(path)], [])
