"""Odd options and mutilated files of every `sim audit` command: an answer with finite numbers, or
an error that names its cause; never a traceback.
"""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.__main__ import main
from sim.fieldwork.audit import ballots, plan, strata
from sim.models.audit import rounds, splits
from tests.support.long_runs import cases

pytestmark = pytest.mark.slow
FOLDER = Path(__file__).parents[3] / "docs" / "audits"
CASES = settings(
    max_examples=cases(500, 60), deadline=None, suppress_health_check=list(HealthCheck)
)

NUMBERS = st.one_of(
    st.sampled_from(
        [
            "0",
            "-1",
            "1",
            "0.05",
            "1e-308",
            "1e308",
            "nan",
            "inf",
            "-inf",
            "9" * 20,
            "0.5",
            "",
            "x",
            "1e-9",
        ]
    ),
    st.integers(-5, 3000).map(str),
    st.floats(0, 1).map(str),
)
CELLS = st.one_of(
    NUMBERS,
    st.sampled_from(
        [
            "Ana",
            " bo ",
            "blank",
            "not found",
            "polling",
            "counted",
            "unaudited",
            "comparison",
            '"',
            ";",
            "٣",
            "\u200b",
            "North 1",
        ]
    ),
    st.text(max_size=6),
)
ENTRIES = st.one_of(
    st.tuples(st.sampled_from(["Ana", "Bo", "Cy", "ANA", ""]), NUMBERS).map("=".join),
    st.sampled_from(["Ana=1500", "Bo=800", "Ana=3", "Bo=10000000000"]),
)


def run(*words):
    out, err, code = io.StringIO(), io.StringIO(), 0
    small = (
        mock.patch.object(ballots, "SIMULATED", 4),
        mock.patch.object(plan, "SIMULATED", 4),
        mock.patch.object(rounds, "BLOCKS", 40),
        mock.patch.object(splits, "POINTS", 200),
        mock.patch.object(strata, "FEW_POINTS", 50),
        mock.patch.object(sys, "argv", ["sim", "audit", *words]),
    )
    with contextlib.ExitStack() as stack:
        for one in (*small, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err)):
            stack.enter_context(one)
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
    return code, out.getvalue(), err.getvalue()


def holds(*words):
    code, out, err = run(*words)
    assert code in (0, 2), err
    assert "Traceback" not in err
    if code == 2:
        assert out == ""
        assert len(err.strip()) > 20
    elif "--json" in words:
        json.loads(out, parse_constant=lambda word: pytest.fail(word))
    else:
        assert " nan" not in out
        assert " inf" not in out


def options(draw, names):
    chosen = draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    words = [f"{name}={draw(NUMBERS)}" for name in chosen]
    return words + ["--json"] * draw(st.booleans())


def votes(draw):
    good = draw(st.booleans())
    entries = ["Ana=1500", "Bo=800"] if good else draw(st.lists(ENTRIES, max_size=3))
    return [word for entry in entries for word in ("-v", entry)]


def mutilated(draw, name):
    """A file of the walk-through with some cells, lines or its heading changed, or noise."""
    path = FOLDER / name
    lines = path.read_text(encoding="utf-8").splitlines()[:16]
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        cells = lines[at].split(",")
        cells[draw(st.integers(0, len(cells) - 1))] = draw(CELLS)
        kind = draw(st.sampled_from(("cell", "cell", "cell", "twice", "gone")))
        lines[at : at + 1] = {"cell": [",".join(cells)], "twice": [lines[at]] * 2, "gone": []}[kind]
        lines = lines or [""]
    body = "\n".join(lines).encode("utf-8", "surrogatepass")
    noise = draw(st.one_of(st.just(b""), st.just(b""), st.binary(max_size=8)))
    target = path.parents[2] / ".pytest_cache" / f"fuzz_{name}"
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(body + noise)
    return str(target)


RATES = ["--o1", "--o2", "--u1", "--u2"]


@CASES
@given(st.data())
def test_plan(data):
    more = ["--batches", mutilated(data.draw, "batches.csv")] if data.draw(st.booleans()) else []
    names = ["--risk-limit", "--ballots", "--chance", *RATES]
    holds("plan", *votes(data.draw), *options(data.draw, names), *more)


@CASES
@given(st.data())
def test_draw(data):
    file = mutilated(data.draw, data.draw(st.sampled_from(["ballots.csv", "batches_read.csv"])))
    seed = data.draw(st.one_of(st.just("73920184650928374615"), CELLS))
    take = data.draw(st.one_of(st.integers(1, 30).map(str), NUMBERS))
    flags = ["--with-replacement"] * data.draw(st.booleans())
    holds("draw", file, f"--seed={seed}", f"--take={take}", *options(data.draw, ["--skip"]), *flags)


@CASES
@given(st.data())
def test_measure(data):
    file = mutilated(data.draw, data.draw(st.sampled_from(["round_1.csv", "batches_read.csv"])))
    method = data.draw(
        st.sampled_from(["alpha", "alpha", "bravo", "kaplan-wald", "kaplan-markov", "x"])
    )
    names = ["--risk-limit", "--ballots", "--chance"]
    flags = ["--with-replacement"] * data.draw(st.booleans())
    words = (*votes(data.draw), *options(data.draw, names), *flags)
    holds("measure", file, f"--method={method}", *words)


@CASES
@given(st.data())
def test_comparison(data):
    numbers = (f"--ballots={data.draw(NUMBERS)}", f"--diluted-margin={data.draw(NUMBERS)}")
    holds("comparison", *numbers, *options(data.draw, ["--risk-limit", "--cast", *RATES]))


@CASES
@given(st.data())
def test_combine(data):
    file = mutilated(data.draw, "strata.csv")
    words = data.draw(
        st.sampled_from([[file], [file], [file], [file, "0.05"], ["1e-6", "1"], ["no.csv"]])
    )
    holds("combine", *words, *options(data.draw, ["--risk-limit"]))
