"""The sanctioning state at the table and with the licence book: it signs, keeps promises,
threatens, punishes, renews.
"""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability, yes_or_no
from sim.models.strategy.response import logistic
from sim.models.strategy.table.promises import relief_kept, renewal_logit, signs
from sim.models.strategy.threat_game import impose_logit, stakes, threaten_logit
from sim.records.decisions.action import Action
from sim.records.decisions.view import (
    KeepingView,
    LicenceView,
    SigningView,
    TableView,
    ThreatView,
    View,
)
from sim.records.parameters.root import Parameters

PUNISHMENTS = ("warn", "revoke_tranche", "full_snapback")
AS_IT_IS = "as_it_is"
TALKS_DECISIONS: dict[str, tuple[str, ...]] = {
    "sign": YES_NO,
    "suspend_talks": YES_NO,
    "comply": YES_NO,
    "threaten": YES_NO,
    "punish": PUNISHMENTS,
    "renew": YES_NO,
    "issue": YES_NO,
    "amend": (AS_IT_IS,),
    "wind_down": YES_NO,
    "end": YES_NO,
}
TALKS_MEANINGS = {
    "sign": "whether it signs the package on the table",
    "suspend_talks": "whether it leaves the table over a contested announcement",
    "comply": "whether it gives the promised relief when it falls due",
    "threaten": "whether it threatens to take relief back after a broken promise",
    "punish": "what follows where a threat was defied: a warning, one licence, or all relief back",
    "renew": "whether a licence is renewed when it ends",
    "issue": "whether a licence is issued (only where a scenario says so)",
    "amend": "to which variant a licence is narrowed (only where a scenario says so)",
    "wind_down": "whether a licence is wound down (only where a scenario says so)",
    "end": "whether a licence is ended (only where a scenario says so)",
}
TALKS_SEES = frozenset(
    {
        "track",
        "surplus_self",
        "relief_share",
        "stake",
        "dropped",
        "lag_months",
        "licence",
        "breaches",
    }
)


def decide_talks(view: View, rng: Generator, p: Parameters) -> Action:
    """Return the action for a decision of TALKS_DECISIONS; one uniform is drawn, whatever is
    decided.

    punish: `warn` backs down, `revoke_tranche` imposes, `full_snapback` is never chosen: only a
    scenario forces it. issue, wind_down, end, amend (to a variant of the licence): steps that only
    a scenario brings about.

    Raises:
        KeyError: the decision is not one of TALKS_DECISIONS.
    """
    match view:
        case SigningView():
            return with_probability(view, signs(p, view.surplus_self), rng)
        case KeepingView():
            return with_probability(view, relief_kept(p.negotiation, view.lag_months), rng)
        case TableView():
            share = p.negotiation.contested_suspends_share
            return with_probability(view, share, rng)
        case ThreatView():
            return _threat(view, rng, p)
        case LicenceView():
            return _licence(view, rng, p)
        case _:
            raise KeyError(view.decision)


def _threat(view: ThreatView, rng: Generator, p: Parameters) -> Action:
    game = stakes(p.sanctions.threat, view.relief_share, view.stake, view.dropped)
    if view.decision == "threaten":
        return yes_or_no(view, threaten_logit(game), rng)
    imposes = logistic(impose_logit(game))
    option = "revoke_tranche" if rng.random() < imposes else "warn"
    chances = (1 - imposes, imposes, 0.0)
    return Action(view.decision, option, PUNISHMENTS, chances, chances)


def _licence(view: LicenceView, rng: Generator, p: Parameters) -> Action:
    match view.decision:
        case "renew":
            return _renews(view, rng, p)
        case "amend":
            return _leaves_scope(view, rng, p)
        case _:
            return with_probability(view, 0.0, rng)


def _renews(view: LicenceView, rng: Generator, p: Parameters) -> Action:
    terms = p.licences[view.licence].renewal
    if terms is None:
        return with_probability(view, 1.0, rng)
    if (
        view.breaches is None
    ):  # a fixed step: the chance that is noted is that of a partner without a breach
        return yes_or_no(view, renewal_logit(terms, 0), rng)
    return yes_or_no(view, renewal_logit(terms, view.breaches), rng)


def _leaves_scope(view: LicenceView, rng: Generator, p: Parameters) -> Action:
    rng.random()
    options = amendments(p)
    chances = (1.0, *[0.0] * (len(options) - 1))
    return Action(view.decision, AS_IT_IS, options, chances, chances)


def amendments(p: Parameters) -> tuple[str, ...]:
    """Return the options of `amend`: as it is, or a variant of some licence."""
    named = (name for licence in p.licences.values() for name in licence.variants)
    return (AS_IT_IS, *dict.fromkeys(named))
