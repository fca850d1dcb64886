"""What a report says: figures with their errors, rounded, and withheld where replicates are few."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from sim.output.report.method.question import question
from sim.output.report.page.tokens import LIGHT
from sim.output.report.page.words import chance, date, percent, signed
from sim.output.report.run.answer import answer, changes
from sim.output.report.run.figures import alt_text, flow_figure, outcomes_figure
from sim.output.report.run.moments import MOMENTS, endings, largest_crossing, moments, same_side
from tests.support.report_subjects import HUNDRED, OPPOSITION, TWELVE, subject


def test_what_is_neither_none_nor_all_never_reads_so() -> None:
    assert [percent(x) for x in (0, 0.004, 0.5, 0.996, 1)] == ["0%", "<1%", "50%", ">99%", "100%"]


def test_an_event_that_did_not_occur_is_a_count_with_its_bound() -> None:
    assert chance(0, 400).words() == "0 of 400 (0 to <1%)"


def test_below_a_hundred_replicates_counts_stand_for_percent() -> None:
    assert [chance(k, n).words() for k, n in ((7, 12), (30, 60), (50, 100))] == [
        "7 of 12",
        "30 of 60 (40 to 60%)",
        "50% (42 to 58%)",
    ]


def test_signs_are_signs_and_nothing_has_none() -> None:
    assert [signed(x) for x in (3.2, -3.2, 0.2, -0.2)] == ["+3", "\u22123", "0", "0"]


def test_dates_are_english_on_any_machine() -> None:
    assert date(dt.date(2025, 1, 10)) == "10 January 2025"


def test_the_question_is_the_sentence_that_asks() -> None:
    asked = question({"title": "T", "description": "Talks restart. Who governs? It matters."})

    assert asked == ("Who governs?", "Talks restart. It matters.")


def test_without_a_question_the_title_stands() -> None:
    assert question({"title": "T", "description": "Talks restart."}) == ("T", "Talks restart.")


def test_the_answer_counts_the_side_with_most_votes_in_office() -> None:
    first = answer(subject(HUNDRED), HUNDRED)[0]

    assert first.startswith(
        "In 30% of 100 simulated elections the side with most votes holds office on 12 April 2030 "
        "(90% Monte Carlo interval 23 to 38%)."
    )


def test_the_answer_of_fixed_assumptions_says_that_it_tells_no_range() -> None:
    assert answer(subject(HUNDRED), HUNDRED)[1].endswith(
        "they are fixed, or the replicates are few."
    )


def test_few_replicates_state_no_share() -> None:
    said = " ".join(answer(subject(TWELVE), TWELVE))

    assert "12 replicates, too few to state a share" in said
    assert "%" not in said


def test_the_largest_crossing_is_found_and_none_is_none() -> None:
    assert largest_crossing(HUNDRED) == ("opposition", "incumbent", 70)
    assert largest_crossing([OPPOSITION]) is None


def test_an_outcome_that_does_not_exist_is_counted_apart() -> None:
    columns = {name: ["incumbent", None] for name in MOMENTS}
    paths = endings(columns)

    assert moments(paths)[0].of("(none)").k == 1
    assert same_side(paths).n == 2


def test_a_run_without_the_three_outcomes_has_no_endings() -> None:
    assert endings({"vote_winner": ["incumbent"]}) == []


@pytest.mark.parametrize("paths", [HUNDRED, TWELVE, [OPPOSITION]])
def test_counts_at_each_moment_add_up(paths: list[tuple[str, str, str]]) -> None:
    sums = [sum(c.k for _, c in moment.chances) for moment in moments(paths)]

    assert sums == [len(paths)] * 3


@pytest.mark.parametrize("paths", [HUNDRED, TWELVE])
def test_every_count_of_an_alternative_text_is_in_the_table(
    paths: list[tuple[str, str, str]],
) -> None:
    made = subject(paths)
    figure = outcomes_figure(made, paths)
    counts = {row[1] for row in figure.table.rows}

    told = re.findall(r"(?:opposition|incumbent) (\d+)", figure.alt)
    assert len(told) == 5
    assert set(told) <= counts
    assert len(alt_text(made, paths)) <= 300


def test_the_headline_of_the_flow_is_in_its_table() -> None:
    figure = flow_figure(subject(HUNDRED), HUNDRED)

    assert figure.headline == (
        "In 70 of 100 replicates the opposition gets most votes and the incumbent is announced"
    )
    assert figure.table.rows[0] == ["Opposition", "Incumbent", "Incumbent", "70"]


def test_what_would_change_names_levers_and_says_that_they_were_not_run() -> None:
    made = subject(HUNDRED, levers={"night.exit_cost": [0.3, 0.72]})
    lever = changes(made)[1]

    assert lever.name == "Levers: not run here"
    assert lever.command == "sim sweep testland --axis night.exit_cost=0.3,0.72"


def test_partings_of_which_none_is_the_most_are_told_together() -> None:
    paths = [("opposition", "incumbent", "incumbent"), ("incumbent", "opposition", "opposition")]

    assert flow_figure(subject(paths), paths).headline == (
        "In 2 of 2 replicates another side is announced than won the vote"
    )


def test_what_the_assumptions_allow_is_drawn_and_told_where_it_was_run(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    entry = {"outcome": "office_holder_inauguration", "category": "opposition", "unit": "share"}
    mover = {"path": "support.family_weight", "correlation": -0.6}
    entry |= {"low": 0.001, "high": 0.43, "movers": [mover]}
    told = {"parameters": 445, "points": 64, "replicates": 4, "ranges": [entry]}
    for module in ("answer", "figures"):
        monkeypatch.setattr(f"sim.output.report.run.{module}.assumed_ranges", lambda _: told)
    made = subject(HUNDRED)

    assert (
        "office lies between <1% and 43% (central 90%, from 64 draws)" in answer(made, HUNDRED)[1]
    )
    assert changes(made)[0].words.endswith("most by support.family_weight (less with more of it).")
    figure = outcomes_figure(made, HUNDRED)
    assert LIGHT["assume"] in figure.wide
    assert [row[4] for row in figure.table.rows][-2:] == ["<1 to 43%", "not run"]
