"""Every bargaining model, by key. `ROUND_MODELS` are those that can settle a round of a track.

Multi-actor models carry their score on DEU III beside the weighted mean's in their docstrings (`sim
bargain --benchmark`). Models of two sides and of divisions have none: the set holds issues among
many actors, and no status quo for most.
"""

from __future__ import annotations

from sim.models.bargaining import (
    baron_ferejohn,
    challenge,
    concession,
    condorcet_median,
    egalitarian,
    kalai_smorodinsky,
    nash,
    pce,
    rubinstein,
    smp,
    war_of_attrition,
    weighted_mean,
)
from sim.models.bargaining.base import Model

BARGAINING: dict[str, Model] = {
    "weighted_mean": weighted_mean.MODEL,
    "condorcet_median": condorcet_median.MODEL,
    "nash": nash.MODEL,
    "kalai_smorodinsky": kalai_smorodinsky.MODEL,
    "egalitarian": egalitarian.MODEL,
    "rubinstein": rubinstein.MODEL,
    "baron_ferejohn": baron_ferejohn.MODEL,
    "war_of_attrition": war_of_attrition.MODEL,
    "pce": pce.MODEL,
    "smp": smp.MODEL,
    "challenge": challenge.MODEL,
    "concession": concession.MODEL,
}

ROUND_MODELS = (
    "weighted_mean",
    "condorcet_median",
    "nash",
    "kalai_smorodinsky",
    "egalitarian",
    "rubinstein",
    "pce",
    "smp",
)
