"""The choices that the spatial model leaves open, under the names of this project; the first of
each list is the default (KTAB).
"""

from __future__ import annotations

from dataclasses import dataclass

from sim.models.bargaining.pce import EXPONENTS, FORMS, VOTES, Election

VICTORIES = (*EXPONENTS, "binary")
VOTINGS = tuple(VOTES)
ELECTIONS = tuple(FORMS)
COMMITMENTS = ("semi", "none", "full")
RISK_RANGES = ("mid", "min", "max")
RISK_VIEWS = ("third", "none", "half", "two_thirds", "full")
INTERPOLATIONS = ("s2p2", "s1p1", "s2pmax")
OFFERS = ("challenger", "both", "weighted")


@dataclass(frozen=True, slots=True)
class Rules:
    """One choice of each kind.

    `victory`: how surely the stronger coalition wins an election. `voting`: how a difference in
    utility becomes votes. `election`: which form makes one probability of all pairwise victories.
    `commitment`: whether third parties share the fate of the side they support. `risk_range`:
    attitudes to risk lie in -1/2..1, 0..1 or -1..1. `risk_view`: the weight of an actor's own
    attitude in another's view of it. `interpolation`: what weighs in a compromise. `offers`: whose
    view of the contest makes the offer.
    """

    victory: str = "linear"
    voting: str = "proportional"
    election: str = "conditional"
    commitment: str = "semi"
    risk_range: str = "mid"
    risk_view: str = "third"
    interpolation: str = "s2p2"
    offers: str = "challenger"

    @property
    def vote(self) -> Election:
        """Return the rules of the elections among positions and among bargains."""
        return Election(self.voting, self.victory, self.election)


DEFAULT = Rules()

KNOWN: dict[str, tuple[str, ...]] = {
    "victory": VICTORIES,
    "voting": VOTINGS,
    "election": ELECTIONS,
    "commitment": COMMITMENTS,
    "risk_range": RISK_RANGES,
    "risk_view": RISK_VIEWS,
    "interpolation": INTERPOLATIONS,
    "offers": OFFERS,
}
