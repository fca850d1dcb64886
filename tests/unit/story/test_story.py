"""What a story tells on one line, by the week, with a cause, and how it says that it came out."""

from __future__ import annotations

import datetime as dt

import pytest

from sim.ledger import Event, Ledger
from sim.names import Names
from sim.output.story import ending, reports_in_one, story
from sim.records import events as e

VOTE = dt.date(2031, 5, 11)
NAMES = Names({"eu": "the EU", "home": "the domestic observers", "allies": "allies abroad"})
STREET = [e.ProtestDay(1.9 + day, n) for day, n in enumerate((5, 0, 9, 1, 1, 1, 1, 2))]
STORY = [e.Recognised(0.9, "eu", "incumbent"), *STREET, e.Inaugurated(60.0, "incumbent")]


def told(*events: Event, daily: bool = False) -> list[str]:
    return list(story(events, VOTE, NAMES, daily=daily))


def test_a_week_of_protest_is_one_line_with_its_total() -> None:
    assert told(*STORY)[1:3] == [
        "Sun 18 May 2031  18 protests in the week, at most 9 on one day.",
        "Sun 25 May 2031  2 protests in the week.",
    ]


def test_every_day_of_protest_is_told_on_demand() -> None:
    lines = told(*STORY, daily=True)

    assert (len(lines), lines[1]) == (10, "Mon 12 May 2031  5 protests on the day.")


def test_a_story_that_ends_within_a_week_still_tells_it() -> None:
    assert told(e.ProtestDay(1.9, 1), e.ProtestDay(2.9, 3)) == [
        "Tue 13 May 2031  4 protests in the week, at most 3 on one day."
    ]


def test_weeks_before_the_vote_and_after_a_pause_are_weeks_too() -> None:
    days = [e.ProtestDay(day, 2) for day in (-23.0, -16.0, -15.0, 9.0)]

    assert told(*days) == [
        "Thu 24 Apr 2031  2 protests in the week.",
        "Thu 01 May 2031  4 protests in the week, at most 2 on one day.",
        "Tue 20 May 2031  2 protests in the week.",
    ]


def test_two_causes_of_protest_on_one_day_are_one_day() -> None:
    assert told(e.ProtestDay(-9.0, 4), e.ProtestDay(-9.0, 3), e.ProtestDay(-8.0, 5)) == [
        "Sat 03 May 2031  12 protests in the week, at most 7 on one day."
    ]


def test_hours_are_told_while_the_votes_are_counted_and_days_elsewhere() -> None:
    lines = told(e.CampaignOpened(-20.0), e.PollsOpened(0.25, 9, 0.0), e.ResultConceded(9.9, "eu"))

    assert [line[:22].rstrip() for line in lines] == [
        "Mon 21 Apr 2031  The c",
        "Sun 11 May 2031 06:00",
        "Tue 20 May 2031  The a",
    ]


def test_who_recognises_whom_at_one_moment_is_one_line() -> None:
    by = [e.Recognised(0.9, key, "incumbent") for key in ("eu", "home", "allies")]

    assert told(*by) == [
        "Sun 11 May 2031  Recognition of the incumbent by the EU, the domestic observers and "
        "allies abroad."
    ]


def test_what_an_observer_criticises_at_one_moment_is_one_line() -> None:
    found = [e.ConditionsCriticised(2.0, "home", over) for over in ("bar_candidate", "boycott")]

    assert told(*found) == [
        "Tue 13 May 2031  Conditions criticised by the domestic observers: the barring of a "
        "candidate and the boycotted vote."
    ]


def test_findings_of_one_moment_are_one_line_and_say_nothing_of_an_announcement() -> None:
    verdicts = {"box_check": "consistent", "last_digit": "consistent", "remainder": "inconsistent"}

    assert told(*(e.FindingIssued(1.0, key, said, None) for key, said in verdicts.items())) == [
        "Mon 12 May 2031  Findings on what is reported: inconsistent, by remainder; consistent, by "
        "box check and last digit."
    ]


def test_a_quick_count_that_learnt_nothing_is_not_told_again() -> None:
    counts = [
        e.QuickCountReported(day, 6.0, reports, 0.1) for day, reports in ((1, 9), (2, 9), (3, 10))
    ]

    assert [line[17:] for line in told(*counts)] == [
        "Quick count: 9 reports in hand; estimate the challenger by 10.0 points.",
        "Quick count: 10 reports in hand; estimate the challenger by 10.0 points.",
    ]


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        ({"Other": 1}, "1 incident report by citizens: other 1."),
        (
            {"Other": 9, "BallotStuffing": 2},
            "11 incident reports by citizens: ballot stuffing 2, other 9.",
        ),
        ({"BallotStuffing": 1}, "1 incident report by citizens: ballot stuffing 1."),
    ],
)
def test_other_reports_are_named_once_and_last(counts: dict[str, int], text: str) -> None:
    events = [e.IncidentsReported(1.0, name, n, "citizens") for name, n in counts.items()]

    assert reports_in_one(events, NAMES) == text


@pytest.mark.parametrize(
    ("event", "text"),
    [
        (
            e.SignalMoved(1.0, 0.0, 0.5, 0.5, "statement/home"),
            "of the verdict of the domestic observers",
        ),
        (e.ForcesDefected(1.0, "protest"), "of the protests"),
        (
            e.MeasureNotCarriedOut(1.0, "arrests"),
            "the authority refuses: arrests of campaign staff",
        ),
        (e.ThreatMade(1.0, "eu", "allies", "contest"), "of the contested announcement"),
        (
            e.TrackMoved(1.0, "a_b", "talks", "suspended", "suspend_talks"),
            "one side leaves the table",
        ),
        (e.SupportShift(1.0, 0.5, 0.0, 0.0, "", "admission"), "an excluded candidate is admitted"),
    ],
)
def test_what_has_a_cause_says_because(event: Event, text: str) -> None:
    assert event.says(NAMES).partition("because ")[2] == f"{text}."


def ended(*events: Event, **values: str | float) -> str:
    ledger = Ledger()
    for event in events:
        ledger.append(event)
    return ending(ledger, values, VOTE, NAMES)


BULLETIN = e.ResultAnnounced(0.9, "incumbent", -0.1, 0.9, False, 1, ())
WON = "the incumbent won the vote and was announced as winner by 10.0 points."
CLOSED = e.PollsClosed(0.75, 100, 0.5, 0.0)


def test_a_paragraph_says_how_it_came_out() -> None:
    found = ended(
        CLOSED,
        BULLETIN,
        e.ResultContested(0.9, "home"),
        e.Recognised(0.9, "allies", "incumbent"),
        *STREET[:1],
        e.CourtPetitioned(4.5, "home"),
        e.RecognitionWithheld(5.5, "eu"),
        e.CourtRuled(9.5, "certified"),
        e.ForcesDefected(12.0, "protest"),
        e.OfficeTaken(22.0, "interim"),
        e.DeathsReported(30.0, 0),
        e.Inaugurated(60.0, "interim"),
        vote_winner="opposition",
        lead_true_share=0.12,
    )

    assert found == (
        "How it came out: the opposition won the vote by 12.0 points; the incumbent was announced "
        "as winner by 10.0 points. It was contested by the domestic observers; the court, asked by "
        "the domestic observers, ruled: certified. Recognition: of the incumbent by allies abroad; "
        "of nobody by the EU. 5 protests and no deaths. On Fri 23 May 2031: the command of the "
        "forces defects, because of the protests. On Mon 02 Jun 2031 the office went to an interim "
        "government. On inauguration day the office was held by an interim government."
    )


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ((), "no vote was held."),
        ((e.CandidateBarred(-9.0, "x"),), "X was barred; no vote was held."),
        (
            (CLOSED, e.ResultAnnulled(0.9)),
            "the incumbent won the vote; the election was annulled in the night.",
        ),
        ((CLOSED,), "the incumbent won the vote; nobody was announced as winner."),
        ((CLOSED, BULLETIN), f"{WON} Nobody contested it."),
        (
            (CLOSED, BULLETIN, e.ResultConceded(3.0, "allies")),
            f"{WON} It was conceded by allies abroad.",
        ),
    ],
)
def test_an_ending_says_what_did_not_happen(events: tuple[Event, ...], text: str) -> None:
    assert ended(*events, vote_winner="incumbent") == f"How it came out: {text}"
