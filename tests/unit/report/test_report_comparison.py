"""The report of a comparison: verdicts in words, the chart, and what it does not claim."""

from __future__ import annotations

import pytest

from sim.errors import ComparisonError
from sim.output.report.comparison.comparison_report import answer, comparison_page
from sim.output.report.comparison.difference_figure import difference_figure
from sim.output.report.comparison.differences import compared, headline_findings
from sim.output.report.page.page import page_html
from sim.output.report.run.subject import Subject
from tests.support.report_subjects import HOSTILE, compared_subject

BASE = {
    "contested": [True] * 80 + [False] * 120,
    "announced_winner": ["incumbent"] * 150 + ["opposition"] * 50,
    "deaths_30d": [float(i % 7) for i in range(200)],
}
OTHER = {
    "contested": [True] * 20 + [False] * 180,
    "announced_winner": ["incumbent"] * 149 + ["opposition"] * 51,
    "deaths_30d": BASE["deaths_30d"],
}


@pytest.fixture
def pair() -> list[Subject]:
    return [compared_subject("Base", BASE), compared_subject("Other", OTHER)]


def test_the_answer_tells_the_difference_with_its_interval(pair: list[Subject]) -> None:
    said = answer(compared(pair), 200)[0]

    assert said.startswith(
        "Other: the challenger contests the announcement in 10% instead of 40% "
        "(\u221230 points, interval \u2212"
    )


def test_findings_come_with_verdicts_and_equal_outcomes_are_not_among_them(
    pair: list[Subject],
) -> None:
    told = headline_findings(compared(pair))

    assert told[0].verdict == "different"
    assert "deaths" not in " ".join(one.sentence for one in told)


def test_identical_runs_are_equal_and_no_difference_is_headlined(pair: list[Subject]) -> None:
    found = compared([pair[0], compared_subject("Twin", BASE)])

    assert answer(found, 200)[0] == "Twin equals the base in every replicate."
    assert difference_figure(found).headline == "Differences from Base"


def test_the_same_title_twice_is_told_apart(pair: list[Subject]) -> None:
    found = compared([pair[0], compared_subject("Base", OTHER)])

    assert found.alternatives[0].name == "Base (run 2)"


def test_every_comparison_is_in_the_table_behind_the_chart(pair: list[Subject]) -> None:
    rows = difference_figure(compared(pair)).table.rows

    assert [row[1] for row in rows] == [
        "contested",
        "announced_winner: incumbent",
        "announced_winner: opposition",
        "deaths_30d",
    ]


def test_few_pairs_say_so_and_count() -> None:
    short = [{name: column[::20] for name, column in run.items()} for run in (BASE, OTHER)]
    pair = [compared_subject("Base", short[0]), compared_subject("Other", short[1])]
    said = answer(compared(pair), 10)[0]

    assert said.startswith("10 pairs are too few to state a share")


def test_runs_of_other_luck_are_refused(pair: list[Subject]) -> None:
    import dataclasses

    other = dataclasses.replace(pair[1].origin, entropy="0x2")  # type: ignore[type-var]
    with pytest.raises(ComparisonError, match="other entropy"):
        compared([pair[0], dataclasses.replace(pair[1], origin=other)])


def test_a_hostile_alternative_stays_text(pair: list[Subject]) -> None:
    html = page_html(comparison_page([pair[0], compared_subject(HOSTILE, OTHER)], HOSTILE))

    assert "<script" not in html
    assert html.count("<svg") == 2
