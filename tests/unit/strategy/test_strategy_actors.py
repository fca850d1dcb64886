"""What the actors of candidacies, night and aftermath choose, each against its rule."""

from dataclasses import replace

import pytest
from numpy.random import Generator

from sim.actors.abroad.recogniser import Recogniser, call_probability
from sim.actors.abroad.sender_reviews import review_probability
from sim.actors.base import Actor
from sim.actors.challenger import Challenger
from sim.actors.citizens import Citizens
from sim.actors.court import Court
from sim.actors.forces import Forces
from sim.actors.minor import Minor
from sim.actors.observer import Observer
from sim.models.strategy.response import logistic
from sim.records.decisions.view import (
    AbroadView,
    AcceptanceView,
    CertifyView,
    ContestView,
    ProtestView,
    StatementView,
    View,
)
from sim.rng import generator
from tests.support.strategy_case import parameters

P = parameters()


def rng() -> Generator:
    return generator(1, "test/actors")


def chosen(actor: Actor, view: View) -> str:
    return actor.decide(view, rng()).option


def statement(findings: tuple[str, ...] = (), *, tables: bool = True, doubt: float = 0.15) -> View:
    return StatementView("statement", 2.0, tables, doubt, findings)


def contest(
    copies: float,
    copies_lead: float,
    pi: float,
    winner: str = "incumbent",
    *,
    boycott: bool = False,
) -> View:
    return ContestView("contest", 1.0, pi, copies, copies_lead, winner, boycott)


QUIET = AbroadView(
    "designate",
    30.0,
    lead_mean=0.0,
    copies_share=0.0,
    copies_lead=None,
    sheets_published=False,
    tables_published=False,
    contested=False,
    measures=(),
    boycott=False,
    q_imp=0.0,
    belief=0.0,
    verdicts=0.0,
    annulled=False,
    certified=False,
)


def test_a_mission_follows_the_findings_open_to_it() -> None:
    cases = [
        ("consistent",),
        ("undecided", "inconsistent"),
        ("undecided",),
        ("consistent", "undecided"),
    ]
    said = [chosen(Observer(P, "carter"), statement(found)) for found in cases]

    assert said == ["positive", "negative", "none", "positive"]


def test_a_mission_calls_overdue_tables_negative_whatever_was_found() -> None:
    assert chosen(Observer(P, "carter"), statement(("undecided",), tables=False)) == "negative"


def test_without_estimators_a_mission_speaks_by_its_doubt() -> None:
    actor = Observer(P, "carter")
    chances = [actor.decide(statement(doubt=d), rng()).probabilities[0] for d in (0.15, 0.775)]

    assert chances == [0.15, 0.775]


def test_the_platform_contests_on_its_copies_and_on_polls_where_copies_are_few() -> None:
    views = [
        contest(0.5, 0.1, 0.1),
        contest(0.5, -0.1, 0.9),
        contest(0.05, -0.1, 0.9, "none"),
        contest(0.5, 0.1, 0.9, "opposition"),
        contest(0.5, 0.1, 0.9, boycott=True),
    ]

    assert [chosen(Challenger(P, "platform"), view) for view in views] == [
        "yes",
        "no",
        "yes",
        "no",
        "no",
    ]


def test_signatories_accept_any_announcement_and_others_an_uncontested_one() -> None:
    both = (True, False)
    views = [
        AcceptanceView("recognise", 1.0, pledged, contested)
        for pledged in both
        for contested in both
    ]

    assert [chosen(Minor(P, "ecarri"), view) for view in views] == ["yes", "yes", "no", "yes"]
    assert chosen(Minor(P, "ecarri"), View("withdraw", -5.0)) == "no"


def test_calling_the_winner_needs_a_contest_and_rises_with_what_the_public_believes() -> None:
    doubts = replace(QUIET, decision="call_winner", contested=True)
    convinced = replace(doubts, belief=0.8)

    assert call_probability(doubts, P, 0.0) == pytest.approx(logistic(-3.6))
    assert call_probability(convinced, P, 0.0) == pytest.approx(logistic(-3.6 + 3.8 * 0.8))
    assert call_probability(replace(convinced, annulled=True), P, 0.0) == pytest.approx(
        logistic(-3.6 + 3.8 * 0.8) / 2
    )
    assert call_probability(replace(convinced, contested=False), P, 0.0) == 0


def test_four_reviews_give_the_cumulative_chance_of_designations() -> None:
    contested, quiet = replace(QUIET, contested=True, copies_share=0.5), QUIET
    barred = replace(QUIET, measures=("bar_candidate",))
    over_all = [1 - (1 - review_probability(view, P)) ** 4 for view in (contested, barred, quiet)]

    assert over_all == pytest.approx([logistic(0.4 + 0.9), 0.94, 0.0])


def test_the_right_of_the_region_follows_the_sanctioning_country_by_a_margin() -> None:
    view = replace(QUIET, decision="recognise", contested=True, belief=0.5)
    right = Recogniser(P, "region_right").decide(view, rng())

    assert right.probabilities[0] == pytest.approx(logistic(-3.0 + 1.9))


def test_the_european_block_accepts_what_nobody_contests_and_what_nobody_doubts() -> None:
    views = [
        replace(QUIET, decision="recognise", contested=c, belief=b, verdicts=v, boycott=boycott)
        for c, b, v, boycott in (
            (False, 0.9, 0.0, False),
            (False, 0.9, 0.0, True),
            (True, 0.0, 0.0, False),
            (True, 0.8, 1.0, False),
        )
    ]
    chances = [Recogniser(P, "eu").decide(view, rng()).probabilities[0] for view in views]

    assert chances == pytest.approx([0.98, logistic(-1.5), logistic(2.0), logistic(-2.8)])


def test_the_court_certifies_late_what_it_did_not_certify_early() -> None:
    chances = [
        Court(P, "court").decide(CertifyView("certify", 9.0, early), rng()).probabilities[0]
        for early in (True, False)
    ]

    assert chances == pytest.approx([0.5, 0.9])
    assert Court(P, "court").decide(View("annul", 9.0), rng()).probabilities[0] == pytest.approx(
        0.0228
    )


def test_nobody_comes_out_where_no_protest_is_expected() -> None:
    assert Forces(P, "security_forces").decide(View("defect", 3.0), rng()).probabilities[0] == 0
    assert Citizens(P, "citizens").decide(ProtestView("protest", 3.0, 0.0), rng()).option == "no"
