"""What a run's report plays again: dates, regions, the evening, stories."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.output.report.draw.step_chart import Stretch, place
from sim.output.report.history.found import altered, found_table
from sim.output.report.history.polls import quantile_dots
from sim.output.report.history.replay import Replay, replay
from sim.output.report.history.timeline import firsts, happenings, name_of
from sim.output.report.history.where import map_figure, values
from sim.output.report.page.page import page_html
from sim.output.report.run.moments import endings
from sim.output.report.run.run_report import run_page
from sim.output.report.run.subject import Subject, of_run
from sim.records import events as e
from tests.support.report_subjects import HUNDRED, subject


@pytest.fixture(scope="module")
def made() -> Subject:
    return of_run(sim.run("bellmar", replicates=24, jobs=1))


@pytest.fixture(scope="module")
def again(made: Subject) -> Replay:
    return replay(made, endings(made.columns), 6)


def test_an_event_is_named_with_what_tells_it_apart() -> None:
    announced = e.ResultAnnounced(0.9, "incumbent", -0.1, 0.9, False, 1, (1, 2))

    assert name_of(announced) == "Result announced: incumbent"
    assert firsts([announced, announced], talks=False) == {"Result announced: incumbent": 0.9}
    assert firsts([announced], talks=True) == {}


def test_a_day_stands_in_its_own_part_of_the_axis() -> None:
    parts = (Stretch("a", -20, 0, 0.5, ()), Stretch("b", 0, 10, 0.5, ()))

    assert [place(d, parts, (0, 100)) for d in (-20, -10, 0, 5, 10, 99)] == [
        0,
        25,
        50,
        75,
        100,
        100,
    ]


def test_fifty_dots_stand_for_all_replicates() -> None:
    values_ = list(np.linspace(0, 1, 1001))

    assert quantile_dots(values_) == pytest.approx([(k + 0.5) / 50 for k in range(50)])
    assert len(quantile_dots([1.0, 2.0, 3.0])) == 3


def test_a_method_is_never_shown_without_its_false_alarms() -> None:
    detected = [True] * 60 + [False] * 10 + [True] * 3 + [False] * 27
    gaps = [0.2] * 70 + [0.0] * 30
    made_up = subject(HUNDRED)
    made_up.columns.update(detected_x=detected, gap_announced_true_share=gaps)
    name, found, false = found_table(made_up)[0]

    assert sum(a is True for a in altered(made_up)) == 70
    assert found is not None
    assert false is not None
    assert (name, found.k, found.n, false.k, false.n) == ("x", 60, 70, 3, 30)


@pytest.mark.slow
def test_the_replay_counts_what_the_ledgers_hold(again: Replay) -> None:
    found = {h.name: len(h.days) for h in happenings(again, talks=False)}

    announced = sum(
        any(isinstance(x, e.ResultAnnounced) and x.winner == "incumbent" for x in h.events)
        for h in again.histories
    )
    assert again.n == 6
    assert found.get("Result announced: incumbent", 0) == announced


@pytest.mark.slow
def test_regions_add_up_to_the_country(made: Subject, again: Replay) -> None:
    figure = map_figure(made, again, "turnout")
    turnout = values(again, "turnout")
    national = [100 * float(made.columns["turnout_true_share"][h.place]) for h in again.histories]  # type: ignore[arg-type]

    assert figure is not None
    assert [len(row) for row in figure.table.rows] == [4, 4, 4]
    assert all(r.min() <= n <= r.max() for r, n in zip(turnout, national, strict=True))


@pytest.mark.slow
def test_the_evening_ends_in_the_votes_that_were_cast(made: Subject, again: Replay) -> None:
    night = next(h for h in again.histories if h.evening is not None)
    assert night.evening is not None

    assert night.evening.cast == pytest.approx(made.columns["lead_true_share"][night.place])
    hours = [row[0] for row in night.evening.estimates]
    assert hours == sorted(hours)


@pytest.mark.slow
def test_the_page_has_its_sections_in_the_order_of_the_calendar(made: Subject) -> None:
    page = run_page(made, "sim report", 4)
    names = [section.name for section in page.sections]

    wanted = ["What happens, and when", "Where", "The day and the evening", "Headline outcomes"]
    assert [name for name in names if name in wanted] == wanted
    assert page_html(page) == page_html(run_page(made, "sim report", 4))


@pytest.mark.slow
def test_without_replays_the_page_says_what_it_leaves_out(made: Subject) -> None:
    page = run_page(made, "sim report", 0)
    method = next(s for s in page.sections if s.name == "Method").blocks[0]

    assert method.paragraphs[-1].startswith(  # type: ignore[union-attr]
        "Left out, since no replicate was played again (--replay 0)"
    )
