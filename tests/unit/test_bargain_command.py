"""`sim bargain`: layouts that are read, mistakes that are named, what is printed."""

import json

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.bargain import command, parsed_scale
from sim.errors import InputError
from sim.fieldwork.bargain import bargain, score
from sim.files.actor_file import read_actors

PLAIN = "actor,capability,position,salience\nNorth,1,4,0.8\nSouth,2,7,0.4\nEast,1,10,1\n"
KTAB = """Demo,"a title",2,2,
Actor,Description,Power,Pstn1,Sal1,Pstn2,Sal2,
A, one, 10, 20.5, 40, 80, 50,
B, two, 30, 60, 30, 10, 30,
"""
TABS = "Name\tx\tc\ts\nA\t1\t0.2\t0.7\nB\t5\t0.6\t1\n"


@pytest.fixture
def write(tmp_path):
    def to(text, name="actors.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


def mistakes(path, **options):
    with pytest.raises(InputError) as caught:
        read_actors(path, **options)
    return [(p.line, p.column, p.message) for p in caught.value.problems]


def test_three_layouts_are_read(write):
    files = [
        read_actors(write(text)) for text in (PLAIN, KTAB, TABS, "\ufeff" + PLAIN.replace(",", ";"))
    ]
    assert [(f.names, f.scale, f.dimensions) for f in files] == [
        (("North", "South", "East"), (4.0, 10.0), ("position",)),
        (("A", "B"), (0.0, 100.0), ("Pstn1", "Pstn2")),
        (("A", "B"), (1.0, 5.0), ("x",)),
        (("North", "South", "East"), (4.0, 10.0), ("position",)),
    ]
    assert files[1].salience == ((0.4, 0.5), (0.3, 0.3))


def test_all_mistakes_come_at_once_with_line_and_column(write):
    bad = 'actor,capability,position,salience\nA,1,5,0.5\nB,x,7,0.5\n"C, D",-1,nan,0.3\nA,1,5\n'
    assert mistakes(write(bad)) == [
        (3, 3, "'x' is not a number"),
        (4, 8, "capability -1 must be above 0"),
        (4, 11, "nan is not a finite number"),
        (5, 1, "actor 'A' is listed already in line 2"),
        (5, 6, "a number is missing here"),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        (
            "who,what\nA,1\n",
            "no header with actors, capability, and pairs of position and salience",
        ),
        ("actor,capability,position,salience\nA,1,2,1\n", "at least two actors are needed"),
        (
            "actor,capability,position,salience\nA,1,2,101\nB,1,3,1\n",
            "salience 101 is outside 0 to 1 (or 0 to 100)",
        ),
        (
            "actor,capability,x1,s1,x2,s2\nA,1,2,.7,1,.7\nB,1,3,.2,2,.2\n",
            "saliences sum to 1.4, more than 1",
        ),
    ],
)
def test_one_clear_message_for_a_file_that_cannot_be_used(write, text, message):
    assert mistakes(write(text))[0][2] == message


def test_a_position_off_the_given_scale_is_named(write):
    assert mistakes(write(PLAIN), scale=(0.0, 8.0)) == [
        (4, 8, "position 10 is outside the scale 0:8")
    ]


def test_files_that_cannot_be_read_are_named(tmp_path):
    (tmp_path / "latin.csv").write_bytes(
        "actor,capability,position,salience\nJosé,1,2,1\n".encode("latin-1")
    )
    found = [mistakes(tmp_path / name)[0][2] for name in ("none.csv", "latin.csv", ".")]
    assert [text.split(":")[0] for text in found] == [
        "no such file",
        "not UTF-8 text",
        "Is a directory",
    ]


@pytest.mark.parametrize("text", ["5", "a:b", "10:4", "nan:1", "0:inf"])
def test_a_scale_that_is_none_is_refused(text):
    with pytest.raises(InputError, match="is not a scale"):
        parsed_scale(text)


@pytest.mark.parametrize(
    ("model", "variant"), [("nash", "text"), ("oracle", "text"), ("challenge", "mine")]
)
def test_an_unknown_model_or_variant_names_the_known_ones(write, model, variant):
    with pytest.raises(InputError, match="known: "):
        bargain(write(PLAIN), model=model, variant=variant)


def run(*arguments):
    app = typer.Typer()
    app.command()(command)
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_the_path_is_printed_beside_the_baseline(write):
    lines = run(write(PLAIN), "--model", "challenge", "--turns", 1).stdout.splitlines()
    assert [line for line in lines if "baseline" in line or "after" in line or "contested" in line][
        1:
    ] == [
        "weighted mean of the first positions (baseline): 7.23",
        "challenge after 1 turns: 10.00",
        "contested: replications of this model disagree with one another; see --variant",
    ]


def test_json_carries_the_whole_path(write):
    found = json.loads(run(write(KTAB), "--turns", 2, "--json").stdout)
    assert (found["model"], found["actors"], found["dimensions"]) == (
        "smp",
        ["A", "B"],
        ["Pstn1", "Pstn2"],
    )
    assert [round(x, 2) for x in found["baseline"]] == [47.85, 35.0]
    assert [len(found["positions"]), len(found["outcomes"]), len(found["probabilities"])] == [
        3,
        3,
        3,
    ]


def test_exactly_one_file_must_be_named():
    assert isinstance(run().exception, InputError)


def test_a_forecast_that_is_missing_is_left_out_of_the_score():
    found = score("some", [(50.0, 60.0), (None, 1.0), (10.0, 30.0)])
    assert (found.n, found.mean_error, found.median_error, found.near_share) == (2, 15.0, 15.0, 0.5)
    assert score("none", [(None, 1.0)]).mean_error is None
