"""The negotiating tables: when talks move, what is on the table, who trusts whom, and what makes a
promise be kept.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import uniform

NO_SIGN = 0.5
"""Study range of a slope for which no paper states a sign: that it is 0 is an assumption too."""
State = Literal["scheduled", "talks", "deal", "suspended", "collapsed", "implemented"]


def _rate(default: float, *, note: str) -> float:
    low, high = 0.3 * default, 3 * default
    rate: float = quantity(default, unit="1/month", low=low, high=high, ge=0, note=note)
    return rate


TOWARDS = {
    "deal": "reaching a deal",
    "suspended": "a suspension",
    "collapsed": "a collapse",
    "talks": "suspended talks resuming",
}


def _slope(to: str, value: float = 0.0) -> float:
    note = f"what one unit of the covariate adds to the log of the rate of {TOWARDS[to]}"
    low, high = (min(0.0, 2 * value), max(0.0, 2 * value)) if value else (-NO_SIGN, NO_SIGN)
    slope: float = quantity(
        value, unit="log rate per unit", low=low, high=high, ge=-10, le=10, note=note
    )
    return slope


class Rates(Section):
    """Base rates of the talks' transitions, each with all covariates at 0 (assumption; prior Gamma
    with shape 2).
    """

    talks_to_deal: float = _rate(
        0.10, note="rate at which talks reach a deal (before both sides' test of their gains)"
    )
    talks_to_suspended: float = _rate(0.05, note="rate at which talks are suspended")
    talks_to_collapsed: float = _rate(0.02, note="rate at which talks collapse for good")
    deal_to_suspended: float = _rate(0.12, note="rate at which a deal is suspended")
    deal_to_collapsed: float = _rate(0.02, note="rate at which a deal collapses for good")
    deal_to_implemented: float = _rate(0.08, note="rate at which a deal is carried out in full")
    suspended_to_talks: float = _rate(0.08, note="rate at which suspended talks resume")
    suspended_to_collapsed: float = _rate(
        0.03, note="rate at which suspended talks collapse for good"
    )


class Effects(Section):
    """What one unit of a covariate adds to the log of the rate towards a state, from every state
    that has the transition.
    """

    to_deal: float = _slope("deal")
    to_suspended: float = _slope("suspended")
    to_collapsed: float = _slope("collapsed")
    to_talks: float = _slope("talks")


class Pressure(Effects):
    """1 - relief share, counted from its centre: the target gives in (Allen2005)."""

    to_deal: float = _slope("deal", 0.8)
    to_suspended: float = _slope("suspended", -0.5)
    to_talks: float = _slope("talks", 0.5)


class Fear(Effects):
    """The government's belief that it loses an honest count, from its centre: who expects to fall
    cannot commit (Powell2006).
    """

    to_deal: float = _slope("deal", -1.0)
    to_suspended: float = _slope("suspended", 0.8)
    to_talks: float = _slope("talks", -0.5)


class Nearness(Effects):
    """exp((t - poll day) / scale) before the poll, 0 after it."""

    to_deal: float = _slope("deal", -0.5)
    to_suspended: float = _slope("suspended", 1.0)


class Breaches(Effects):
    """Detected breaches, each halved in a half-life (after Drezner2003)."""

    to_deal: float = _slope("deal", -0.5)
    to_suspended: float = _slope("suspended", 0.7)
    to_collapsed: float = _slope("collapsed", 0.5)
    to_talks: float = _slope("talks", -0.3)


class OtherBreaches(Effects):
    """Detected breaches by the other side of the incumbent's table, each halved in a half-life:
    who was let down walks out sooner. (to_suspended acts on talks and on a deal.)
    """

    to_deal: float = _slope("deal", -0.3)
    to_suspended: float = _slope("suspended", 0.45)
    to_talks: float = _slope("talks", -0.2)


class MediatorPresent(Effects):
    """1 while a mediator attends: more deals, less durable ones (Beardsley2008); to_suspended acts
    on a deal only.
    """

    to_deal: float = _slope("deal", 0.4)
    to_suspended: float = _slope("suspended", 0.2)
    to_collapsed: float = _slope("collapsed", -0.3)
    to_talks: float = _slope("talks", 0.2)


class Contested(Effects):
    """1 after a contested announcement; to_collapsed acts on the platform's track only."""

    to_deal: float = _slope("deal", -1.0)
    to_collapsed: float = _slope("collapsed", 1.0)
    to_talks: float = _slope("talks", -0.7)


class Covariates(Section):
    """Effects of each covariate on the talks' rates."""

    pressure: Pressure = choice(Pressure(), source="Allen2005")
    fear: Fear = choice(Fear(), source="Powell2006")
    nearness: Nearness = choice(Nearness())
    breaches: Breaches = choice(Breaches(), source="Drezner2003")
    other_breaches: OtherBreaches = choice(OtherBreaches())
    mediator: MediatorPresent = choice(MediatorPresent(), source="Beardsley2008")
    contested: Contested = choice(Contested())


class Track(Section):
    """One negotiating table between the incumbent and `other`."""

    other: str = choice(note="who sits on the other side: a challenger, or one who sanctions")
    state: State = choice("suspended", note="state at the as-of date")
    meeting_day: float | None = choice(
        None, note="day of a scheduled first meeting, if one is scheduled"
    )
    meeting_share: float = share(
        0.93, low=0.85, high=0.98, note="chance that the scheduled meeting takes place"
    )
    mediator_share: float = share(
        0.0,
        low=0.0,
        high=1.0,
        note="chance that the mediator attends; asked at each spell of talks",
    )
    government_trust: float = share(
        0.8, low=0.2, high=0.9, gt=0.0, lt=1.0, note="government's trust that the other delivers"
    )
    other_trust: float = share(
        0.45,
        low=0.2,
        high=0.9,
        gt=0.0,
        lt=1.0,
        note="the other's trust that the government delivers",
    )
    offered_by: str = choice(
        "", note="the side that has offered talks for months, if one has; it is the more patient"
    )
    past_breach_days: tuple[float, ...] = choice(
        (), note="days on which the other side is held to have broken its promises"
    )
    other_patience: float = quantity(
        0.95,
        unit="1/month",
        low=0.8,
        high=0.99,
        gt=0,
        lt=1,
        note="discount factor of a month; read by the rubinstein model alone",
    )

    @model_validator(mode="after")
    def _a_schedule_has_a_day(self) -> Self:
        if (self.state == "scheduled") != (self.meeting_day is not None):
            raise ValueError("`meeting_day` belongs to the state `scheduled`, and only to it")
        return self


class Commitments(Section):
    """What makes a promise be kept (Fearon1998; folk theorem)."""

    government_patience: float = quantity(
        0.90,
        unit="1/month",
        low=0.7,
        high=0.98,
        gt=0,
        lt=1,
        note="the government's monthly discount factor in keeping promises",
    )
    us_patience: float = quantity(
        0.95,
        unit="1/month",
        low=0.8,
        high=0.99,
        gt=0,
        lt=1,
        note="the sanctioning country's monthly discount factor in keeping promises",
    )
    steepness: float = quantity(
        6.0, unit="1", low=3, high=12, ge=0, note="of the soft form of the compliance rule"
    )
    relief_price: float = quantity(
        1.2, unit="1", low=0.6, high=1.8, ge=0, note="worth of all relief against office"
    )
    relief_gain: float = quantity(
        1.4,
        unit="1",
        low=0.7,
        high=2.1,
        ge=0,
        note="T - R of relief owed, before it is divided by K",
    )
    relief_loss: float = quantity(
        1.0, unit="1", low=0.5, high=1.5, gt=0, note="T - P of relief owed"
    )
    tranches: int = quantity(
        2, unit="1", low=1, high=4, ge=1, le=12, note="K, equal parts of the energy relief"
    )
    tranche_gap_days: float = quantity(
        3.0,
        unit="days",
        low=1,
        high=14,
        ge=0,
        note="days between verified promises and the next part of relief",
    )
    tranche_promises: int = quantity(
        2, unit="1", low=1, high=3, ge=1, note="promises to be verified before tranche 2"
    )
    observation_gain_share: float = share(
        0.35, low=0.15, high=0.55, note="observer strength that full observation adds"
    )
    broad_observation_share: float = share(
        0.73, low=0.6, high=0.93, note="part of full observation from which a broad mission comes"
    )
    observation_lead_days: float = quantity(
        7.0,
        unit="days",
        low=1,
        high=21,
        ge=0,
        note="days before the poll at which no mission can be sent any more",
    )
    mission_present_share: float = share(
        0.15, low=0.05, high=0.3, note="observer strength from which detection takes half the time"
    )
    candidacies_close_days: float = quantity(
        10.0,
        unit="days",
        low=5,
        high=20,
        ge=0,
        note="days before the poll at which a promise on candidacies can no longer be kept",
    )
    suspend_after_breach_share: float = share(
        0.5, low=0.2, high=0.8, note="government leaves the table after a breach by the us"
    )
    trust_weight: float = quantity(
        10.0, unit="promises", low=4, high=30, gt=0, note="weight of the initial trust"
    )


class Negotiation(Section):
    """The negotiating layer. A case without talks has no tracks."""

    tracks: dict[str, Track] = choice({}, note="negotiating tables; none in a case without talks")
    ballot_open: bool = choice(False, note="a package may reopen the ballot after it closed")
    model: str = choice("nash", note="bargaining model that resolves a successful round")
    rates: Rates = choice(Rates())
    covariates: Covariates = choice(Covariates())
    commitments: Commitments = choice(Commitments())
    round_rate: float = quantity(
        1.1,
        unit="1/month",
        low=0.5,
        high=2.5,
        gt=0,
        note="rho, meetings a month while there are talks",
    )
    offer_rounds: float = quantity(
        1.2,
        unit="1",
        low=1.0,
        high=1.5,
        gt=0,
        note="factor on the rounds of a track on which one side has offered talks for months",
    )
    offer_patience: float = quantity(
        0.97,
        unit="1/month",
        low=0.9,
        high=0.99,
        gt=0,
        lt=1,
        note="discount factor of a month of the side that has offered talks for months; read by "
        "the rubinstein model alone",
    )
    hours: tuple[float, float] = choice(
        (9.0, 18.0), note="hours of a working day between which rounds are held"
    )
    shadow: float = quantity(
        0.25,
        unit="1",
        low=0.1,
        high=0.5,
        ge=0,
        note="what a deal within 30 days is worth beside all relief in force: it adds to the price "
        "of a breach while talks go on",
    )
    contested_days: float = quantity(
        7.0,
        unit="days",
        low=2,
        high=14,
        ge=0,
        note="after a contested announcement, until a sender says whether it leaves the table",
    )
    contested_suspends_share: float = share(
        0.55,
        low=0.3,
        high=0.8,
        drawn=uniform(0.3, 0.8),
        note="chance that a sender leaves the table over a contested announcement",
    )
    surplus_test: bool = choice(
        True, note="a package is signed only if it leaves both sides the least surplus"
    )
    min_gain: float = quantity(
        0.015,
        unit="utility",
        low=0.005,
        high=0.03,
        ge=0,
        note="least perceived surplus that is signed",
    )
    pressure_centre_share: float = share(
        0.73, low=0.5, high=0.95, note="1 - relief share at which pressure counts as 0"
    )
    fear_centre_share: float = share(
        0.5, low=0.3, high=0.7, note="belief of losing at which fear counts as 0"
    )
    nearness_days: float = quantity(
        30.0,
        unit="days",
        low=10,
        high=60,
        gt=0,
        note="scale of the covariate nearness: how long before the vote it begins to weigh",
    )
    breach_half_life_days: float = quantity(
        60.0,
        unit="days",
        low=20,
        high=120,
        gt=0,
        note="days after which a detected breach weighs half",
    )
    past_breach_days: tuple[float, ...] = choice(
        (), note="days of detected breaches before the start"
    )
