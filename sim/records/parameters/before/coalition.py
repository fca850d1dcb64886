"""Parameters of the challenger's coalition, how united it is and what moves that; and of the minor
candidates, who may withdraw in somebody's favour.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share


class Coalition(Section):
    """Unity, 0 to 1: whether the coalition stands behind whoever carries its support.

    At .8 nothing follows from it.
    """

    unity: float = share(
        0.8, low=0.5, high=1.0, note="unity of the challenger's coalition at the as-of date"
    )
    unity_transfer: float = quantity(
        0.25,
        unit="1",
        low=0,
        high=0.5,
        ge=0,
        source="Magaloni2010",
        note="share of supporters who follow to somebody else, added for each unit of unity above "
        ".8",
    )
    unity_admitted: float = share(
        0.10, low=0.0, high=0.2, note="unity gained where the excluded leader may stand"
    )
    unity_endorsed: float = share(
        0.15, low=0.0, high=0.3, note="unity lost where a minor candidate is endorsed after a bar"
    )
    unity_detained_from: float = quantity(
        -0.1,
        unit="share",
        low=-0.2,
        high=0.0,
        note="least unity lost where the leader is detained; below 0 the coalition closes ranks",
    )
    unity_detained_until: float = quantity(
        0.2, unit="share", low=0.0, high=0.4, note="most unity lost where the leader is detained"
    )
    detained_lead: float = share(
        0.02, low=0.0, high=0.05, note="lead that the leader's detention adds or costs, at most"
    )


class Minors(Section):
    """Withdrawals: a daily hazard until the polls open, then whom who withdraws endorses."""

    withdrawal_rate: float = quantity(
        0.0,
        unit="per month",
        low=0,
        high=0.2,
        ge=0,
        note="rate at which a minor candidate withdraws before the vote",
    )
    withdrawal_pledged: float = share(
        0.5, low=0.2, high=1.0, note="factor on it for who pledged to accept the authority's result"
    )
    endorse_challenger: float = share(
        0.6, low=0.3, high=0.8, note="chance that who withdraws endorses the challenger's candidate"
    )
    endorse_incumbent: float = share(
        0.1,
        low=0.0,
        high=0.2,
        note="chance that it endorses the incumbent; else it endorses nobody",
    )
