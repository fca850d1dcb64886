"""What somebody met who used the package for the first time: wrong types, names, orders."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.errors import InputError
from sim.output.report.run.moments import endings, moments
from sim.output.report.run.subject import of_run
from tests.support.commands import sim as command

BAD = "bellmar"
ONE = {"replicates": 2, "jobs": 1}
W, C = "sheets.witness_level", "sheets.capacity_mean"


def swings(tmp_path, name: str, inputs) -> dict[str, float]:  # type: ignore[no-untyped-def]
    resolved = sim.load(BAD)
    more = {"replicates": 4, "jobs": 1, "folder": tmp_path / name}
    found = sim.tornado(resolved, inputs, ["copies_share_24h"], **more)
    return {row.path: round(row.difference, 9) for row in found.rows}


def test_a_tornado_moves_one_input_and_leaves_the_others_as_the_scenario_has_them(tmp_path) -> None:
    both = swings(tmp_path, "a", {W: [0.7, 0.99], C: [0.5, 0.95]})
    assert swings(tmp_path, "b", {W: [0.99, 0.7], C: [0.95, 0.5]}) == both
    assert swings(tmp_path, "c", {W: [0.7, 0.99]})[W] == both[W]
    assert swings(tmp_path, "d", {C: [0.5, 0.95]})[C] == both[C]


def test_the_picture_of_a_run_has_the_intervals_of_its_table() -> None:
    run = sim.run(BAD, replicates=40, jobs=1, overrides=["run.assumptions=drawn"])
    subject = of_run(run)
    drawn = moments(endings(subject.columns), subject.sets)[0]
    table = {x.category: x for x in run.summary() if x.outcome == "vote_winner"}
    assert {who: (c.low, c.high) for who, c in drawn.chances} == {
        who: (line.low, line.high) for who, line in table.items()
    }


def test_decisions_are_named_with_a_dot_or_a_blank_and_a_wrong_one_is_an_error() -> None:
    few = {"replicates": 2, "alone": True, "jobs": 1}
    dot = sim.influence(BAD, decisions=["government.petition"], **few)
    blank = sim.influence(BAD, decisions=["government petition"], **few)
    assert len(dot.rows) == len(blank.rows) == 2
    with pytest.raises(InputError, match="did you mean 'government petition'"):
        sim.influence(BAD, decisions=["government.petitoin"], **few)


def test_two_variants_are_told_apart() -> None:
    a, b = sim.run(BAD, **ONE), sim.run(BAD, **ONE, overrides={"quick_count.n": 60})
    assert repr(b) == "<Run: 2 replicates of bellmar (quick_count.n=60)>"
    assert sim.compare_all(a, b).names == ("bellmar (quick_count.n=60)",)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: sim.run(BAD, replicates="40"), "write a whole number"),
        (lambda: sim.run(BAD, replicates=2.0), "write a whole number"),
        (lambda: sim.run(BAD, entropy="abc", **ONE), "entropy = 'abc'"),
        (lambda: sim.trace(BAD, "3"), "replicate = '3'"),
        (lambda: sim.trace(BAD, -1), "replicate = -1"),
        (lambda: sim.sweep(BAD, {"quick_count.n": 60}), "write a list of values, not 60"),
        (lambda: sim.sweep(BAD, {"quick_count.n": "60,90"}), "write a list of values"),
        (lambda: sim.sweep(BAD, ["quick_count.n=60"]), "axes: write"),
        (lambda: sim.compare(3, 4), "no run, run folder or scenario"),
        (lambda: sim.compare(BAD, BAD, outcomes="vote_winner"), r"write \['vote_winner'\]"),
        (lambda: sim.compare(BAD, BAD, alpha=5), "alpha = 5"),
    ],
)
def test_a_wrong_argument_is_one_clear_error(call, said: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError, match=said):
        call()


def test_numbers_of_numpy_are_numbers(tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert sim.run(BAD, replicates=np.int64(2), jobs=1).rows.height == 2
    assert sim.load(BAD, {"quick_count.n": np.int64(60)}).scenario.quick_count.n == 60
    axes = {"quick_count.n": np.array([60, 90])}
    done = sim.sweep(BAD, axes, replicates=2, jobs=1, folder=tmp_path, alone=True)
    assert [point["quick_count.n"] for point in done.points] == [60, 90]


def test_a_side_that_never_wins_at_a_point_has_a_share_of_0(tmp_path) -> None:  # type: ignore[no-untyped-def]
    axes = {"government.bar_candidate": ["yes", "no"]}
    done = sim.sweep(BAD, axes, replicates=3, jobs=1, folder=tmp_path, alone=True)
    barred, stands = [row["vote_winner opposition"] for row in done.records()]
    assert barred == 0.0 < stands


def test_a_value_is_explained_by_the_name_of_its_scenario() -> None:
    assert sim.explain(BAD, "quick_count.n").provenance.value == 90


def test_a_decision_is_explained_as_what_it_is() -> None:
    with pytest.raises(
        InputError, match=r"a decision that government takes[^$]*OPTION \(yes, no, free"
    ):
        sim.explain(BAD, "government.bar_candidate")
    with pytest.raises(InputError, match="decides nothing called 'bar_candidat'"):
        sim.explain(BAD, "government.bar_candidat")


def test_a_tornado_says_which_outcomes_it_leaves_out(tmp_path, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    words = ("sensitivity", BAD, "--tornado", "-n", "2", "-j", "1", "--axis", "quick_count.n=60,90")
    ran = command(monkeypatch, capsys, *words, "--out", str(tmp_path))
    assert (ran.code, "left out, since they are no numbers: vote_winner" in ran.err) == (0, True)
