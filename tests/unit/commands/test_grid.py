"""The door of tables: readable at any width, plain, one line a row, names whole."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.output.tables.grid import Column, Grid, entries_text, paragraph, screen_width, table_text
from sim.output.tables.outcomes import outcome_table
from sim.output.tables.sweeps import sweep_table
from sim.records.results.summary import SummaryLine

WIDTHS = (60, 80, 120, 200)
LINES = [
    SummaryLine(
        "office_holder_inauguration",
        "opposition",
        "aftermath",
        "share",
        "probability",
        0.13,
        0.104,
        0.16,
        0.017,
        400,
        0,
    ),
    SummaryLine(
        "detected_missing_tables_bounds",
        "",
        "monitoring",
        "share",
        "probability",
        0.705,
        0.666,
        0.741,
        0.023,
        400,
        0,
    ),
    SummaryLine(
        "relief_lost_musd",
        "",
        "negotiation",
        "million USD",
        "median",
        1234.5,
        -498.0,
        6030.25,
        12.0,
        383,
        17,
    ),
]
AT_60 = """\
Venezuela 2024
outcome                                 value      ±
----------------------------------------------------
negotiation
 relief_lost_musd                       1,234  12.00
monitoring
 detected_missing_tables_bounds         0.705  0.023
aftermath
 office_holder_inauguration opposition  0.130  0.017
left out at this width: figure, 90 %, unit, n; a wider
screen or --json has them"""
AT_120 = """\
Venezuela 2024
outcome                                 figure  value      ±              90 %  unit           n
------------------------------------------------------------------------------------------------
negotiation
 relief_lost_musd                       median  1,234  12.00  -498.00 to 6,030  million USD  383
monitoring
 detected_missing_tables_bounds         P       0.705  0.023    0.666 to 0.741               400
aftermath
 office_holder_inauguration opposition  P       0.130  0.017    0.104 to 0.160               400"""


def test_a_narrow_screen_shows_each_outcome_with_its_error() -> None:
    assert table_text(outcome_table(LINES, "Venezuela 2024"), 60) == AT_60


@pytest.mark.parametrize("width", [120, 200, None])
def test_a_wide_screen_and_a_pipe_show_everything(
    width: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)

    assert table_text(outcome_table(LINES, "Venezuela 2024"), width) == AT_120


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_with_many_columns_is_cut_into_blocks_that_fit(width: int) -> None:
    line = SummaryLine(
        "detected_missing_tables_bounds",
        "",
        "monitoring",
        "share",
        "probability",
        0.705,
        0.666,
        0.741,
        0.023,
        40,
        0,
    )
    names = ("qc_calls_winner", "winner_matches", "detected_quick_count_ratio", "contested")
    lines = [
        SummaryLine(n, "", "g", "share", "probability", 0.5, 0.4, 0.6, 0.05, 40, 0) for n in names
    ]
    rows = [(0, {"night.exit_cost": 0.3}, [line, *lines]), (1, {"night.exit_cost": 0.72}, lines)]
    shown = table_text(sweep_table(rows, "A sweep"), width).split("\n")

    assert [row for row in shown if len(row) > width or row != row.rstrip()] == []
    assert [name for name in (*names, line.outcome) if not any(name in row for row in shown)] == []
    assert sum(row.startswith("1 ") for row in shown) == sum("point" in row for row in shown)


WORDS = st.text(alphabet="abcdef_", min_size=1, max_size=25)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(WORDS, WORDS, WORDS), min_size=1, max_size=6), st.sampled_from(WIDTHS))
def test_no_name_is_cut_at_any_width(rows: list[tuple[str, str, str]], width: int) -> None:
    columns = (Column("name"), Column("what", 1), Column("said", prose=True))
    shown = table_text(Grid(columns, rows), width).split("\n")

    assert [row for row in shown if row != row.rstrip()] == []
    assert [name for name, _, _ in rows if not any(line.startswith(name) for line in shown)] == []


def test_columns_states_the_width_also_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for stated in ("60", "7", "x", "-5", ""):
        monkeypatch.setenv("COLUMNS", stated)
        found.append(screen_width())

    assert found == [60, 20, None, None, None]


def test_a_paragraph_keeps_long_names_whole() -> None:
    assert paragraph("see detected_missing_tables_bounds there", 20) == (
        "see\ndetected_missing_tables_bounds\nthere"
    )


def test_a_list_that_is_too_wide_is_told_entry_by_entry() -> None:
    columns = (Column("key"), Column("later_facts"), Column("what", prose=True))
    grid = Grid(columns, [("copy_discrepancy", "12", "Do copies and announced rows differ?")])

    assert entries_text(grid, 40) == (
        "copy_discrepancy, later facts 12\n  Do copies and announced rows differ?"
    )
    assert entries_text(grid, 80).split("\n")[0].split() == ["key", "later_facts", "what"]
