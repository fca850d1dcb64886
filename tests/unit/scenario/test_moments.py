"""Moments: what moves with the vote, what stays, what comes again, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from sim.errors import InputError
from sim.ledger import Event
from sim.processes.moments import deadline, due, horizon, inauguration, moment
from sim.processes.world import closing_day
from sim.records.events import MeasureTaken
from sim.records.moments import Every, Tied, read_moment, read_recurring
from sim.replicate.build import build_world, prepare_case
from sim.replicate.trace import trace
from sim.scenario.load import load

CASE = "venezuela-2024"
MOVED = "facts.election_day.sets.'vote.days'=[2024-12-01]"


def dates(*overrides: str) -> dict[str, dt.datetime | None]:
    """Return when things are due, as dates."""
    case = prepare_case(load(CASE, overrides))
    world = build_world(case, 1, 0)
    p, first = world.p, case.scenario.vote.days[0]
    days = {
        "meeting": p.negotiation.tracks["government_us"].meeting_day,
        "GL5": p.licences["GL5"].expiry_days[0],
        "GL8": p.licences["GL8"].expiry_days[0],
        "inauguration": inauguration(world),
        "campaign ends": deadline(world, p.calendar.campaign_end),
        "poll ban": due(world, p.calendar.poll_ban),
        "tabulation": deadline(world, p.calendar.tabulation_limit),
        "horizon": horizon(world),
    }
    start = dt.datetime.combine(first, dt.time())
    return {name: start + dt.timedelta(days=day) for name, day in days.items() if day is not None}


def test_a_moved_vote_moves_what_is_tied_to_it_and_nothing_else() -> None:
    at = dt.datetime
    stays = {
        "meeting": at(2024, 7, 3, 12),
        "GL5": at(2024, 8, 13),
        "GL8": at(2024, 11, 15),
        "inauguration": at(2025, 1, 10, 12),
        "horizon": at(2025, 1, 24),
    }
    tied = {
        "campaign ends": (at(2024, 7, 26), at(2024, 11, 29)),
        "poll ban": (at(2024, 7, 22), at(2024, 11, 25)),
        "tabulation": (at(2024, 7, 30, 18), at(2024, 12, 3, 18)),
    }
    assert dates() == stays | {name: pair[0] for name, pair in tied.items()}
    assert dates(MOVED) == stays | {name: pair[1] for name, pair in tied.items()}


def test_a_moment_tied_to_an_event_follows_the_first_one() -> None:
    world = build_world(prepare_case(load(CASE)), 1, 0)
    after = Tied("MeasureTaken", 1.5)
    assert moment(world, after) is None
    for day in (-20.0, -10.0):
        world.ledger.append(MeasureTaken(day, "arrests", 1.0))

    assert moment(world, after) == -18.5


def test_anchors_follow_a_postponed_vote() -> None:
    world = build_world(prepare_case(load(CASE)), 1, 0)
    world.conduct.poll_day = 60.0
    anchors = ("as_of", "vote", "opening", "close")

    assert [moment(world, Tied(name, 0.0)) for name in anchors] == [-26.0, 60.0, 60.25, 60.75]
    assert closing_day(world) == 60.75


def test_reviews_go_on_every_thursday_after_a_postponement() -> None:
    traced = trace("postponed", 0)
    reviewed = {e.day for e in traced.ledger if _is_review(e)}

    assert sorted(reviewed)[:3] + sorted(reviewed)[-2:] == [-24.0, -17.0, -10.0, 53.0, 60.0]


def _is_review(event: Event) -> bool:
    return getattr(event, "actor", "") == "government" and getattr(event, "decision", "") == (
        "arrests"
    )


def test_a_moment_that_comes_again_names_its_dates() -> None:
    every = read_recurring({"every": "month", "day": 1})
    weekly = Every("week", "thursday")

    assert [str(d) for d in every.dates(dt.date(2024, 7, 2), dt.date(2024, 9, 1))] == [
        "2024-08-01",
        "2024-09-01",
    ]
    assert [d.day for d in weekly.dates(dt.date(2024, 7, 2), dt.date(2024, 7, 28))] == [
        4,
        11,
        18,
        25,
    ]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"after": "votes"}, "did you mean 'vote'"),
        ({"after": "CandidateBared", "days": 1}, "did you mean 'CandidateBarred'"),
        ({"days": 1}, "name one anchor"),
        ({"after": "vote", "before": "vote"}, "name one anchor"),
        ({"after": "vote", "days": 1, "hours": 1}, "days and hours exclude each other"),
        ({"after": "vote", "days": -1}, "before and after say the direction"),
        (7, "expected a moment such as 2024-07-04"),
    ],
)
def test_what_is_no_moment_is_refused_in_words(given: object, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        read_moment(given)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('option = "yes"\ndate = 2024-07-04', "write at = 2024-07-04"),
        (
            'option = "yes"\nafter = "CandidateBarred"\ndays = 1',
            'write at = { after = "CandidateBarred", days = 1 }',
        ),
        ('option = "yes"\nday = -3', 'write at = { before = "vote", days = 3 }, or a date'),
        (
            'option = "yes"\n[calendar]\npoll_ban_day = -6.0',
            'write poll_ban as a date, or as { before = "vote", days = 3 }',
        ),
        ('option = "yes"\n[calendar]\nopening_minute = 360.0', "write vote.hours = [06:00:00"),
    ],
)
def test_an_old_key_says_what_to_write(tmp_path: Path, text: str, told: str) -> None:
    head = f'extends = "{CASE}"\ntitle = "t"\n[[events]]\nactor = "government"\n'
    file = tmp_path / "mine.toml"
    file.write_text(f'{head}decision = "bar_candidate"\n{text}\n')

    with pytest.raises(InputError) as caught:
        load(file)
    assert told in str(caught.value)


@pytest.mark.parametrize(
    ("override", "told"),
    [
        ('calendar.horizon={ after = "CandidateBarred" }', "horizon is a date, or tied to vote"),
        ('calendar.inauguration={ after = "announcement" }', "inauguration is a date, or tied"),
        ("calendar.inauguration=2024-07-01", "does not lie after the vote"),
        ('calendar.campaign_start={ before = "vote", days = 1 }', "must lie before campaign_end"),
        ("vote.hours=[19:00:00, 18:00:00]", "not before they close"),
        ("vote.days=[]", "days needs at least one day"),
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(override: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        load(CASE, [override])
