"""The government: measures before the day, conduct of the day, election night, and its answers to
what follows.
"""

from __future__ import annotations

from collections.abc import Callable

from numpy.random import Generator

from sim.actors.base import YES_NO, pick, with_probability, yes_or_no
from sim.actors.election_night import night_utilities
from sim.actors.talks.incumbent_talks import (
    TALKS_DECISIONS,
    TALKS_MEANINGS,
    TALKS_SEES,
    decide_talks,
)
from sim.models.strategy.conduct import (
    belief_of_losing,
    expulsion_utilities,
    measure_logit,
    stop_logit,
)
from sim.records.decisions.action import Action
from sim.records.decisions.view import (
    ExpulsionView,
    MeasureView,
    NightView,
    OutrageView,
    StopView,
    View,
)
from sim.records.parameters.after.night import OPTIONS
from sim.records.parameters.root import Parameters

MEASURES = (
    "bar_candidate",
    "postpone",
    "arrests",
    "block_accreditation",
    "withdraw_invitations",
    "detain_leader",
)
SEES = frozenset(
    {
        "available",
        "lead_mean",
        "lead_sd",
        "relief_share",
        "price_of_breach",
        "q_imp",
        "broad_observation",
        "internal_lead",
        "loyalty_seen",
        "copies_seen",
        "opinion_challenger",
        "opinion_lead",
        "observers",
        "members",
        "delays",
        "stopped",
        "price",
        "guarantees",
        "anticipated",
        "exit_cost",
        "value",
        "audited",
        "days_left",
        "commanded",
        "conditions",
        "outrage",
    }
)

MEANINGS = {
    "bar_candidate": "whether the challenger's candidate is barred from standing",
    "postpone": "whether the vote is put off",
    "arrests": "whether people of the challenger's campaign are arrested",
    "block_accreditation": "whether witnesses are kept from being accredited",
    "withdraw_invitations": "whether invitations of observer missions are withdrawn",
    "detain_leader": "whether the leader of the challenger's coalition is detained",
    "transmission_stop": "whether transmission of results is stopped on the evening",
    "petition": "whether it asks the court to certify the announced result",
    "repression": "whether it answers protest with force",
    "handover": "whether it hands the office over, late, to the announced winner",
    "expulsion": "at which share of tables witnesses are kept out",
    "night": "what is announced: the count, altered tables, totals without tables, an annulled "
    "vote, or nothing yet",
    **TALKS_MEANINGS,
}


class Incumbent:
    """Keeps the office if it can; wants relief and a low exit cost."""

    def __init__(self, p: Parameters, key: str) -> None:
        self.key = key
        self.p = p
        self.decisions: dict[str, tuple[str, ...]] = {
            **dict.fromkeys(
                (*MEASURES, "transmission_stop", "petition", "repression", "handover"), YES_NO
            ),
            "expulsion": tuple(f"{e:g}" for e in p.conduct.expulsion.levels),
            "night": OPTIONS,
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
            case MeasureView():
                return measure(view, rng, self.p)
            case ExpulsionView():
                return expulsion(view, rng, self.p)
            case StopView():
                return transmission_stop(view, rng, self.p)
            case NightView():
                return night(view, rng, self.p)
            case OutrageView():
                return repression(view, rng, self.p)
            case _ if view.decision in PLAIN:
                return PLAIN[view.decision](view, rng, self.p)
            case _:
                return decide_talks(view, rng, self.p)


def own_lead(view: StopView) -> float:
    """Return the lead on which the government acts: the authority's own count where there is one,
    else its belief.
    """
    return view.lead_mean if view.internal_lead is None else view.internal_lead


def pi(view: MeasureView | ExpulsionView) -> float:
    """Return the government's belief that it would lose an honest count."""
    return belief_of_losing(view.lead_mean, view.lead_sd)


def measure(view: MeasureView, rng: Generator, p: Parameters) -> Action:
    """Take a measure or not; a measure without terms in this case is never chosen."""
    terms = getattr(p.conduct.measures, view.decision)
    if terms is None:
        return with_probability(view, 0.0, rng)
    logit = measure_logit(terms, pi(view), view.price_of_breach, p.conduct.rationality)
    return yes_or_no(view, logit, rng)


def expulsion(view: ExpulsionView, rng: Generator, p: Parameters) -> Action:
    """Choose the share of tables at which witnesses are kept out."""
    rules = p.conduct.expulsion
    options = tuple(f"{e:g}" for e in rules.levels)
    return pick(
        view,
        options,
        expulsion_utilities(rules.levels, pi(view), view.broad_observation, rules),
        rules.rationality,
        rng,
    )


def transmission_stop(view: StopView, rng: Generator, p: Parameters) -> Action:
    """Stop the transmission of results or not."""
    return yes_or_no(view, stop_logit(own_lead(view), p.conduct.stop), rng)


def night(view: NightView, rng: Generator, p: Parameters) -> Action:
    """Choose among the options of election night (docs/model/night.md)."""
    return pick(view, OPTIONS, night_utilities(view, p), p.night.rationality, rng)


def petition(view: View, rng: Generator, p: Parameters) -> Action:
    """Ask the court to certify a contested result."""
    return with_probability(view, p.court.petition_incumbent, rng)


def repression(view: OutrageView, rng: Generator, p: Parameters) -> Action:
    """Repress hard ("yes") or not."""
    rules = p.streets
    return yes_or_no(view, rules.repression_base + rules.repression_outrage * view.outrage, rng)


def handover(view: View, rng: Generator, p: Parameters) -> Action:
    """Hand the office over to the announced winner."""
    return with_probability(view, p.succession.handover, rng)


PLAIN: dict[str, Callable[[View, Generator, Parameters], Action]] = {
    "petition": petition,
    "handover": handover,
}
"""Decisions on nothing that happened."""
