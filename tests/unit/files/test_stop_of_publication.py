"""A stop of publication: found where there is one, seldom where there is none, told in words."""

from types import SimpleNamespace

import numpy as np
import pytest

from sim.fieldwork.reading import read_sheets
from sim.files.counting.stop import stop_of


def flow(hours, reported=None):
    reported = np.ones(len(hours), dtype=np.bool_) if reported is None else reported
    return SimpleNamespace(hours=np.asarray(hours, dtype=np.float64), reported=reported)


def paused(hours, start=2.0, end=3.0):
    """Sheets that would have come in the pause come in the quarter of an hour after it."""
    inside = (hours > start) & (hours < end)
    return np.where(inside, end + (hours - start) / (end - start) / 4, hours)


SHAPES = {
    "exponential": lambda rng, n: rng.exponential(3, n),
    "lognormal": lambda rng, n: 3 * rng.lognormal(0, 0.6, n),
    "heavy tail": lambda rng, n: 3 * (1 / rng.random(n) - 1) ** 0.4,
    "by the minute": lambda rng, n: np.round(180 * rng.lognormal(0, 0.6, n)) / 60,
    "by the hour": lambda rng, n: np.round(3 * rng.lognormal(0, 0.9, n)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("n", [100, 3000])
def test_honest_flows_have_no_stop(shape, n):
    rng = np.random.default_rng(5)
    found = sum(stop_of(flow(SHAPES[shape](rng, n))) is not None for _ in range(100))
    assert found <= 2  # .001 each: three or more in 100 have a chance of .0002


@pytest.mark.parametrize("shape", ["exponential", "lognormal", "heavy tail"])
def test_an_hour_without_sheets_is_found(shape):
    rng = np.random.default_rng(6)
    stop = stop_of(flow(paused(SHAPES[shape](rng, 1000))))
    assert (round(stop.began, 1), round(stop.resumed, 1)) == (2.0, 3.0)
    assert stop.before + stop.after == 1000


@pytest.mark.parametrize(
    "hours", [[], [1.0] * 500, [np.inf] * 300, list(range(40)), np.linspace(0, 8, 500)]
)
def test_nothing_is_said_of_none_one_moment_or_a_steady_flow(hours):
    assert stop_of(flow(hours)) is None


def test_sheets_that_do_not_count_make_no_flow():
    hours = paused(np.random.default_rng(6).exponential(3, 1000))
    assert stop_of(flow(hours, np.zeros(1000, dtype=np.bool_))) is None


def test_it_is_said_first_with_what_came_after(tmp_path):
    rng = np.random.default_rng(7)
    hours = paused(rng.exponential(3, 400))
    rows = ["region,table,registered,Ana,Bo,valid,hours"]
    for i, hour in enumerate(hours):
        ana = int(rng.integers(80, 120)) + (40 if hour >= 3 else 0)
        rows.append(f"R{i % 2},T{i:03d},400,{ana},{200 - ana},200,{hour:.4f}")
    (tmp_path / "a.csv").write_text("\n".join([*rows, ""]))
    tally, _ = read_sheets([tmp_path / "a.csv"], apart={"hours": "hours"})
    said = tally.notes[0]

    assert said.startswith("No sheet came in for 1.0 hours, from 2.0 to 3.0 hours after closing")
    assert "There Ana has +" in said
    assert said.endswith("outside that range")
