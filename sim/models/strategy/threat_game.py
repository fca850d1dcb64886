"""A threat of sanctions as a three-step game with logit responses (after Drezner 2003; Lacy and
Niou 2004).

The sender threatens or not; the target concedes or stands firm; the sender imposes or backs down.
Payoffs (sender, target): no threat (0, 0); concession (V, -W); imposed (p V - c_S, -p W - c_T);
backed down (-a, 0).
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.models.strategy.response import logistic
from sim.records.parameters.before.sanctions import ThreatGame


@dataclass(frozen=True, slots=True)
class Stakes:
    """rationality: lambda of the logit. works_share: p, chance that imposed sanctions work. Costs
    and values in one unit.

    sender_cost c_S, audience_cost a (of an empty threat), target_cost c_T, sender_value V,
    target_value W.
    """

    rationality: float
    works_share: float
    sender_cost: float
    audience_cost: float
    sender_value: float
    target_value: float
    target_cost: float


@dataclass(frozen=True, slots=True)
class Responses:
    """Probabilities that the sender threatens, the target concedes to a threat, and the sender
    imposes on one that does not.
    """

    threaten: float
    concede: float
    impose: float


def stakes(game: ThreatGame, relief: float, stake: float = 1.0, dropped: int = 0) -> Stakes:
    """Return the threat game at a relief share: licence holders add to the sender's cost, relief to
    the target's. stake: factor on what a concession costs the target. dropped: threats so far that
    were not carried out; after each of them sanctions are held less likely to work.
    """
    return Stakes(
        game.rationality,
        game.works_share * game.empty_threat**dropped,
        game.sender_cost + game.lobby_cost,
        game.audience_cost,
        game.sender_value,
        stake * game.target_value,
        game.relief_weight * relief,
    )


def imposed_payoffs(game: Stakes) -> tuple[float, float]:
    """Return (p V - c_S, -p W - c_T)."""
    p = game.works_share
    return p * game.sender_value - game.sender_cost, -p * game.target_value - game.target_cost


def impose_logit(game: Stakes) -> float:
    """Return lambda (p V - c_S + a): imposing against backing down."""
    return game.rationality * (imposed_payoffs(game)[0] + game.audience_cost)


def concede_logit(game: Stakes) -> float:
    """Return lambda (-W - EV_T): conceding against what standing firm is expected to bring the
    target.
    """
    impose = logistic(impose_logit(game))
    return game.rationality * (-game.target_value - impose * imposed_payoffs(game)[1])


def threaten_logit(game: Stakes) -> float:
    """Return lambda (q_con V + (1 - q_con) EV_S): threatening against leaving it."""
    impose, concede = logistic(impose_logit(game)), logistic(concede_logit(game))
    firm = impose * imposed_payoffs(game)[0] - (1 - impose) * game.audience_cost
    return game.rationality * (concede * game.sender_value + (1 - concede) * firm)


def solve(game: Stakes) -> Responses:
    """Return the agent-logit responses, found by going backwards through the tree (McKelvey and
    Palfrey 1995).
    """
    return Responses(
        logistic(threaten_logit(game)), logistic(concede_logit(game)), logistic(impose_logit(game))
    )


def price_of_breach(responses: Responses, target_cost: float) -> float:
    """Return what a breach is expected to cost the target: P(threat) P(imposed) c_T."""
    return responses.threaten * responses.impose * target_cost


def perfect_information(game: Stakes) -> tuple[bool, bool, bool]:
    """Return whether the sender threatens, the target concedes and the sender would impose in the
    subgame-perfect equilibrium.
    """
    sender, target = imposed_payoffs(game)
    impose = sender > -game.audience_cost
    concede = impose and -game.target_value > target
    threat_pays = game.sender_value if concede else (sender if impose else -game.audience_cost)
    return threat_pays > 0, concede, impose


def selection_effect(
    works_share: float, target_value: float, greatest_target_cost: float
) -> tuple[float, float]:
    """Return the success rates of threats and of imposed sanctions when c_T is private, uniform on
    [0, greatest_target_cost].

    A credible threat is met by concession iff c_T > (1 - p) W; whoever stands firm gives in with
    chance p once sanctions are imposed. So the threats that succeed never show up among the
    sanctions (Drezner 2003).
    """
    needed = (1 - works_share) * target_value
    return max(0.0, 1 - needed / greatest_target_cost), works_share
