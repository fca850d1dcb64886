"""`sim power`: tables, rows as JSON and the picture, each with false alarms beside the power."""

import json
import re

import pytest

from sim.output.tables.power import cell
from sim.power.power_study import asked_for
from sim.power.worlds import COSTLY, SLOW, PowerWorld, all_worlds
from tests.support.commands import sim

ARGUMENTS = (
    "power",
    "bellmar",
    "-n",
    "2",
    "--jobs",
    "1",
    "--manipulation",
    "fabricated_totals",
    "--estimator",
    "rounded_percentages",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("power")


def test_a_table_for_each_evidence_and_false_alarms_in_each_cell(folder, monkeypatch, capsys):
    said = sim(monkeypatch, capsys, *ARGUMENTS, "--out", str(folder))
    assert (said.code, said.out.count("Evidence:"), said.out.count("100 (0)")) == (0, 3, 9)


def test_json_rows_hold_power_and_false_alarms(folder, monkeypatch, capsys):
    rows = json.loads(sim(monkeypatch, capsys, *ARGUMENTS, "--out", str(folder), "--json").out)[
        "rows"
    ]
    assert {
        (r["world"], r["rejection_share"], r["false_alarm_share"])
        for r in rows
        if r["intensity"] == "high"
    } == {("fabricated_totals, high", 1.0, 0.0)}


def test_the_picture_writes_n_into_each_cell(folder, tmp_path, monkeypatch, capsys):
    target = tmp_path / "power.svg"
    sim(monkeypatch, capsys, *ARGUMENTS, "--out", str(folder), "--plot", str(target))

    assert re.findall(r">(\d+(?: \(\d+\))?)<", target.read_text()) == [
        "0",
        "0",
        "100",
        "100",
        "100",
    ]


def test_a_cell_shows_power_then_false_alarms():
    assert (cell(0.934, 0.012), cell(0.0, 0.0)) == ("93 (1)", "·")


def test_costly_estimators_are_asked_in_some_replicates_and_named_ones_in_all():
    asked, named = asked_for((), (), 50), asked_for((), ("last_digit",))
    counts = [
        sum(key in asked.of(PowerWorld(), r) for key in (*COSTLY, *SLOW)) for r in (0, 1, 10, 50)
    ]
    assert (counts, named.of(PowerWorld(), 7)) == ([10, 0, 7, 10], ("last_digit",))


def test_worlds_are_honest_ones_first_then_each_manipulation_at_three_intensities():
    names = [w.name for w in all_worlds()]
    assert (names[:3], len(names), len(set(names))) == (
        ["none", "none, totals only", "none, voters may leave"],
        69,
        69,
    )
    assert (names[3], names[-1]) == ("ballot_stuffing, low", "witness_expulsion, high, displaced")
