"""Generated files of tally sheets through `assess --forensics`: a finding of finite numbers from
each test, or one error that names the cause; never anything else.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.errors import InputError
from sim.estimators.register import FORENSIC
from sim.fieldwork.assess import ALL, Assessment, Request, assess_file
from sim.output.reading import document
from sim.records.parameters.watching.forensics import Forensics
from sim.rng import generator
from tests.support.long_runs import cases

SETTINGS = ALL.model_copy(
    update={"forensics": Forensics(min_tables=30, redraws=20, klimek_redraws=3, audit_orders=3)}
)
NAMES = ("Ana", "Bruno", "Carla Diaz")
SHAPES = ("spread", "equal", "none", "all", "one", "huge", "over")


def votes(shape: str, n: int, register: int, number: int) -> list[tuple[int, ...]]:
    """Return the votes of three candidates at n tables."""
    rng = generator(number, "test/fuzz")
    fixed = {
        "equal": (7, 7, 7),
        "none": (0, 0, 0),
        "all": (register, 0, 0),
        "one": (1, 0, 0),
        "huge": (10**9, 10**9 - 1, 3),
    }
    if shape in fixed:
        return [fixed[shape]] * n
    top = register if shape == "over" else max(register // 3, 1)
    return [tuple(int(v) for v in row) for row in rng.integers(0, top + 1, (n, 3))]


@st.composite
def files(draw: st.DrawFn) -> tuple[str, dict[str, str | None]]:
    """Return a file and what is asked of it: sizes from one table to some dozens, groups of one to
    forty tables, registers present, absent or zero, odd cells here and there.
    """
    n = draw(st.sampled_from([1, 2, 29, 30, 31, 60, 75]))
    group, regions = draw(st.sampled_from([1, 2, 3, 12, 13, 40])), draw(st.integers(1, 4))
    register = draw(st.sampled_from([0, 1, 30, 500]))
    rows = votes(draw(st.sampled_from(SHAPES)), n, register, draw(st.integers(0, 10**6)))
    odd = draw(st.sampled_from(["", "", "", "-1", "x", "1e400", "nan", "0.5", " 12 ", "=1+1"]))
    past = draw(st.sampled_from(["", "0", "1", "0.4", "varied"]))
    lines = ["region,centre,table,registered,Ana,Bruno,Carla Diaz,null,past"]
    for i, row in enumerate(rows):
        cells = [f"R{i % regions}", f"C{i // group}", str(i % group + 1), str(register or "")]
        cells += [*map(str, row), "0", str((i % 9 + 1) / 10) if past == "varied" else past]
        lines.append(",".join(cells))
    if odd:
        at = draw(st.integers(1, n))
        cells = lines[at].split(",")
        cells[draw(st.integers(0, len(cells) - 1))] = odd
        lines[at] = ",".join(cells)
    asked = {
        "centre_column": draw(st.sampled_from([None, "centre"])),
        "past_column": draw(st.sampled_from([None, "past"])),
        "target": draw(st.sampled_from([None, None, "ana", "CARLA DIAZ", "Nobody"])),
    }
    return "\n".join(lines) + "\n", asked


def finite(value: object) -> bool:
    if isinstance(value, dict):
        return all(map(finite, value.values()))
    if isinstance(value, list | tuple):
        return all(map(finite, value))
    return not isinstance(value, float) or math.isfinite(value)


def check(folder: Path, text: str, asked: dict[str, str | None]) -> None:
    file = folder / "sheets.csv"
    file.write_text(text, encoding="utf-8")
    done: Assessment | str
    try:
        done = assess_file(Request(file, forensics=True, **asked), SETTINGS)
    except InputError as error:
        done = str(error)
    if isinstance(done, str):
        assert len(done) > 20
        return
    made = document(done.tally, done.findings, done.set_aside)
    json.dumps(made, allow_nan=False)
    rows = [f for f in done.findings if f.estimator in FORENSIC]
    assert len(rows) == len(FORENSIC)
    assert all(finite(f.plain()) and "nan" not in f.statement.split() for f in rows)
    assert all(f.changes_if.endswith(".") and len(f.statement) > 40 for f in rows)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(case=files())
def test_a_few_files_give_findings_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, dict[str, str | None]]
) -> None:
    check(tmp_path_factory.mktemp("fuzz"), *case)


@pytest.mark.slow
@settings(max_examples=cases(500, 60), deadline=None, suppress_health_check=list(HealthCheck))
@given(case=files())
def test_five_hundred_files_give_findings_or_one_error(
    tmp_path_factory: pytest.TempPathFactory, case: tuple[str, dict[str, str | None]]
) -> None:
    check(tmp_path_factory.mktemp("fuzz"), *case)
