"""National support, turnout and the small candidates' total (docs/model/election_day.md, section
2).

theta is the incumbent's share of the two-party vote; a lead is challenger minus incumbent as a
share of valid votes. The prior is a poll average with an error that all houses share and whose
tails are fat (Jackman 2005; Jennings and Wlezien 2018); the strategic layer alone draws from the
very same. Everything here is a few floats, cheap enough to be asked for often.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import accumulate

from sim.models.strategy.response import logistic
from sim.records.parameters.vote.electorate import Ballot, PollFamily, Support, Turnout
from sim.records.vote.contest import Contest
from sim.rng import Streams

NATIONAL_STREAM = "support/national"
TAIL_STREAM = "support/tail"
WALK_STREAM = "support/walk"
TAIL_FREEDOM = 4
"""Degrees of freedom of the common error: polls miss by far more now and then."""


@dataclass(frozen=True, slots=True)
class Shifts:
    """Sum of the shifts that the strategic layer has sent: logit of theta, of the small total, and
    of turnout.
    """

    d_logit_gov: float = 0.0
    d_log_minor: float = 0.0
    d_logit_turnout: float = 0.0

    def plus(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> Shifts:
        """Return these shifts and one more."""
        return Shifts(
            self.d_logit_gov + d_logit_gov,
            self.d_log_minor + d_log_minor,
            self.d_logit_turnout + d_logit_turnout,
        )


NO_SHIFTS = Shifts()


@dataclass(frozen=True, slots=True)
class National:
    """What holds for the whole country in one replicate.

    logit_now: logit of theta on the as-of day. as_of_day: house day. walk: cumulated drift 0, 1, 2,
    ... days later. logit_turnout: logit of ballots over register, in the country. logit_small:
    logit of the small candidates' total, -inf where nobody votes for them. small_split: shares of
    that total in ballot order. further_share: share of large candidates' votes of those who are
    neither incumbent nor challenger.
    """

    logit_now: float
    as_of_day: float
    walk: tuple[float, ...]
    logit_turnout: float
    logit_small: float
    small_split: tuple[float, ...]
    further_share: float


def draw_national(
    streams: Streams,
    support: Support,
    turnout: Turnout,
    ballot: Ballot,
    contest: Contest,
    as_of_day: float,
    days: int,
) -> National:
    """Draw the national quantities: 5 normals and one for each small candidate, a chi-square, and
    `days` normals of the walk.

    Args:
        streams: random numbers of the replicate. contest: says who is small and large. as_of_day:
        house day from which the walk runs. days: longest run of the walk (last possible polling day
        minus as-of day, rounded up); more days move nothing.
    """
    z = streams(NATIONAL_STREAM).standard_normal(5 + len(contest.small)).tolist()
    steps = streams(WALK_STREAM).standard_normal(days).tolist()
    tail = math.sqrt(TAIL_FREEDOM / float(streams(TAIL_STREAM).chisquare(TAIL_FREEDOM)))
    further = sum(contest.candidates[row].large_share for row in contest.further)
    small = ballot.small_share if contest.small else 0.0
    others = central_others(ballot, contest)
    present = logistic(logit(turnout.present_share) + turnout.present_sd * z[2])
    participation = logistic(logit(turnout.participation_share) + turnout.participation_sd * z[3])
    return National(
        logit_now=_logit_now(support, others, z[0], z[1] * tail),
        as_of_day=as_of_day,
        walk=tuple(accumulate((support.walk_sd * step for step in steps), initial=0.0)),
        logit_turnout=logit(present * participation),
        logit_small=(logit(small) if small > 0 else -math.inf) + ballot.small_sd * z[4],
        small_split=_split(
            [contest.candidates[row].small_weight for row in contest.small], ballot.split_sd, z[5:]
        ),
        further_share=further,
    )


def central_others(ballot: Ballot, contest: Contest) -> float:
    """Return the central share of valid votes of everybody but incumbent and challenger."""
    small = ballot.small_share if contest.small else 0.0
    return small + (1 - small) * sum(contest.candidates[row].large_share for row in contest.further)


def _logit_now(support: Support, others: float, family_z: float, common_t: float) -> float:
    """Return the logit of theta now: (1 - w) m_ind + w m_gov + s_F z + s_c t4, or that of
    `lead_mean` plus its own normal. others: central share of everybody but the two.
    """
    if support.lead_mean is not None and support.lead_sd is not None:
        return logit((1 - support.lead_mean / (1 - others)) / 2) + support.lead_sd * family_z
    independent, government = support.independent, support.government
    assert independent is not None  # a section without a prior is refused
    weight = 0.0 if government is None else support.family_weight
    government = government or independent
    mean = (1 - weight) * independent.mean_logit + weight * government.mean_logit
    error_sd = (1 - weight) * independent.error_sd + weight * government.error_sd
    return mean + error_sd * family_z + support.common_error_sd * common_t


def _split(weights: list[float], sd: float, z: list[float]) -> tuple[float, ...]:
    moved = [w * math.exp(sd * number) for w, number in zip(weights, z, strict=True)]
    total = sum(moved)
    return tuple(w / total for w in moved)


def logit(share: float) -> float:
    """Return ln(share / (1 - share)) for 0 < share < 1."""
    return math.log(share / (1 - share))


def logit_on(national: National, day: float, shifts: Shifts = NO_SHIFTS) -> float:
    """Return the logit of theta on a house day: now, plus the walk over whole days since the as-of
    day, plus the shifts.

    Raises:
        IndexError: the day lies beyond the drawn walk.
    """
    passed = max(0, math.floor(day - national.as_of_day))
    return national.logit_now + national.walk[passed] + shifts.d_logit_gov


def theta_on(national: National, day: float, shifts: Shifts = NO_SHIFTS) -> float:
    """Return theta on a house day."""
    return logistic(logit_on(national, day, shifts))


def small_total(national: National, shifts: Shifts = NO_SHIFTS) -> float:
    """Return the small candidates' share of valid votes."""
    return logistic(national.logit_small + shifts.d_log_minor)


def turnout_share(national: National, shifts: Shifts = NO_SHIFTS) -> float:
    """Return voters who come over register, in the country."""
    return logistic(national.logit_turnout + shifts.d_logit_turnout)


def others_share(national: National, shifts: Shifts = NO_SHIFTS) -> float:
    """Return m: the share of valid votes of everybody but incumbent and challenger."""
    m = small_total(national, shifts)
    return m + (1 - m) * national.further_share


def lead_of(theta: float, m: float) -> float:
    """Return the lead (1 - m)(1 - 2 theta) when the others have the share m of valid votes."""
    return (1 - m) * (1 - 2 * theta)


def lead_on(national: National, day: float, shifts: Shifts = NO_SHIFTS) -> float:
    """Return the latent lead on a house day."""
    return lead_of(theta_on(national, day, shifts), others_share(national, shifts))


def poll_bias_centre(national: National, family: PollFamily | None) -> float:
    """Return lead(mu_F) - lead(L_now): whatever is right, each family goes on showing its own
    centre (shifts left out). A family without published polls has no bias.
    """
    if family is None:
        return 0.0
    m = others_share(national)
    return lead_of(logistic(family.mean_logit), m) - lead_of(logistic(national.logit_now), m)
