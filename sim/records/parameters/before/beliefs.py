"""What the actors believe about the challenger's lead, and the polls and canvasses from which they
learn.
"""

from __future__ import annotations

from typing import Literal, get_args

from sim.records.parameters.base import Section, choice, quantity

FamilyKey = Literal["independent", "government"]
FAMILIES: tuple[FamilyKey, ...] = get_args(FamilyKey)


class Prior(Section):
    """An actor's independent normal beliefs at the start.

    Leads: challenger minus incumbent, share of valid votes.
    """

    lead_mean: float = quantity(
        0.0,
        unit="lead share",
        low=-0.3,
        high=0.3,
        ge=-1,
        le=1,
        note="what the actor believes on the as-of day: mean lead of the challenger",
    )
    lead_sd: float = quantity(
        0.20,
        unit="lead share",
        low=0.05,
        high=0.3,
        gt=0,
        note="how unsure the actor is about that lead",
    )
    independent_bias_mean: float = quantity(
        0.0,
        unit="lead share",
        low=-0.1,
        high=0.3,
        ge=-1,
        le=1,
        note="bias that the actor ascribes to independent polls, as a lead",
    )
    independent_bias_sd: float = quantity(
        0.10,
        unit="lead share",
        low=0.02,
        high=0.3,
        gt=0,
        note="how unsure the actor is about that bias",
    )
    government_bias_mean: float = quantity(
        0.0,
        unit="lead share",
        low=-0.6,
        high=0.1,
        ge=-1,
        le=1,
        note="bias that the actor ascribes to government-aligned polls, as a lead",
    )
    government_bias_sd: float = quantity(
        0.10,
        unit="lead share",
        low=0.02,
        high=0.3,
        gt=0,
        note="how unsure the actor is about that bias",
    )


class Family(Section):
    """A family of polling houses that share a bias; its centre is the electorate's business."""

    gap_days: float = quantity(
        7.0, unit="days", low=3, high=21, gt=0, note="mean time between polls"
    )
    bias_sd: float = quantity(
        0.06,
        unit="lead share",
        low=0.03,
        high=0.12,
        ge=0,
        note="spread of the true bias of this family of polls (the strategic layer alone)",
    )


class Beliefs(Section):
    """Polls, and the incumbent's own canvass; priors stand with the members of the cast."""

    families: dict[FamilyKey, Family] | None = choice(
        None,
        note="families of polling houses that go on polling; none stated: those of which polls are "
        "known",
    )
    poll_sd: float = quantity(
        0.06,
        unit="lead share",
        low=0.03,
        high=0.1,
        gt=0,
        note="of one poll around its family's centre",
    )
    poll_persons: int = quantity(
        1000, unit="persons", low=500, high=2000, gt=0, note="size that a published poll states"
    )
    own_bias_mean: float = quantity(
        0.0,
        unit="lead share",
        low=-0.2,
        high=0,
        ge=-1,
        le=1,
        source="Wintrobe1998",
        note="subordinates report what is liked",
    )
    own_bias_sd: float = quantity(
        0.06,
        unit="lead share",
        low=0.03,
        high=0.12,
        ge=0,
        note="spread of the bias of the government's own reports",
    )
    own_signal_sd: float = quantity(
        0.06,
        unit="lead share",
        low=0.03,
        high=0.12,
        gt=0,
        note="noise of one report of the government's own machine, as a lead",
    )
