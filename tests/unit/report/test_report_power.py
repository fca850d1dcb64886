"""The report of a power study: found beside false alarms, cells with their n."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from sim.output.report.page.parts import Choice
from sim.output.report.power.power_report import found_figure, map_figure, power_page
from sim.output.report.power.table import PowerTable, is_power, read_power

TABLE = Path(__file__).parents[3] / "docs" / "power_table.csv"


@pytest.fixture(scope="module")
def table() -> PowerTable:
    assert is_power(TABLE)
    every = read_power(TABLE)
    some = ["quick_count_ratio", "copy_discrepancy", "rounded_percentages"]
    return PowerTable("power", "Power", every.rows.filter(pl.col("estimator").is_in(some)))


def test_each_method_stands_beside_its_false_alarms(table: PowerTable) -> None:
    rows = found_figure(table).table.rows
    held = table.rows.filter(pl.col("world") != pl.col("baseline"))

    best = held.filter(pl.col("estimator") == "quick_count_ratio")["rejection_share"].max()
    assert len(rows) == 3
    assert f"{100 * float(str(best)):.0f}%" in next(r[2] for r in rows if r[0].startswith("quick"))


def test_a_cell_of_few_elections_says_how_many(table: PowerTable) -> None:
    figure = map_figure(table, "full", ["quick_count_ratio", "rounded_percentages"])

    assert ">100<" in figure.wide
    assert "n = 65 to 65" in figure.subtitle
    assert "In no cell of this page: ballot stuffing" in figure.foot


def test_there_is_a_page_of_the_map_for_each_kind_of_evidence(table: PowerTable) -> None:
    sections = {s.name: s for s in power_page(table, "sim report").sections}
    choice = sections["World by world"].blocks[0]

    assert isinstance(choice, Choice)
    assert [key for key, _, _ in choice.options] == ["full-0", "default loss-0", "selective loss-0"]
