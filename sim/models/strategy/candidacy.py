"""Candidacies: the platform's choice among answers to a bar, and the transfer of support as one
shift of logits.

The choice is the conditional, linear probabilistic Condorcet election of bargaining/pce.py (KTAB),
with the factions' weights.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sim.models.bargaining.pce import coalitions, conditional, victory
from sim.records.parameters.before.candidacy import Faction

RESPONSES = ("substitute", "endorse", "boycott")
NOBODY = 1e-6


def response_probabilities(
    factions: Mapping[str, Faction], available: Sequence[str]
) -> tuple[float, ...]:
    """Return probabilities of (substitute, endorse, boycott); 0 for those that are not available.

    Conditional linear PCE over the available answers; without factions all of them weigh the same.

    Raises:
        ValueError: no answer is available.
    """
    if not available:
        raise ValueError("no answer is available")
    weights = np.array([faction.weight for faction in factions.values()])
    worth = np.array(
        [[getattr(faction, answer) for answer in available] for faction in factions.values()]
    )
    chances = conditional(victory(coalitions(weights, worth.reshape(len(weights), len(available)))))
    found = dict(zip(available, chances.tolist(), strict=True))
    return tuple(found.get(option, 0.0) for option in RESPONSES)


@dataclass(frozen=True, slots=True)
class Shares:
    """Unnormalised shares of valid votes: incumbent, challenger, all minor candidates."""

    incumbent: float
    challenger: float
    minor: float


@dataclass(frozen=True, slots=True)
class Shift:
    """A movement of the latent support: logit of the incumbent's two-party share, log of the
    minors' share, logit of turnout.
    """

    d_logit_gov: float
    d_log_minor: float
    d_logit_turnout: float

    def reversed(self) -> Shift:
        """Return the movement back."""
        return Shift(-self.d_logit_gov, -self.d_log_minor, -self.d_logit_turnout)


def shares_of_lead(lead: float, minor_share: float) -> Shares:
    """Return the shares with this lead (challenger minus incumbent), the lead clipped to what
    minors leave.
    """
    two = 1 - minor_share
    bounded = min(max(lead, -two + NOBODY), two - NOBODY)
    return Shares((two - bounded) / 2, (two + bounded) / 2, minor_share)


def transferred(shares: Shares, kept_share: float) -> Shares:
    """Return the shares after all but `kept_share` of the challenger's supporters abstain."""
    return Shares(shares.incumbent, kept_share * shares.challenger, shares.minor)


def boycotted(shares: Shares, still_vote_share: float) -> Shares:
    """Return the shares after a boycott: those who still vote choose minor candidates
    (assumption).
    """
    return Shares(
        shares.incumbent,
        NOBODY * shares.challenger,
        shares.minor + still_vote_share * shares.challenger,
    )


def withdrawn(
    shares: Shares, weight_share: float, to_challenger: float, to_incumbent: float = 0.0
) -> Shares:
    """Return the shares after a minor with `weight_share` of the minors left: which parts of its
    votes go to the challenger and to the incumbent; the others stay at home.
    """
    left = weight_share * shares.minor
    return Shares(
        shares.incumbent + to_incumbent * left,
        shares.challenger + to_challenger * left,
        shares.minor - left,
    )


def raised(shares: Shares, lead_gain: float) -> Shares:
    """Return the shares with a lead greater by `lead_gain`, the minors unchanged."""
    return shares_of_lead(shares.challenger - shares.incumbent + lead_gain, shares.minor)


def shift_between(before: Shares, after: Shares, turnout_share: float) -> Shift:
    """Return the shift of logits that leads from `before` to `after` once shares are renormalised.

    Turnout falls or rises with the sum of the unnormalised shares, around `turnout_share`.
    """
    factor = _total(after) / _total(before)
    d_gov = math.log(after.incumbent / after.challenger) - math.log(
        before.incumbent / before.challenger
    )
    d_minor = math.log(max(after.minor, NOBODY) / before.minor) - math.log(factor)
    return Shift(d_gov, d_minor, logit(min(turnout_share * factor, 0.999)) - logit(turnout_share))


def shifted_lead(lead: float, minor_share: float, shift: Shift) -> tuple[float, float]:
    """Return (lead, minors' share) after a shift of a lead that somebody holds true."""
    shares = shares_of_lead(lead, minor_share)
    minor = min(minor_share * math.exp(shift.d_log_minor), 1 - NOBODY)
    odds = math.exp(math.log(shares.incumbent / shares.challenger) + shift.d_logit_gov)
    return (1 - minor) * (1 - odds) / (1 + odds), minor


def logit(x: float) -> float:
    """Return ln(x / (1 - x))."""
    return math.log(x / (1 - x))


def _total(shares: Shares) -> float:
    return shares.incumbent + shares.challenger + shares.minor
