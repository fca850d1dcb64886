"""The government at the negotiating table: it meets, signs, keeps promises, concedes to threats,
leaves the table.
"""

from __future__ import annotations

from numpy.random import Generator

from sim.actors.base import YES_NO, with_probability, yes_or_no
from sim.models.strategy.promises import government_keeps, signs
from sim.models.strategy.threat_game import concede_logit, stakes
from sim.records.action import Action
from sim.records.parameters.root import Parameters
from sim.records.view import View

KEY = "government"

TALKS_DECISIONS: dict[str, tuple[str, ...]] = {
    "meet": YES_NO,
    "sign": YES_NO,
    "comply": YES_NO,
    "concede": YES_NO,
    "suspend_talks": YES_NO,
}
TALKS_SEES = frozenset(
    {"track", "surplus_self", "relief_share", "q_imp", "pi", "commitment_issue", "lag_months"}
)


def decide_talks(view: View, rng: Generator, p: Parameters) -> Action:
    """Return the action for a decision of TALKS_DECISIONS; one uniform is drawn, whatever is
    decided.

    meet: the scheduled meeting of `view.track`. sign: the perceived surplus reaches the least gain.
    comply: the soft rule for promises that cannot be taken back. concede: the threat game at the
    present relief. suspend_talks: after a broken promise.

    Raises:
        KeyError: the decision is not one of TALKS_DECISIONS.
    """
    if view.decision == "concede":
        return yes_or_no(
            KEY, view, concede_logit(stakes(p.sanctions.threat, view.relief_share or 0.0)), rng
        )
    return with_probability(KEY, view, _chance(view, p), rng)


def _chance(view: View, p: Parameters) -> float:
    match view.decision:
        case "meet":
            return p.negotiation.tracks[view.track].meeting_share if view.track else 0.0
        case "sign":
            return signs(p.negotiation, view.surplus_self or 0.0)
        case "comply":
            return _keeps(view, p)
        case "suspend_talks":
            return p.negotiation.commitments.suspend_after_breach_share
        case unknown:
            raise KeyError(unknown)


def _keeps(view: View, p: Parameters) -> float:
    relief, imposed, pi = view.relief_share or 0.0, view.q_imp or 0.0, view.pi or 0.0
    return government_keeps(
        p.negotiation, view.commitment_issue or "", view.lag_months or 0.0, relief, imposed, pi
    )
