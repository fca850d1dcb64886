"""The government at the negotiating table: it meets, signs, keeps promises, concedes to threats,
leaves the table.
"""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability, yes_or_no
from sim.models.strategy.table.deals import keeps
from sim.models.strategy.table.promises import government_keeps, signs
from sim.models.strategy.threat_game import concede_logit, stakes
from sim.records.decisions.action import Action
from sim.records.decisions.view import KeepingView, SigningView, TableView, ThreatView, View
from sim.records.parameters.root import Parameters

TALKS_DECISIONS: dict[str, tuple[str, ...]] = {
    "meet": YES_NO,
    "sign": YES_NO,
    "comply": YES_NO,
    "concede": YES_NO,
    "suspend_talks": YES_NO,
}
TALKS_MEANINGS = {
    "meet": "whether it comes to a meeting of a track that was set for a day",
    "sign": "whether it signs the package on the table",
    "comply": "whether it keeps a promise when it falls due",
    "concede": "whether it gives in to a threat of sanctions before it is carried out",
    "suspend_talks": "whether it leaves the table after the other side broke a promise",
}
TALKS_SEES = frozenset(
    {
        "track",
        "surplus_self",
        "relief_share",
        "stake",
        "dropped",
        "q_imp",
        "pi",
        "worth",
        "commitment_issue",
        "lag_months",
    }
)


def decide_talks(view: View, rng: Generator, p: Parameters) -> Action:
    """Return the action for a decision of TALKS_DECISIONS; one uniform is drawn, whatever is
    decided.

    meet: the track's scheduled meeting. sign: the perceived surplus reaches the least gain. comply:
    the soft rule for promises that cannot be taken back. concede: the threat game at the present
    relief. suspend_talks: after a broken promise.

    Raises:
        KeyError: the decision is not one of TALKS_DECISIONS.
    """
    match view:
        case ThreatView():
            game = stakes(p.sanctions.threat, view.relief_share, view.stake, view.dropped)
            return yes_or_no(view, concede_logit(game), rng)
        case SigningView():
            return with_probability(view, signs(p, view.surplus_self), rng)
        case KeepingView():
            return with_probability(view, _keeps(view, p), rng)
        case TableView():
            return with_probability(view, _at_the_table(view, p), rng)
        case _:
            raise KeyError(view.decision)


def _at_the_table(view: TableView, p: Parameters) -> float:
    if view.decision == "meet":
        return p.negotiation.tracks[view.track].meeting_share
    return p.negotiation.commitments.suspend_after_breach_share


def _keeps(view: KeepingView, p: Parameters) -> float:
    if view.worth is not None:
        at_stake = p.deals.relief_worth * view.q_imp * view.relief_share
        patience = p.negotiation.commitments.government_patience
        return keeps(patience, view.lag_months, at_stake, view.worth, p.deals.slope)
    if view.pi is None:
        raise ValueError("the government knows its own belief that it loses")
    return government_keeps(
        p, view.commitment_issue, view.lag_months, view.relief_share, view.q_imp, view.pi
    )
