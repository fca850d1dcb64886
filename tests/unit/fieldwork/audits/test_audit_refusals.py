"""Words, columns and options of an audit that would not be read: each is refused by name."""

import re

import pytest

from sim.errors import InputError
from sim.fieldwork.audit.ballot_file import read_ballots
from sim.fieldwork.audit.ballots import Question
from sim.fieldwork.audit.draw import draw_audit
from sim.fieldwork.audit.measure import measure_file
from tests.support.audit_files import ballots, batches

HEAD = "batch,reported Ana,reported Bo,bound,audited Ana,audited Bo"
ROWS = ("1,60,40,120,60,40", "2,50,30,100,50,30")


def said(call, *given):
    with pytest.raises(InputError) as error:
        call(*given)
    return [problem.message for problem in error.value.problems]


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("time", "column 'time' is not known (is it 'times'?)"),
        ("notfound", "column 'notfound' is not known (is it 'bound'?)"),
        ("audited Anna", "`audited Anna` is no reported candidate (is it 'Ana'?)"),
    ],
)
def test_a_column_of_batches_that_would_not_be_read_stops_the_measurement(tmp_path, column, words):
    path = batches(tmp_path, *(f"{row},3" for row in ROWS), head=f"{HEAD},{column}")
    assert said(measure_file, path, Question({}, 0.05)) == [words]


def test_a_comma_too_many_is_no_column(tmp_path):
    path = batches(tmp_path, *(f"{row}," for row in ROWS), head=f"{HEAD},")
    assert measure_file(path, Question({}, 0.05)).drawn == 2


@pytest.mark.parametrize(
    ("given", "option"),
    [
        ({"ballots": 900}, "--ballots"),
        ({"with_replacement": True}, "--with-replacement"),
        ({"chance": 0.9}, "--chance"),
        ({"method": "bravo"}, "--method"),
    ],
)
def test_an_option_that_batches_do_not_read_is_refused(tmp_path, given, option):
    (words,) = said(measure_file, batches(tmp_path, *ROWS), Question({}, 0.05, **given))
    assert words.startswith(f"{option} is not read for batches: ")


def test_a_word_misspelt_300_times_is_one_problem_with_its_count_and_first_line(tmp_path):
    path = ballots(tmp_path, "2 Ana", "300 Anna", "1 Bo", "1 Bob")
    with pytest.raises(InputError) as error:
        read_ballots(path, ["Ana", "Bo"])
    assert [(p.line, p.message) for p in error.value.problems] == [
        (4, "'Anna' is no reported candidate (is it 'Ana'?), 300 times"),
        (305, "'Bob' is no reported candidate (is it 'Bo'?)"),
    ]


def test_a_list_to_draw_from_with_other_columns_is_told_which_it_needs(tmp_path):
    (tmp_path / "boxes.csv").write_text("box,n\nB1,200\n")
    words = re.escape("(columns `batch`, `ballots`)")
    with pytest.raises(InputError, match=words):
        draw_audit(tmp_path / "boxes.csv", "1" * 20, 3)
