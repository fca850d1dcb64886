"""`sim bargain`: what it does with its files and options, and what it prints."""

import json

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.elections.bargain import command, parsed_pair
from sim.errors import InputError
from sim.fieldwork.bargaining.benchmark import score
from sim.fieldwork.bargaining.choice import Choice
from sim.fieldwork.bargaining.noise import parsed_noise
from sim.fieldwork.bargaining.path import bargain

PLAIN = "actor,capability,position,salience\nNorth,1,4,0.8\nSouth,2,7,0.4\nEast,1,10,1\n"
TITLED = """Demo,"a title",2,2,
Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,
A, one, 10, 20.5, 40, 80, 50,
B, two, 30, 60, 30, 10, 30,
"""
SHUFFLED = """actor,capability,position1,position2,salience2,salience1
A,1,0,100,.59872,.10824
B,1,100,0,.20128,.69176
"""
CROWD = "actor,capability,position,salience\n" + "".join(
    f"a{k},{1 + k % 5},{9 * k % 101},{30 + 10 * (3 * k % 7)}\n" for k in range(10)
)


@pytest.fixture
def write(tmp_path):
    def to(text, name="actors.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def run(*arguments, columns=100):
    app = typer.Typer()
    app.command()(command)
    runner = CliRunner(env={"COLUMNS": str(columns)})
    return runner.invoke(app, [str(argument) for argument in arguments])


def as_json(*arguments):
    return json.loads(run(*arguments, "--json").stdout)


@pytest.mark.parametrize("text", ["5", "a:b", "10:4", "nan:1", "0:inf", "1:2:3", "0:1e300"])
def test_a_scale_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="is not a scale"):
        parsed_pair(text, "--scale", ascending=True)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("nash"),
        Choice("oracle"),
        Choice("challenge", variant="mine"),
        Choice("smp", {"victory": "cubic"}),
    ],
)
def test_an_unknown_model_rule_or_variant_names_the_known_ones(write, choice):
    with pytest.raises(InputError, match="known: "):
        bargain(write(PLAIN), choice)


def test_a_rule_that_a_model_does_not_read_is_refused(write):
    with pytest.raises(InputError, match="it is read by: smp"):
        bargain(write(PLAIN), Choice("pce", {"offers": "both"}))


def test_an_option_of_another_kind_of_file_is_refused(write):
    found = run(write(PLAIN), "--patience", "0.9:0.8").exception
    assert str(found) == "--patience: not read for actors\n    it is for a file of packages"


def test_the_end_is_printed_beside_the_baseline_and_says_that_it_is_none(write):
    lines = run(write(PLAIN), "--model", "challenge", "--turns", 1).stdout.splitlines()
    assert lines[3:6] == [
        "position, on 4 to 10",
        "  challenge after 1 turn, NOT SETTLED (positions still move; allow more: --turns): 10.000",
        "  weighted mean of the first positions (baseline): 7.231",
    ]


def test_turns_that_run_out_are_said_in_json_too(write):
    path = write(CROWD)
    short, whole = (as_json(path, "--scale", "0:100", "--turns", t) for t in (30, 40))
    assert [(x["settled"], x["turns"]) for x in (short, whole)] == [(False, 30), (True, 34)]
    assert "not settled after 30 turns" in run(path, "--scale", "0:100").stderr


def test_columns_are_paired_by_number(write):
    found = as_json(write(SHUFFLED), "--model", "weighted_mean", "--scale", "0:100")
    assert [round(x, 2) for x in found["baseline"]] == [86.47, 74.84]


def test_each_dimension_has_a_scale_of_its_own(write):
    text = "actor,capability,x1,s1,x2,s2\nA,1,0,.3,1000,.6\nB,2,10,.5,5000,.4\nC,1,4,.2,2000,.7\n"
    alike = text.replace("1000", "0").replace("5000", "10").replace("2000", "2.5")
    found, same = as_json(write(text)), as_json(write(alike, "alike.csv"))
    assert [found["scales"], found["turns"]] == [[[0.0, 10.0], [1000.0, 5000.0]], same["turns"]]
    assert found["probabilities"][-1] == pytest.approx(same["probabilities"][-1], abs=1e-9)


def test_json_carries_the_whole_path_and_who_challenged_whom(write):
    found = as_json(write(TITLED), "--turns", 2)
    assert (found["model"], found["actors"], found["dimensions"]) == (
        "smp",
        ["A", "B"],
        ["Pstn1", "Pstn2"],
    )
    assert [round(x, 2) for x in found["baseline"]] == [47.85, 35.0]
    lengths = [len(found[key]) for key in ("positions", "outcomes", "probabilities", "risks")]
    assert lengths == [3, 3, 3, 3]
    first = found["challenges"][0]
    assert (first["challenger"], first["target"], first["turn"]) == ("A", "B", 1)


def test_reasons_stand_in_the_table(write):
    lines = run(write(PLAIN)).stdout.splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("turn 1 "))
    assert " ".join(lines[at].split()) == "turn 1 target taken up by chance gain risk"
    assert lines[at + 1].split()[:3] == ["North", "South", "nobody"]


@pytest.mark.parametrize(
    "columns", [60, *(pytest.param(n, marks=pytest.mark.slow) for n in (80, 100))]
)
def test_no_line_is_wider_than_the_terminal(write, columns):
    long = CROWD.replace("a3,", "The Ministry of Land and Natural Resources,")
    shown = run(write(long), "--noise", 0.02, "--draws", 20, columns=columns).stdout
    assert max(map(len, shown.splitlines())) <= columns


def test_all_prints_every_state_in_blocks(write):
    path = write(CROWD)
    turns = as_json(path)["turns"]
    lines = run(path, "--all", columns=60).stdout.splitlines()
    heads = [word for line in lines if line.startswith("turn  ") for word in line.split()[1:]]
    assert heads == [str(t) for t in range(turns + 1)] * 2


@pytest.mark.slow
def test_noise_gives_the_range_of_the_end_and_the_same_one_again(write):
    path = write(CROWD)
    asked = (path, "--noise", "capability=0.05,position=0.01", "--draws", 40)
    one, again = as_json(*asked)["noise"], as_json(*asked)["noise"]
    assert one == again
    assert (one["capability"], one["salience"], one["position"]) == (0.05, 0.0, 0.01)
    assert one["outcome_p5"][0] < one["outcome_median"][0] < one["outcome_p95"][0]
    assert len(one["outcomes"]) == 40


def test_no_noise_gives_no_range(write):
    found = as_json(write(PLAIN), "--noise", 0, "--draws", 20)
    assert found["noise"]["outcome_p5"] == found["noise"]["outcome_p95"] == found["outcome"]


@pytest.mark.parametrize("text", ["x", "-1", "1", "nan", "mood=1", "capability=.1,capability=.2"])
def test_noise_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="is no noise"):
        parsed_noise(text, 100)


def test_exactly_one_file_must_be_named():
    assert isinstance(run().exception, InputError)


def test_control_characters_of_a_file_do_not_reach_the_terminal(write):
    found = run(write(PLAIN.replace("North", "No\x1brth")))
    assert "\x1b" not in found.stdout + found.stderr


def test_a_forecast_that_is_missing_is_left_out_of_the_score():
    found = score("some", [(50.0, 60.0), (None, 1.0), (10.0, 30.0)])
    assert (found.n, found.mean_error, found.median_error, found.near_share) == (2, 15.0, 15.0, 0.5)
    assert score("none", [(None, 1.0)]).mean_error is None
