"""Protest after a contested announcement, and before it where people are provoked
(docs/model/night.md).
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share
from sim.records.parameters.drawn import log_uniform, uniform

REFERENCE_VOTERS = 21_392_464
"""Voters on the register of the country for which numbers of protests are stated."""


class Streets(Section):
    """n_d ~ Poisson(immigrants outrage frailty mobilised exp(-d/decay) + branching n_(d-1))."""

    scale: float | None = quantity(
        None,
        unit="1",
        gt=0,
        note="protests of this country beside one with 21.4 million voters, for which "
        "immigrants_per_day and command.protest_unit hold; none: by the voters on the register",
    )
    immigrants_per_day: float = quantity(
        60.0,
        unit="events per day",
        low=30,
        high=120,
        ge=0,
        drawn=log_uniform(30.0, 120.0),
        note="protests that begin on their own on the first day, at full outrage, times scale",
    )
    decay_days: float = quantity(
        8.66025,
        unit="days",
        low=3,
        high=25,
        gt=0,
        drawn=log_uniform(3.0, 25.0),
        base_rate="runs_of_protest",
        note="days over which new protests die away; runs of protest after 34 disputed votes have "
        "quartiles that give 3 and 13, 90th percentile 24",
    )
    mobilised: float = quantity(
        0.5, unit="1", low=0, high=1.5, ge=0, note="immigrants added by mobilisation, as a share"
    )
    mobilise_outrage: float = quantity(
        2.0, unit="logit", low=0, high=4, note="log odds of a call to the streets at full outrage"
    )
    mobilise_unity: float = quantity(
        1.5, unit="logit", low=0, high=3, note="for each unit of the challenger's unity above .8"
    )
    mobilise_arrests: float = quantity(
        0.1, unit="logit", low=0, high=0.3, note="for each arrests measure taken and not undone"
    )
    mobilise_expected: float = share(
        0.6,
        low=0.4,
        high=0.8,
        note="chance of a call to the streets that the incumbent reckons with",
    )
    frailty_shape: float = quantity(
        1.0,
        unit="1",
        low=0.5,
        high=3,
        gt=0,
        note="the size of protest that nobody knows beforehand: Gamma with mean 1",
    )
    branching: float = share(
        0.575,
        low=0.45,
        high=0.7,
        drawn=uniform(0.45, 0.70),
        source="MeirowitzTucker2013",
        note="mean number of protests that one protest sets off on the next day",
    )
    branching_repressed: float = share(
        0.25,
        low=0.1,
        high=0.4,
        drawn=uniform(0.1, 0.4),
        note="taken off the branching by high repression",
    )
    branching_most: float = share(0.9, low=0.8, high=0.95, lt=1, note="branching is at most this")
    repression_base: float = quantity(
        -0.4, unit="logit", low=-1.5, high=1, note="log odds of high repression without outrage"
    )
    repression_outrage: float = quantity(
        2.0, unit="logit", low=0, high=4, note="what full outrage adds to these log odds"
    )
    outcry: float = share(
        0.3,
        low=0.1,
        high=0.5,
        drawn=uniform(0.1, 0.5),
        note="outrage over a bar, a postponement, a boycott or the leader's detention, for each "
        "unit of the public's belief that the candidate would have won",
    )
    outcry_rate: float = share(
        0.2,
        low=0,
        high=0.5,
        note="rate of the command before the vote, as a share of that after it",
    )
    deaths_per_event: float = quantity(
        0.02,
        unit="deaths per event",
        low=0.01,
        high=0.04,
        ge=0,
        note="mean deaths for each protest",
    )
    deaths_repressed: float = quantity(
        1.0, unit="1", low=0, high=3, ge=0, note="added under high repression, as a share"
    )
    arrests_scale: float = quantity(
        3.0, unit="arrests", low=1, high=10, ge=0, note="mean arrests at one protest"
    )
    arrests_repressed: float = quantity(
        2.0, unit="1", low=0, high=5, ge=0, note="added under high repression, as a share"
    )
    arrests_power: float = quantity(
        0.8,
        unit="1",
        low=0.5,
        high=1.1,
        ge=0,
        note="power with which arrests grow with the number of protests",
    )
