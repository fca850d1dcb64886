from __future__ import annotations

import json

import typer
from typer.testing import CliRunner

from sim.cli.elections import queue
from sim.errors import InputError

APP = typer.Typer()
APP.command()(queue.command)
FEW = ["--voters", "200", "--replicates", "20"]


def test_the_answer_is_a_table_and_a_sentence() -> None:
    shown = (
        CliRunner()
        .invoke(APP, [*FEW, "--arrivals", "morning", "--patience", "--replay", "2"])
        .output
    )

    assert [
        text in shown
        for text in ("closing time", "Erlang C", "queue stop rule", "200 voters and 1 machine")
    ] == [True] * 4
    assert "2 of 2 days replayed voter by voter agree to the last bit." in shown


def test_the_answer_as_json_carries_the_question_and_its_entropy() -> None:
    answer = json.loads(
        CliRunner().invoke(APP, [*FEW, "--json", "--entropy", "0x10", "--opens", "07:30"]).stdout
    )

    assert [answer["question"][key] for key in ("voters", "entropy", "opens_minute")] == [
        200,
        16,
        450.0,
    ]


def test_a_bad_value_is_one_clear_error_with_code_2() -> None:
    result = CliRunner().invoke(APP, ["--machines", "0", "--opens", "25:00"])

    assert isinstance(result.exception, InputError)
    assert [problem.path for problem in result.exception.problems] == ["--machines", "--opens"]
