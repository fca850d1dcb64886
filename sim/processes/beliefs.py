"""Polls appear, the government's machine reports, and everybody's belief about the lead moves."""

from __future__ import annotations

import numpy as np

from sim.models.electorate.polls import arrival_days, poll_block, shown_lead
from sim.models.numbers import kalman
from sim.processes.columns import Belief
from sim.processes.dated import Steps, by_day, until
from sim.processes.moments import due, horizon, occasions, over
from sim.processes.world import World, closing_day, record, wait_for
from sim.records.events import BeliefUpdated, PollPublished, SupportShift
from sim.records.parameters.before.beliefs import FAMILIES, Family, FamilyKey, Prior
from sim.records.parameters.root import Parameters

POLL_STREAM = "strategy/poll/{family}"
BIAS_STREAM = "strategy/bias/{family}"
OWN_SIGNAL_STREAM = "strategy/own_signal"

UNSEEN_CAUSES = ("walk", "drift")  # changes of support that nobody is told of


class Minds:
    """All n believers' states in one pair of arrays: mean (n, 3) and covariance (n, 3, 3), of which
    a Belief is a row.
    """

    __slots__ = ("cov", "mean")

    def __init__(self, priors: list[Prior]) -> None:
        rows = [kalman.prior(*_moments(prior)) for prior in priors]
        self.mean = np.array([mean for mean, _ in rows])
        self.cov = np.array([cov for _, cov in rows])


def start(world: World) -> None:
    """Set all priors and start the canvass, the polls and the answer to shifts of support."""
    priors = priors_of(world)
    minds = Minds(list(priors.values()))
    for row, key in enumerate(priors):
        world.beliefs[key] = Belief(minds.mean[row], minds.cov[row])
    _start_canvass(world)
    for family, terms in families_of(world.p).items():
        world.env.process(polls(world, family, terms, minds))
    world.env.process(follow_shifts(world))


def priors_of(world: World) -> dict[str, Prior]:
    """Return the prior of each member that holds a belief, in the order of the cast; incumbent and
    challengers always do.
    """
    always = (world.who.incumbent, *world.who.challengers)
    stated = {key: member.beliefs for key, member in world.p.cast.items()}
    return {key: p or Prior() for key, p in stated.items() if p is not None or key in always}


def government_pi(world: World) -> float:
    """Return the incumbent's belief that it loses an honest count: 1 or 0 once its own count is
    in.
    """
    conduct = world.conduct
    if conduct.held and world.env.now >= closing_day(world):
        lead = world.electorate.internal_lead(world.env.now)
        if lead is not None:
            return 1.0 if lead > 0 else 0.0
    return kalman.belief_challenger_leads(world.beliefs[world.who.incumbent])


def families_of(p: Parameters) -> dict[FamilyKey, Family]:
    """Return the families of houses that publish polls: those stated, else those of which polls are
    known.
    """
    if p.beliefs.families is not None:
        return p.beliefs.families
    return {key: Family() for key in FAMILIES if getattr(p.support, key) is not None}


def polls(world: World, family: str, terms: Family, minds: Minds) -> Steps:
    """Publish one family's polls until the ban; all its polls share one bias."""
    p = world.p.beliefs
    gaps, errors = poll_block(world.streams(POLL_STREAM.format(family=family)))
    z = float(world.streams(BIAS_STREAM.format(family=family)).standard_normal())
    bias = world.electorate.poll_bias_centre(family) + terms.bias_sd * z
    days = arrival_days(gaps, terms.gap_days, world.env.now, horizon(world))
    for number, (day, error) in enumerate(zip(days, errors, strict=False), start=1):
        yield until(world, by_day(world, day))
        if world.env.now >= due(world, world.p.calendar.poll_ban):
            continue  # the ban moves where the vote is moved
        lead = shown_lead(world.electorate.latent_lead(world.env.now), bias, error, p.poll_sd)
        record(
            world, PollPublished(world.env.now, f"{family}_{number}", family, p.poll_persons, lead)
        )
        _learn(world, minds, family, lead)


def _learn(world: World, minds: Minds, family: str, lead: float) -> None:
    variance = world.p.beliefs.poll_sd**2
    minds.mean[:], minds.cov[:] = kalman.update(
        minds.mean, minds.cov, kalman.OBSERVES[family], lead, variance
    )
    for key in world.beliefs:
        _say(world, key)


def _start_canvass(world: World) -> None:
    """Start one process a review, all at once, so that a report is in before the decision of the
    same moment.
    """
    p, days = world.p.beliefs, occasions(world, world.p.calendar.reviews)
    z = world.streams(OWN_SIGNAL_STREAM).standard_normal(1 + len(days)).tolist()
    bias = p.own_bias_mean + p.own_bias_sd * z[0]
    for day, error in zip(days, z[1:], strict=True):
        world.env.process(canvass(world, day, bias, error))


def canvass(world: World, day: float, bias: float, error: float) -> Steps:
    """Let the government's machine report the lead that it saw; nobody else learns of it."""
    yield until(world, day)
    if over(world, world.p.calendar.reviews):
        return
    belief, sd = world.beliefs[world.who.incumbent], world.p.beliefs.own_signal_sd
    seen = shown_lead(world.electorate.latent_lead(world.env.now), bias, error, sd)
    belief.mean[:], belief.cov[:] = kalman.update(
        belief.mean, belief.cov, kalman.OBSERVES["own"], seen, sd**2
    )
    _say(world, world.who.incumbent)


def follow_shifts(world: World) -> Steps:
    """Move every mean by the rule that moves the electorate, whenever a public shift of support is
    noted.
    """
    done = 0
    while True:
        yield wait_for(world, SupportShift)
        shifts = world.ledger.of(SupportShift)
        for shift in shifts[done:]:
            if shift.cause not in UNSEEN_CAUSES:
                _shift_all(world, shift)
        done = len(shifts)


def _shift_all(world: World, shift: SupportShift) -> None:
    minor = world.p.candidacy.minor_share
    for key in world.beliefs:
        mean = world.beliefs[key].mean
        mean[0] = kalman.shifted_lead(float(mean[0]), minor, shift.d_logit_gov, shift.d_log_minor)
        _say(world, key)


def _say(world: World, key: str) -> None:
    belief = world.beliefs[key]
    record(
        world, BeliefUpdated(world.env.now, key, kalman.lead_mean(belief), kalman.lead_sd(belief))
    )


def _moments(p: Prior) -> tuple[tuple[float, float, float], tuple[float, float, float]]:
    return (
        (p.lead_mean, p.independent_bias_mean, p.government_bias_mean),
        (p.lead_sd, p.independent_bias_sd, p.government_bias_sd),
    )
