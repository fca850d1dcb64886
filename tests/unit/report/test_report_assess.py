"""The report of a file of sheets: conclusion first, figures from the tables, no new verdict."""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.fieldwork.assess import Assessment, Request, assess_file
from sim.output.report.assessment.assess_report import assess_page, title
from sim.output.report.assessment.contest import contest
from sim.output.report.assessment.forensic_figures import forensic_figure
from sim.output.report.assessment.region_figure import region_figure
from sim.output.report.assessment.totals_figures import announced_figure, bounds_figure
from sim.output.report.page.page import page_html
from sim.output.report.page.parts import Figure
from tests.support.report_subjects import HOSTILE

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


@pytest.fixture(scope="module")
def done() -> Assessment:
    request = Request(
        EXAMPLES / "sheets.csv",
        frame=EXAMPLES / "frame.csv",
        announced=EXAMPLES / "announced.toml",
        incumbent="Ferrer",
    )
    return assess_file(request)


def test_the_title_is_the_verdict(done: Assessment) -> None:
    assert title(done) == "The announced totals and the tally sheets cannot both be right"


def test_announced_totals_stand_beside_the_sheets(done: Assessment) -> None:
    figure = announced_figure(done)

    assert isinstance(figure, Figure)
    assert figure.headline == "On the sheets Lund has 2,634 votes more than were announced"
    assert list(figure.table.rows[0]) == ["Lund", "31,721", "29,087", "+2,634"]


def test_bounds_are_those_of_the_method(done: Assessment) -> None:
    figure = bounds_figure(done)

    assert isinstance(figure, Figure)
    assert figure.alt == (
        "The lead of Lund over Ferrer is +7.7 points on the sheets; the missing tables allow "
        "\u221214.6 to +26.8; announced: \u221213.0."
    )


def test_regions_come_in_the_order_of_their_leads(done: Assessment) -> None:
    figure = region_figure(done)

    assert isinstance(figure, Figure)
    assert [row[:2] for row in figure.table.rows] == [
        ["Hills", "+25.4"], ["Coast", "+13.0"], ["South", "+6.0"], ["Delta", "+5.6"],
        ["North", "\u22128.9"],
    ]  # fmt: skip


def test_only_named_candidates_have_a_colour(done: Assessment) -> None:
    assert [(s.name, s.mark == s.text) for s in contest(done)] == [
        ("Lund", True), ("Ferrer", False), ("Moss", True),
    ]  # fmt: skip
    assert len({s.mark for s in contest(assess_file(Request(EXAMPLES / "sheets.csv")))}) == 1


def test_the_digits_add_up_and_the_whole_percentages_are_counted(done: Assessment) -> None:
    digits, whole = (forensic_figure(kind, done) for kind in ("digits", "integers"))

    assert isinstance(digits, Figure)
    assert isinstance(whole, Figure)
    total = sum(float(row[1].rstrip("%")) for row in digits.table.rows)
    assert total == pytest.approx(100, abs=0.5)
    assert whole.headline == "24 tables show a whole percentage of Ferrer; chance gives about 21"
    assert sum(int(row[1]) for row in whole.table.rows) == 24


def test_without_announced_totals_the_page_says_what_the_sheets_hold() -> None:
    done = assess_file(Request(EXAMPLES / "sheets.csv"))
    page = assess_page(done, "sim report")

    assert page.title == "On the sheets in hand Lund is 4,704 votes ahead of Ferrer"
    assert [s.name for s in page.sections][:2] == ["Where the sheets are", "Patterns in the rows"]


def test_a_hostile_candidate_does_nothing(tmp_path: Path) -> None:
    votes = [(k % 9 + 10, k % 7 + 8) for k in range(150)]
    rows = "\n".join(f"t{k},{a},{b},{a + b}" for k, (a, b) in enumerate(votes))
    file = tmp_path / "a.csv"
    file.write_text(f"table,{HOSTILE},Lund,valid\n{rows}\n")
    html = page_html(assess_page(assess_file(Request(file)), "sim report"))

    assert "<script>alert" not in html
    assert "alert(1)" in html
