"""The rule of the vote: shifted hours, several days, a count by hand, who wins, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.errors import InputError
from sim.models.polling_day.queue import kernel_day
from sim.models.polling_day.voter_draws import draw_blocks
from sim.processes.world import closing_day
from sim.records.events import PollsClosed, PollsOpened, ResultAnnounced
from sim.records.parameters.vote.day import Day
from sim.records.results.outcome import Outcome
from sim.records.vote.contest import winner_of
from sim.records.vote.polling_hours import PollingHours
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import play, run_replicate
from sim.rng import Streams
from sim.scenario.load import load

TWO_DAYS = "vote.days=[2031-05-11, 2031-05-12]"
HAND = "vote.count=hand"


def bellmar(*overrides: str) -> Case:
    return prepare_case(load("bellmar", ["run.assumptions=fixed", *overrides]))


def same(a: Outcome, b: Outcome, days: float) -> bool:
    """Whether two outcomes are equal; days of the clock may lie `days` apart. Who makes a statement
    has hours of its own.
    """
    for name, value in a.values.items():
        if name.endswith("statement_days"):
            continue
        other = b.values[name]
        if not isinstance(value, float) or not isinstance(other, float):
            if value != other:
                return False
        elif min(abs(other - value), abs(other - value - days)) > 1e-6:
            return False
    return a.error is None and b.error is None


def test_a_day_two_hours_later_has_the_same_outcomes_in_hours_after_the_close() -> None:
    early, late = bellmar(), bellmar("vote.hours=[09:00:00, 21:00:00]")

    assert all(
        same(run_replicate(early, 7, r), run_replicate(late, 7, r), 2 / 24) for r in range(8)
    )


def test_a_vote_of_two_days_opens_once_and_closes_on_the_evening_of_the_second() -> None:
    case = bellmar(TWO_DAYS)
    ledger = play(case, 7, 0).ledger
    told = ledger.of(PollsOpened), ledger.of(PollsClosed)

    assert [[round(e.day * 24, 6) for e in events] for events in told] == [[7.0], [43.0]]
    assert [run_replicate(case, 7, r).error for r in range(20)] == [None] * 20


@given(st.floats(0, 2000), st.sampled_from([(0,), (0, 1), (0, 2, 3)]))
def test_open_time_and_the_clock_are_inverse_to_each_other(
    minute: float, days: tuple[int, ...]
) -> None:
    hours = PollingHours(3.0, 480.0, 1080.0, days)

    assert abs(hours.minute_of(hours.day_of(minute)) - minute) < 1e-6


def test_a_night_between_two_days_is_no_open_time() -> None:
    hours = PollingHours(0.0, 480.0, 1080.0, (0, 1))
    clock = [8.0, 18.0, 23.0, 32.0, 42.0, 44.0]

    assert [round(hours.minute_of(h / 24), 6) for h in clock] == [0, 600, 600, 600, 1200, 1320]
    assert (hours.open_minutes, round(hours.close * 24, 6)) == (1200, 42)


def test_the_queue_of_two_days_is_the_queue_of_their_open_time() -> None:
    """The slow twin: one line, served one after the other over the open minutes of both days."""
    day = Day.model_validate(
        {"level": "kernel", "opening": {"late_share": 0.0}, "failures": {"table_share": 0.0}}
    )
    hours = PollingHours(0.0, 480.0, 1080.0, (0, 1))
    voters = np.full(5, 900, np.int32)
    blocks = list(draw_blocks(voters, day, hours.open_minutes, Streams(3, 0)))
    quick = kernel_day(iter(blocks), 5, 1, hours.open_minutes)
    tape = blocks[0]
    for column, table in enumerate(tape.order):
        free = 0.0
        for arrival, service in zip(
            tape.arrivals[:900, column], tape.services[:900, column], strict=True
        ):
            free = max(free, float(arrival)) + float(service)
        last = max(free / 60, hours.open_minutes)
        assert abs(quick.closing_minute[table] - last) < 0.01


def test_bulletins_come_in_stages() -> None:
    stages = "vote.stages=[{ share = 0.5 }, { share = 0.8 }, { hours = 6.0 }, { hours = 48.0 }]"
    world = play(bellmar(stages), 7, 0)
    said = world.ledger.of(ResultAnnounced)
    close = closing_day(world)

    assert [e.number for e in said] == list(range(1, len(said) + 1))
    assert [round((e.day - close) * 24, 3) for e in said][-2:] == [6.0, 48.0]
    assert [e.share_counted for e in said] == sorted(e.share_counted for e in said)


def test_a_count_by_hand_has_no_box_check_and_nobody_touches_machines() -> None:
    case = bellmar(HAND)
    standing = play(case, 7, 0).electorate.standing

    assert standing is not None
    assert standing.day.boxes.table.size == 0
    with pytest.raises(InputError, match="acts on machines, and this vote is counted by hand"):
        bellmar(HAND, "manipulations.vote_switching.enabled=true")


def test_a_count_by_hand_moves_no_other_number() -> None:
    hand, machine = (run_replicate(bellmar(*o), 7, 1).values for o in ((HAND,), ()))
    moved = {name for name, value in machine.items() if value != hand[name]}

    assert moved == {"boxes_mismatch_share", "decided_hours_box_check"}


@pytest.mark.parametrize(
    ("totals", "row"), [([3, 5, 1], 1), ([5, 5, 1], None), ([0, 0], None), ([], None), ([0, 2], 1)]
)
def test_the_most_votes_win_and_ballot_order_elects_nobody(
    totals: list[int], row: int | None
) -> None:
    assert winner_of(totals) == row


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ("vote.rule=majority", "second_round go together"),
        ("vote.announce=region", "the nation is announced with its last region; write"),
        ("vote.announce=table", "bulletins speak of the nation or of a region"),
        ("vote.stages=[{ share = 0.9, hours = 2.0 }]", "a stage has share, or hours"),
        ("vote.stages=[]", "stages needs at least one"),
        ("transmission.threshold=0.8", r"write vote\.stages"),
        ("vote.count=marbles", "none of machine, hand"),
        ("vote.second_round=2031-06-08", "second_round belongs to rule"),
    ],
)
def test_what_is_not_played_is_refused_by_name(override: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load("bellmar", [override])
