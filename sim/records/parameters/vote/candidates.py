"""The candidates of a contest, in ballot order: `[candidates.<key>]`."""

from __future__ import annotations

from typing import Literal

from sim.records.parameters.base import Section, choice, quantity, share


class CandidateEntry(Section):
    """One row of the ballot. The key of the table is the candidate's key (lower-case ascii)."""

    name: str = choice(note="as printed on the ballot")
    coalition: str = choice("", note="main party or coalition")
    cards: int = quantity(1, unit="cards", ge=0, note="places on the ballot")
    role: Literal["large", "small"] = choice(
        note="structural class; no parameter's value decides it"
    )
    camp: Literal["incumbent", "challenger", "minor"] = choice(
        "minor", note="exactly one incumbent and one challenger"
    )
    moderate: bool = choice(
        False, note="leaving office to this successor would cost the incumbent less"
    )
    small_weight: float = share(
        0.0, note="central share of the small candidates' total; 0 for a large candidate"
    )
    large_share: float = share(
        0.0,
        lt=1.0,
        note="large candidate of camp minor: share of the large candidates' votes; 0 for the "
        "others",
    )
