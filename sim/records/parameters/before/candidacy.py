"""Parameters of candidacies: who stands, how the platform answers a bar, and how support is
transferred.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.before.coalition import Coalition, Minors


class Faction(Section):
    """One faction of the platform: its weight in the choice, and what each answer to a bar is worth
    to it.
    """

    weight: float = quantity(
        unit="1", low=5, high=60, ge=0, note="weight of this faction in the coalition's choice"
    )
    substitute: float = share(
        low=0.3, high=1.0, note="how good a substitute on the ballot is in this faction's eyes"
    )
    endorse: float = share(
        low=0.1, high=1.0, note="how good endorsing another candidate is in this faction's eyes"
    )
    boycott: float = share(low=0.0, high=0.8, note="how good a boycott is in this faction's eyes")


class Candidacy(Coalition, Minors):
    """Who stands, and what follows a bar.

    Names and statuses are keys of the case; '' means that there is nobody.
    """

    carrier: str = choice(
        "", note="key of the candidate who carries the platform's support at the as-of"
    )
    substitute: str = choice("", note="key under which the platform would name a substitute")
    endorsed: str = choice("", note="key of the minor candidate whom the platform would endorse")
    leader: str = choice(
        "", note="key of the excluded candidate who stands if the ballot is reopened"
    )
    statuses: dict[str, str] = choice(
        {}, note="status of each person at the as-of: admitted, disqualified, ..."
    )
    signatories: tuple[str, ...] = choice(
        (), note="minor candidates who pledged to accept the authority's result"
    )
    factions: dict[str, Faction] = choice(
        {}, note="factions of the platform; none: the platform boycotts nothing, it substitutes"
    )
    response_days: float = quantity(
        1.0, unit="days", low=0.2, high=3, gt=0, note="time from a bar to the platform's answer"
    )
    admission_days: float = quantity(
        1.0, unit="days", low=0.2, high=3, gt=0, note="time from naming to admission or refusal"
    )
    admission_a: float = quantity(
        2.5,
        unit="1",
        low=0.5,
        high=5,
        gt=0,
        note="Beta of the chance that a substitute is admitted",
    )
    admission_b: float = quantity(
        2.5,
        unit="1",
        low=0.5,
        high=5,
        gt=0,
        note="Beta of the chance that a substitute is admitted",
    )
    transfer_substitute_share: float = share(
        0.90,
        low=0.75,
        high=0.97,
        gt=0,
        note="share of the barred candidate's supporters who follow to a substitute",
    )
    transfer_endorsed_share: float = share(
        0.60,
        low=0.3,
        high=0.8,
        gt=0,
        note="share of the barred candidate's supporters who follow to an endorsed candidate",
    )
    transfer_boycott_share: float = share(
        0.10, low=0.05, high=0.3, gt=0, note="supporters who still vote, for minor candidates"
    )
    transfer_withdrawal_share: float = share(
        0.50, low=0.2, high=0.8, note="a withdrawn minor's voters who follow its endorsement"
    )
    leader_lead_gain: float = share(
        0.068, low=0.0, high=0.12, note="lead added if the excluded leader stands"
    )
    minor_share: float = share(
        0.06,
        low=0.03,
        high=0.12,
        gt=0,
        lt=1,
        note="minor candidates' share of valid votes, for transfers",
    )
    turnout_reference_share: float = share(
        0.60, low=0.45, high=0.75, gt=0, lt=1, note="turnout around which a transfer moves it"
    )
    readmission_limit_days: float = quantity(
        -1.0, unit="days", low=-3, high=-0.5, le=0, note="after poll_day + this nobody returns"
    )
