"""Parameters of the challenger's coalition: how united it is, and what moves that."""

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
