"""Odd options and torn files of `sim plan` and of the sample in `sim assess`: a result of finite
numbers, or one message that names the cause; never a traceback.
"""

import json
import re

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.commands import sim
from tests.support.long_runs import cases

MANY = settings(
    max_examples=cases(500, 60),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
ODD = """
0 -0 1 -1 2 3 7 10 40 0.01 0.05 0.1 0.3 0.4999 0.5 0.9 0.95 0.99 0.9999999999999999 1e-308 5e-324
-1e-308 1e308 1e400 nan inf -inf 99999999999999999999 -99999999999999999999 9e18 0x10 1_000 ½ x
"""
NUMBERS = st.sampled_from(ODD.split())
NAMED = ("margin", "tables", "level", "nonresponse", "strata", "past-correlation")
CELLS = st.sampled_from(
    ["", "0", "-3", "1.5", "1e30", "nan", "inf", "NA", "x", "T001", "99999999999999999999", "=1+1"]
)
NO_NUMBER = re.compile(r"[+-](nan|inf)\b|\b(nan|inf) (%|points|votes|voters|tables|reports)")
CAUSES = re.compile(
    r"--|column|candidat|margin|level|strat|table|list|file|row|share|number|line|code|reporting|"
    r"correlation|non-response|header|cell|quotation|replicate|value",
    re.IGNORECASE,
)


def sheets(rows, rng, past=0.0):
    """Return the lines of a file of sheets."""
    valid = rng.integers(50, 400, rows)
    ana = rng.integers(0, valid + 1)
    lines = [
        f"T{i:03d},{i % 3},{valid[i] + 50},{valid[i]},{ana[i]},{valid[i] - ana[i]},{i % 2},{i / 9}"
        for i in range(rows)
    ]
    return ["code,stratum,registered,valid,ana,bo,drawn,hour", *lines]


def torn(draw, lines):
    """Return the lines with some cells replaced, cut off, doubled or dropped."""
    cells = [line.split(",") for line in lines]
    for _ in range(draw(st.integers(0, 3))):
        row = cells[draw(st.integers(0, len(cells) - 1))]
        words = st.sampled_from(["", "x", "code", "=1"]) if row is cells[0] else CELLS
        row[draw(st.integers(0, len(row) - 1))] = draw(words)
    change = draw(st.sampled_from(["none", "none", "none", "double", "drop", "short", "column"]))
    at = draw(st.integers(0, len(cells) - 1))
    if change == "double":
        cells.append(cells[at])
    elif change == "drop":
        cells.pop(at)
    elif change == "short":
        cells[at] = cells[at][:-1]
    elif change == "column":
        column = draw(st.integers(0, len(cells[0]) - 1))
        cells = [row[:column] + row[column + 1 :] for row in cells]
    return "\n".join(",".join(row) for row in cells) + "\n"


@st.composite
def plans(draw):
    """Return (text of the earlier count, options)."""
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    lines = sheets(draw(st.sampled_from([1, 2, 3, 8, 40])), rng)
    options = [f"--{name}={draw(NUMBERS)}" for name in NAMED if draw(st.booleans())]
    if draw(st.integers(0, 3)):  # most plans have the one number that they need
        options = [o for o in options if not o.startswith(("--margin", "--tables"))]
        options.append(draw(st.sampled_from(["--margin=0.05", "--tables=20", "--tables=6"])))
    if draw(st.booleans()):
        options.append("--neyman")
    if draw(st.booleans()):
        options.append(f"--candidate={draw(st.sampled_from(['ana', 'BO', 'zoe', '']))}")
    return torn(draw, lines), [*options, draw(st.sampled_from(["--past", "--past", "--frame"]))]


def fine(ran):
    """Hold a command to its word: a result, or one message that names the cause."""
    assert ran.code in (0, 2, 3, 4)  # 3: many faulty rows; 4: the list is there already
    assert "Traceback" not in ran.err
    assert not NO_NUMBER.search(ran.out)
    assert ran.code == 0 or CAUSES.search(ran.err)
    return ran


@pytest.mark.slow
@MANY
@given(case=plans())
def test_any_plan_is_made_or_refused_in_words(case, tmp_path, monkeypatch, capsys):
    text, options = case
    (tmp_path / "past.csv").write_text(text)
    (tmp_path / "list.csv").unlink(missing_ok=True)
    drawing = ("--out", tmp_path / "list.csv", "--seed", "s")
    ran = fine(sim(monkeypatch, capsys, "plan", *options, tmp_path / "past.csv", *drawing))
    if ran.code == 0:
        rows = (tmp_path / "list.csv").read_text().splitlines()
        assert len(rows) > 1
        fine(assessed(monkeypatch, capsys, tmp_path, "past.csv", "--frame", tmp_path / "list.csv"))


def assessed(monkeypatch, capsys, folder, file, *options):
    """Run `sim assess` with --out, and read what it wrote: finite numbers only."""
    out = folder / "out"
    ran = sim(monkeypatch, capsys, "assess", folder / file, *options, "--out", out)
    if ran.code == 0:
        json.loads((out / "findings.json").read_text(), parse_constant=no_constant)
    return ran


def no_constant(word):
    raise AssertionError(f"{word} in JSON")


@st.composite
def samples(draw):
    """Return (sheets, list of all tables, list of drawn tables, options)."""
    rng = np.random.default_rng(draw(st.integers(0, 9)))
    rows = draw(st.sampled_from([1, 2, 31, 45]))
    frame = ["code,stratum,registered", *(f"T{i:03d},{i % 3},700" for i in range(rows + 20))]
    drawn = ["stratum,what,role,order,table,region,registered,earlier_share,stratum_tables"]
    drawn += [
        f"{i % 3 + 1},class {i % 3},{'replacement' if i % 9 == 8 else 'sample'},{i},T{i:03d},,700,"
        f"{i / 99:.3f},{rows + 20}"
        for i in range(rows + 3)
    ]
    options = []
    for name, values in (
        ("sample", ["all", "drawn", "drawn", "hour", "no such"]),
        ("strata", ["stratum", "stratum", "code", "no such", ""]),
        ("hours", ["hour", "valid", "no such"]),
        ("frame", ["frame.csv", "frame.csv", "list.csv", "sheets.csv"]),
    ):
        if draw(st.booleans()):
            options.append((name, draw(st.sampled_from(values))))
    return torn(draw, sheets(rows, rng)), torn(draw, frame), torn(draw, drawn), options


@pytest.mark.slow
@MANY
@given(case=samples())
def test_any_sample_is_read_or_refused_in_words(case, tmp_path, monkeypatch, capsys):
    *texts, options = case
    for name, text in zip(("sheets.csv", "frame.csv", "list.csv"), texts, strict=True):
        (tmp_path / name).write_text(text)
    words = [
        word
        for name, value in options
        for word in (f"--{name}", tmp_path / value if name == "frame" else value)
    ]
    fine(assessed(monkeypatch, capsys, tmp_path, "sheets.csv", *words))
