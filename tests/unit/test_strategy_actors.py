"""What the actors of candidacies, night and aftermath choose, each against its rule."""

import pytest
from numpy.random import Generator

from sim.actors.base import Actor
from sim.actors.citizens import Citizens
from sim.actors.minor_candidates import MinorCandidates
from sim.actors.missions import Missions
from sim.actors.platform import Platform
from sim.actors.security_forces import SecurityForces
from sim.actors.third_states import ThirdStates
from sim.actors.us_aftermath import call_probability, review_probability
from sim.models.strategy.response import logistic
from sim.records.view import View
from sim.rng import generator
from tests.strategy_case import parameters

P = parameters()


def rng() -> Generator:
    return generator(1, "test/actors")


def chosen(actor: Actor, view: View) -> str:
    return actor.decide(view, rng()).option


def test_a_mission_follows_the_findings_open_to_it() -> None:
    cases = [
        ("consistent",),
        ("undecided", "inconsistent"),
        ("undecided",),
        ("consistent", "undecided"),
    ]
    said = [
        chosen(Missions(P), View("statement", findings=found, tables_published=True))
        for found in cases
    ]

    assert said == ["positive", "negative", "none", "positive"]


def test_a_mission_calls_overdue_tables_negative_whatever_was_found() -> None:
    assert (
        chosen(Missions(P), View("statement", findings=("undecided",), tables_published=False))
        == "negative"
    )


@pytest.mark.parametrize(
    ("contested", "tables", "stopped", "chance"),
    [
        (True, False, False, 0.85),
        (True, True, True, 0.85),
        (True, True, False, 0.15),
        (False, False, False, 0.15),
    ],
)
def test_without_estimators_a_mission_judges_by_conduct(
    contested: bool, tables: bool, stopped: bool, chance: float
) -> None:
    view = View("statement", contested=contested, tables_published=tables, stopped=stopped)

    assert Missions(P).decide(view, rng()).probabilities[0] == chance


def test_the_platform_contests_on_its_copies_and_on_polls_where_copies_are_few() -> None:
    views = [
        View("contest", copies_share=0.5, copies_lead=0.1, pi=0.1, announced_winner="incumbent"),
        View("contest", copies_share=0.5, copies_lead=-0.1, pi=0.9, announced_winner="incumbent"),
        View("contest", copies_share=0.05, copies_lead=-0.1, pi=0.9, announced_winner="none"),
        View("contest", copies_share=0.5, copies_lead=0.1, pi=0.9, announced_winner="opposition"),
        View(
            "contest",
            copies_share=0.5,
            copies_lead=0.1,
            pi=0.9,
            announced_winner="incumbent",
            boycott=True,
        ),
    ]

    assert [chosen(Platform(P), view) for view in views] == ["yes", "no", "yes", "no", "no"]


def test_signatories_accept_any_announcement_and_others_an_uncontested_one() -> None:
    views = [
        View("recognise", order=order, contested=contested)
        for order in ("pledged", None)
        for contested in (True, False)
    ]

    assert [chosen(MinorCandidates(P), view) for view in views] == ["yes", "yes", "no", "yes"]
    assert chosen(MinorCandidates(P), View("withdraw")) == "no"


def test_calling_the_winner_needs_a_contest_and_rises_with_published_copies() -> None:
    silent = View("call_winner", contested=True, lead_mean=0.15, copies_share=0.8)
    published = View(
        "call_winner",
        contested=True,
        lead_mean=0.15,
        copies_share=0.8,
        copies_lead=0.4,
        sheets_published=True,
    )

    assert call_probability(silent, P) == pytest.approx(logistic(-2.2 + 0.5))
    assert call_probability(published, P) == pytest.approx(logistic(-2.2 + 3 * 0.8 + 1))
    assert call_probability(View("call_winner", lead_mean=0.3), P) == 0


def test_four_reviews_give_the_cumulative_chance_of_designations() -> None:
    contested, quiet = View("designate", contested=True, copies_share=0.5), View("designate")
    barred = View("designate", measures=("bar_candidate",))
    over_all = [1 - (1 - review_probability(view, P)) ** 4 for view in (contested, barred, quiet)]

    assert over_all == pytest.approx([logistic(0.4 + 0.9), 0.94, 0.0])


def test_the_right_of_the_region_follows_the_sanctioning_country_by_a_margin() -> None:
    view = View("recognise", contested=True, lead_mean=0.3)
    right = ThirdStates("region_right", P).decide(view, rng())

    assert right.probabilities[0] == pytest.approx(logistic(-1.2) + 0.15)


def test_the_european_block_accepts_what_nobody_contests() -> None:
    views = [
        View("recognise", contested=c, copies_share=e)
        for c, e in ((False, 0.9), (True, 0.0), (True, 0.9))
    ]
    chances = [ThirdStates("eu", P).decide(view, rng()).probabilities[0] for view in views]

    assert chances == pytest.approx([logistic(1.5), logistic(-0.3), logistic(-3.9)])


def test_the_forces_defect_only_after_a_contest_and_the_streets_stay_empty_without_outrage() -> (
    None
):
    calm = View("defect", protest_level=2.0, loyalty_seen=0.3)

    assert SecurityForces(P).decide(calm, rng()).probabilities[0] == 0
    assert Citizens(P).decide(View("protest", protest_level=0.0), rng()).option == "no"
