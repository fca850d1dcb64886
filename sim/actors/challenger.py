"""The opposition platform: its answer to a bar, and what it does with an announcement and with its
copies.
"""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability, yes_or_no
from sim.actors.talks.challenger_talks import TALKS_DECISIONS, TALKS_SEES, decide_talks
from sim.models.strategy.candidacy import RESPONSES, response_probabilities
from sim.models.strategy.response import draw_by_probability
from sim.models.strategy.unity import UNITED
from sim.records.decisions.action import Action
from sim.records.decisions.view import (
    ContestView,
    MobilisationView,
    PublicationView,
    SigningView,
    View,
)
from sim.records.parameters.root import Parameters

SEES = frozenset(
    {
        "available",
        "pi",
        "copies_share",
        "copies_lead",
        "announced_winner",
        "boycott",
        "measures",
        "outrage",
        "unity",
    }
)

ANSWERS = ("contest", "concede", "publish_sheets", "mobilise", "petition")

MEANINGS = {
    "response": "what follows when its candidate is barred: a substitute, support for a minor "
    "candidate, or a boycott",
    "contest": "whether it contests the announced result",
    "concede": "whether it concedes after a count with tables that somebody else won",
    "publish_sheets": "whether it publishes its copies of the sheets",
    "mobilise": "whether it calls people to the streets",
    "petition": "whether it takes the announced result to the court",
    "sign": "whether it signs the package on the table",
}


class Challenger:
    """Wants the office, an honest count, and its people out of prison."""

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {
            "response": RESPONSES,
            **dict.fromkeys(ANSWERS, YES_NO),
            **TALKS_DECISIONS,
        }
        self.meanings = MEANINGS
        self.sees = SEES | TALKS_SEES

    def decide(self, view: View, rng: Generator) -> Action:
        """Return the action for `view.decision`.

        Raises:
            KeyError: the decision is not one of `decisions`.
        """
        match view:
            case SigningView():
                return decide_talks(view, rng, self.p)
            case ContestView():
                return contest(view, rng, self.p)
            case PublicationView():
                return publish_sheets(view, rng, self.p)
            case MobilisationView():
                return mobilise(view, rng, self.p)
            case _:
                return PLAIN[view.decision](view, rng, self.p)


def response(view: View, rng: Generator, p: Parameters) -> Action:
    """Answer a bar: name a substitute, endorse a minor candidate, or boycott, by one uniform
    against the factions' choice.
    """
    available = (
        RESPONSES if view.available is None else tuple(r for r in RESPONSES if r in view.available)
    )
    probabilities = response_probabilities(p.candidacy.factions, available or RESPONSES)
    chosen = RESPONSES[draw_by_probability(probabilities, rng)]
    return Action(view.decision, chosen, RESPONSES, probabilities, probabilities)


def contest(view: ContestView, rng: Generator, p: Parameters) -> Action:
    """Contest an announcement against the platform where it believes that it won: own copies if it
    has enough, else polls. Polls ask about the incumbent; they say nothing of another winner.
    """
    enough = view.copies_share >= p.aftermath.platform.contest_copies_share
    polls = view.pi > 0.5 and view.announced_winner != "other"
    won = view.copies_lead > 0 if enough and view.copies_lead is not None else polls
    lost = view.announced_winner != "opposition" and not view.boycott
    return with_probability(view, float(won and lost), rng)


def concede(view: View, rng: Generator, p: Parameters) -> Action:
    """Concede after a count with tables that somebody else won."""
    return with_probability(view, p.aftermath.platform.concede, rng)


def publish_sheets(view: PublicationView, rng: Generator, p: Parameters) -> Action:
    """Publish the own copies of the tally sheets."""
    rules = p.aftermath.platform
    return yes_or_no(view, rules.publish_base + rules.publish_evidence * view.copies_share, rng)


def mobilise(view: MobilisationView, rng: Generator, p: Parameters) -> Action:
    """Call people to the streets."""
    rules, arrests = p.streets, view.measures.count("arrests")
    united = rules.mobilise_unity * (view.unity - UNITED)
    eta = rules.mobilise_outrage * view.outrage + united + rules.mobilise_arrests * arrests
    return yes_or_no(view, eta, rng)


def petition(view: View, rng: Generator, p: Parameters) -> Action:
    """Bring the announced result before the court."""
    return with_probability(view, p.court.petition_challenger, rng)


PLAIN: dict[str, Callable[[View, Generator, Parameters], Action]] = {
    "response": response,
    "concede": concede,
    "petition": petition,
}
"""Decisions on nothing that happened."""
