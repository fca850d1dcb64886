from __future__ import annotations

import random
from dataclasses import fields

import numpy as np
import pytest

from sim.errors import InputError
from sim.files.csv_rows import inside
from sim.files.frame_file import read_frame
from sim.files.states_file import read_states
from sim.records.vote.states import StateTable
from tests.support.electorate_case import SMALL_COUNTRY, frame_parameters, small_country

HEADER = "table_id,centre_id,state,parish,registered"
TWO = StateTable(("A", "B"), (900, 500), (3, 1), (2, 1), (True, True), (0.4, 0.6), (False, False))
ROWS = ["t10,c2,A,p1,300", "t9,c2,A,p1,250", "1,c1,A,p1,350", "4,c3,B,p1,500"]


def frame_of(tmp_path, rows=ROWS, header=HEADER, states=TWO, **changes):
    path = tmp_path / "frame.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return read_frame(path, states, frame_parameters(**changes))


def problem_of(tmp_path, **arguments):
    with pytest.raises(InputError) as caught:
        frame_of(tmp_path, **arguments)
    return [(p.line, p.column, p.message) for p in caught.value.problems]


def test_tables_stand_in_canonical_order(tmp_path):
    frame = frame_of(tmp_path)
    assert frame.table_ids == ("1", "t10", "t9", "4")
    assert (frame.centre_ids, frame.registered.tolist()) == (
        ("c1", "c2", "c3"),
        [350, 300, 250, 500],
    )


def test_whole_numbers_sort_as_numbers(tmp_path):
    rows = ["10,c,A,p,300", "9,c,A,p,250", "2,d,A,p,350", "4,e,B,p,500"]
    assert frame_of(tmp_path, rows).table_ids == ("9", "10", "2", "4")


def test_the_order_of_lines_changes_nothing(tmp_path):
    frame, small = frame_of(tmp_path), small_country()
    shuffled = random.Random(3).sample(ROWS, len(ROWS))
    other = frame_of(tmp_path, shuffled)
    assert (other.digest, other.table_ids) == (frame.digest, frame.table_ids)
    lines = [
        f"{row},{c},{small.states[small.centre_state[c]]},{small.centre_parish[c]},{n}"
        for row, (c, n) in enumerate(zip(small.centre, small.registered, strict=True))
    ]
    first, second = (
        frame_of(tmp_path, rows, states=SMALL_COUNTRY) for rows in (lines, lines[::-1])
    )
    for field in fields(first):
        assert np.array_equal(getattr(first, field.name), getattr(second, field.name))


def test_missing_past_shares_are_synthesised_and_known_ones_kept(tmp_path):
    rows = [row + end for row, end in zip(ROWS, (",0.25", ",0.25", ",", ","), strict=True)]
    frame, plain = frame_of(tmp_path, rows, HEADER + ",past_share"), frame_of(tmp_path)
    assert frame.centre_past[1] == pytest.approx(np.log(1 / 3))
    assert frame.centre_past[[0, 2]].tolist() == plain.centre_past[[0, 2]].tolist()


def test_optional_columns_go_by_configured_names(tmp_path):
    rows = [
        row + end
        for row, end in zip(ROWS, (",7,0.5,-66.5", ",7,0.7,", ",7,,", ",8,,"), strict=True)
    ]
    frame = frame_of(
        tmp_path,
        rows,
        HEADER + ",Zona,asistencia,lon",
        columns={"scan_zone": "Zona", "past_turnout": "asistencia"},
    )
    assert (frame.centre_zone.tolist(), frame.zones) == ([0, 0, 1], 2)
    assert frame.centre_past_turnout[1] == pytest.approx((0.5 * 300 + 0.7 * 250) / 550)
    assert frame.centre_lon[1] == pytest.approx(-66.5)
    assert frame.centre_lat is None


def test_required_columns_may_have_other_names_and_semicolons(tmp_path):
    path = tmp_path / "frame.csv"
    path.write_text(
        "\n".join(
            ["mesa;" + HEADER[9:].replace(",", ";"), *(row.replace(",", ";") for row in ROWS)]
        )
    )
    assert read_frame(path, TWO, frame_parameters(columns={"table_id": "mesa"})).table_ids == (
        "1",
        "t10",
        "t9",
        "4",
    )


def test_a_missing_column_names_the_nearest_one(tmp_path):
    with pytest.raises(InputError, match=r"no column 'table_id'(.|\n)*is it 'tableid'\?"):
        frame_of(tmp_path, header=HEADER.replace("table_id", "tableid"))


def test_every_wrong_cell_is_reported_with_line_and_column(tmp_path):
    rows = ["1,c1,A,p1,300", "1,c1,A,p1,-5", "3,c1,C,p1,350", "4,c3,B,,500"]
    assert problem_of(tmp_path, rows=rows) == [
        (3, 1, "table_id '1' stands in line 2 already"),
        (3, 11, "registered must be a whole number from 1 to 16777216, found '-5'"),
        (4, 3, "centre 'c1' lies in A / p1 and in C / p1"),
        (4, 6, "no state 'C' in the state table"),
        (5, 8, "parish is empty"),
    ]


def test_a_line_with_too_few_cells_is_reported(tmp_path):
    assert problem_of(tmp_path, rows=["1,c1,A,p1"]) == [(2, 1, "4 cells, the header has 5")]


def test_totals_that_differ_from_the_state_table_are_an_error_unless_own(tmp_path):
    rows = [*ROWS[:3], "4,c3,B,p1,501"]
    assert problem_of(tmp_path, rows=rows) == [(0, 0, "B: registered 501, the state table has 500")]
    assert int(frame_of(tmp_path, rows, totals="own").registered.sum()) == 1401


def test_a_frame_is_found_in_its_folder_and_nowhere_else(tmp_path):
    (tmp_path / "case").mkdir()
    (tmp_path / "outside.csv").write_text("x")
    (tmp_path / "case" / "link.csv").symlink_to(tmp_path / "outside.csv")
    for name in ("../outside.csv", str(tmp_path / "outside.csv"), "link.csv"):
        with pytest.raises(InputError, match="leaves its folder"):
            inside(tmp_path / "case", name)
    with pytest.raises(InputError, match=r"no file 'frame\.csv' in case"):
        inside(tmp_path / "case", "frame.csv")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        HEADER + "\n",
        HEADER + '\n"1,c,A,p,' + "9" * 140_000 + "\n",
        HEADER + "\n1,c,A,p," + "9" * 5000,
    ],
)
def test_a_file_that_is_no_frame_is_refused_with_its_name(tmp_path, text):
    (tmp_path / "frame.csv").write_text(text)
    with pytest.raises(InputError) as caught:
        read_frame(tmp_path / "frame.csv", TWO, frame_parameters())
    assert {problem.file for problem in caught.value.problems} == {"frame.csv"}


def test_a_file_in_another_encoding_is_refused(tmp_path):
    (tmp_path / "frame.csv").write_bytes("Mérida".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 1"):
        read_frame(tmp_path / "frame.csv", TWO, frame_parameters())


def test_very_long_numbers_in_ids_sort_as_text(tmp_path):
    rows = ["9" * 5000 + ",c,A,p,300", "9,c,A,p,250", "2,d,A,p,350", "4,e,B,p,500"]
    assert frame_of(tmp_path, rows).table_ids[:2] == ("9", "9" * 5000)


def test_the_register_comes_from_the_named_file_or_from_synthesis(tmp_path):
    frame_of(tmp_path)
    assert (
        read_frame(inside(tmp_path, "frame.csv"), TWO, frame_parameters(file="frame.csv")).name
        == "frame"
    )


def test_mistakes_of_a_state_table_are_reported_together(tmp_path):
    path = tmp_path / "states.csv"
    path.write_text(
        "state,registered,tables,centres,past_share,tables_mark\nA,100,1,2,0.5,X\nA,0,3,2,1.5,F\n"
    )
    with pytest.raises(InputError) as caught:
        read_states(path)
    assert [p.message for p in caught.value.problems] == [
        "1 tables for 2 centres",
        "tables_mark must be one of F, P, A, E, found 'X'",
        "state 'A' stands in line 2 already",
        "registered must be a whole number from 1 to 2147483648, found '0'",
        "past_share must be a number from 0.001 to 0.999, found '1.5'",
    ]
