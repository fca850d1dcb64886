"""`sim bargain` on packages and on players: what is read, settled, refused and said."""

import json

import pytest
import typer
from typer.testing import CliRunner

from sim.cli.elections.bargain import command
from sim.errors import InputError

PACKAGES = """package,government,opposition
no agreement,0.2,0.1
ban lifted,0.35,0.9
observers only,0.8,0.3
both,0.55,0.75
release,0.7,0.5
nothing new,0.25,0.2
"""
CURVE = "package,A,B\nreserve,0,0\n" + "".join(
    f"p{k},{k / 1000},{1 - (k / 1000) ** 2}\n" for k in range(1001)
)
PIE = "player,patience,outside\nNorth,.9,{}\nSouth,.9,{}\n"


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.command()(command)

    def on(text, *options):
        path = tmp_path / "file.csv"
        path.write_text(text, encoding="utf-8")
        return CliRunner(env={"COLUMNS": "80"}).invoke(app, [str(path), *map(str, options)])

    return on


def as_json(result):
    return json.loads(result.stdout)


def mistakes(result):
    assert isinstance(result.exception, InputError)
    return [(p.line, p.message) for p in result.exception.problems]


def test_every_two_sided_model_settles_on_a_package_of_the_frontier(run):
    found = as_json(run(PACKAGES, "--json"))
    assert [row["package"] for row in found["frontier"]] == [
        "observers only",
        "release",
        "both",
        "ban lifted",
    ]
    assert {s["model"]: s["package"] for s in found["settled"]} == {
        "nash": "both",
        "kalai_smorodinsky": "both",
        "egalitarian": "release",
        "rubinstein": "both",
        "concession": "both",
    }


def test_alternating_offers_find_the_equilibrium_of_a_curve(run):
    found = as_json(run(CURVE, "--model", "rubinstein", "--patience", "0.999:0.999", "--json"))
    assert found["settled"][0]["utilities"] == pytest.approx([0.578, 1 - 0.578**2])
    assert "worth 0.5776 and 0.666" in found["settled"][0]["note"]


def test_a_side_that_holds_out_gets_more(run):
    lines = "".join(f"{k},{k / 100},{1 - k / 100}\n" for k in range(101))
    pie = f"package,A,B\nno agreement,0,0.2\n{lines}"
    asked = ("--model", "concession", "--exponents", "0.25:4", "--json")
    assert as_json(run(pie, *asked))["settled"][0]["package"] == "73"
    hopes = ("--model", "kalai_smorodinsky", "--json", "--ideal")
    settled = [as_json(run(pie, *hopes, x))["settled"][0]["package"] for x in ("rational", "all")]
    assert settled == ["40", "44"]


def test_where_both_lose_by_every_package_no_agreement_is_possible(run):
    text = "package,A,B\nstatus quo,1,1\nx,2,0.5\ny,0.9,3\n"
    found = run(text, "--json")
    assert (as_json(found)["agreement_possible"], as_json(found)["frontier"]) == (False, [])
    assert "no agreement is possible" in run(text).stdout


def test_options_outside_above_the_prize_leave_no_agreement(run):
    [found] = as_json(run(PIE.format(0.8, 0.7), "--json"))["divisions"]
    assert (found["agreement_possible"], found["shares"]) == (False, None)
    assert run(PIE.format(0.8, 0.7)).stdout.splitlines()[1:] == [
        "no agreement is possible",
        "the outside options are worth 1.5 of the prize together",
    ]


def test_an_option_outside_binds_above_the_equilibrium_share(run):
    shares = [
        as_json(run(PIE.format(0, x), "--json"))["divisions"][0]["shares"]["North"]
        for x in (0.3, 0.7)
    ]
    assert shares == pytest.approx([0.526316, 0.3], abs=1e-6)


def test_a_legislature_and_a_war_of_attrition(run):
    five = "player,patience\n" + "".join(f"m{k},.8\n" for k in range(5))
    [closed_rule] = as_json(run(five, "--json"))["divisions"]
    assert list(closed_rule["shares"].values()) == pytest.approx([0.68, 0.16, 0.16, 0, 0])
    [attrition] = as_json(run("player,cost,prize\nA,1,4\nB,1,1\n", "--json"))["divisions"]
    assert attrition["shares"] == {"A": 0.2, "B": 0.8}
    assert attrition["notes"][-1] == "mean length 0.8"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            PACKAGES.replace("no agreement", "neither"),
            (0, "no row for what each side has without an agreement; one is needed"),
        ),
        (
            PACKAGES.replace("both,", "reserve,"),
            (0, "2 rows for what each side has without an agreement; one is needed"),
        ),
        ("package,A,B\nno agreement,1,2\n", (0, "no package besides no agreement")),
        (PACKAGES.replace(",opposition", ",opposition,us"), (2, "a number is missing here")),
        (
            "package,A,B,C\nno agreement,1,2,3\n",
            (0, "3 columns of utilities; two sides are needed"),
        ),
        (PACKAGES.replace("both", "Release"), (6, "'release' is listed already in line 5")),
        (PACKAGES.replace("0.55", "much"), (5, "'much' is not a number")),
        ("player,mood\nA,1\nB,2\n", (1, "no column 'mood' is known")),
        ("player,cost,prize\nA,0,1\nB,1,1\n", (2, "cost 0 must be between 1e-9 and 1e9")),
        (
            "player,patience\nA,1\nB,.5\n",
            (2, "patience 1 must be a discount factor of a period, above 0 and below 1"),
        ),
        ("player,patience\nA,.9\n", (0, "at least two players are needed")),
    ],
)
def test_a_file_that_cannot_be_used_is_named(run, text, expected):
    assert mistakes(run(text))[0] == expected


def test_members_of_different_patience_are_refused(run):
    found = mistakes(run("player,patience\nA,.8\nB,.9\nC,.8\n", "--model", "baron_ferejohn"))
    assert found == [
        (0, "baron_ferejohn: all players must have the same patience, as in the paper")
    ]


@pytest.mark.parametrize(
    ("option", "value"), [("--patience", "1:0.9"), ("--exponents", "0:1"), ("--ideal", "both")]
)
def test_an_option_out_of_range_is_named(run, option, value):
    found = run(PACKAGES, option, value)
    assert str(found.exception).startswith(option)


def test_a_model_for_another_kind_of_file_is_named(run):
    assert mistakes(run(PACKAGES, "--model", "smp")) == [
        (0, "no two-sided model 'smp' for a list of packages")
    ]
