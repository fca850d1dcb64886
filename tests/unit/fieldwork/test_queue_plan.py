from __future__ import annotations

import pytest

from sim.errors import InputError
from sim.fieldwork.queue_plan import Question, clock, plan_queue, sentence


def test_light_load_waits_as_the_closed_form_says() -> None:
    plan = plan_queue(Question(voters=430, service_minutes=1.0, cv=1.0, replicates=400))

    assert plan.steady is not None
    assert plan.mean_wait.mean == pytest.approx(plan.steady.mean_wait, rel=0.1)


def test_overload_closes_about_when_the_work_is_done() -> None:
    plan = plan_queue(Question(machines=2, voters=2000, service_minutes=1.0, replicates=200))

    assert (plan.steady, plan.least_overrun_minutes, plan.any_over_30.mean) == (None, 280.0, 1.0)
    assert plan.closing_minute.mean == pytest.approx(1080 + 280, abs=5)


def test_enough_machines_is_the_fewest_that_keeps_its_promise() -> None:
    asked = Question(
        machines=1, voters=900, service_minutes=1.2, arrivals="morning", replicates=200
    )
    plan = plan_queue(asked)
    assert plan.enough_machines is not None
    chances = [
        plan_queue(
            Question(
                machines=c, voters=900, service_minutes=1.2, arrivals="morning", replicates=200
            )
        ).any_over_30.mean
        for c in (plan.enough_machines - 1, plan.enough_machines)
    ]

    assert chances[1] <= 0.1 < chances[0]


def test_impatient_voters_leave_and_the_sentence_says_so() -> None:
    plan = plan_queue(Question(voters=900, patience=True, arrivals="morning", replicates=100))

    assert plan.left_share.mean > 0.05
    assert "leave the line without voting" in sentence(plan)


def test_the_same_question_has_the_same_answer() -> None:
    assert plan_queue(Question(replicates=50)) == plan_queue(Question(replicates=50))


def test_all_mistakes_of_a_question_come_at_once() -> None:
    with pytest.raises(InputError) as error:
        plan_queue(
            Question(
                machines=0,
                voters=0,
                service_minutes=float("nan"),
                arrivals="evening",
                opens_minute=-1,
            )
        )

    assert [problem.path for problem in error.value.problems] == [
        "--machines",
        "--voters",
        "--minutes",
        "--arrivals",
        "--opens",
    ]


def test_clock_names_the_day_after() -> None:
    assert [clock(360), clock(1084.6), clock(1500)] == ["06:00", "18:05", "01:00 +1 d"]


def test_a_country_in_one_line_is_refused_with_the_way_out() -> None:
    with pytest.raises(
        InputError,
        match=r"1,000,000: write how many people .* to 20,000; where a centre has "
        r"several lines",
    ) as error:
        plan_queue(Question(voters=1_000_000, replicates=20))

    assert [problem.path for problem in error.value.problems] == ["--voters"]


def test_two_numbers_of_machines_are_reconciled() -> None:
    said = sentence(plan_queue(Question(replicates=100)))

    assert said.endswith(
        "; 1 machine would keep every wait under 30 minutes on nine days in ten. The queue stop "
        "rule gives more, 2 machines: "
        "it keeps machines busy half of the hours open, however voters come and whatever they wait."
    )


def test_a_watcher_hears_of_each_run_of_all_days() -> None:
    heard = []
    plan_queue(Question(replicates=10), heard.append)

    assert [progress.done for progress in heard] == list(range(1, len(heard) + 1))
