"""Sections `sheets`, `transmission`, `collection`: from the end of the count to copies held and
results received.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share


class Sheets(Section):
    """The sheet at the table: when it is printed, who is there, who gets a copy, and whether box
    and machine are compared.
    """

    count_minutes: float = quantity(
        25.0, unit="minutes", low=10, high=60, gt=0, le=1440, note="median from closing to print"
    )
    count_sigma: float = quantity(
        0.5,
        unit="1",
        low=0.3,
        high=0.8,
        ge=0,
        le=3,
        note="spread of the time of counting, sigma of its lognormal law",
    )
    witness_level: float = share(
        0.95, low=0.70, high=0.99, note="tables with a witness of the collecting party inside"
    )
    witness_selectivity: float = quantity(
        1.0, unit="1", low=0, high=4, ge=-20, le=20, note="b_w, per unit incumbent's share"
    )
    witness_size_slope: float = quantity(
        0.2, unit="1", low=0, high=0.5, ge=-5, le=5, note="c_w, per log register of the centre"
    )
    witness_state_offsets: dict[str, float] = choice(
        {}, note="logit offset by state; states not named: 0"
    )
    copy_selectivity: float = quantity(
        1.2, unit="1", low=0, high=6, ge=-20, le=20, note="b_c, per unit incumbent's share"
    )
    copy_size_slope: float = quantity(
        0.2, unit="1", low=0, high=0.5, ge=-5, le=5, note="c_c, per log register of the centre"
    )
    capacity_mean: float = share(
        0.65, low=0.45, high=0.85, note="collected share before expulsion and stop: w, drawn once"
    )
    capacity_sd: float = quantity(
        0.17,
        unit="share",
        low=0.05,
        high=0.25,
        ge=0,
        le=1,
        note="how unsure the party is about its own capacity to collect copies",
    )
    capacity_low: float = share(0.05, low=0.02, high=0.10, note="w is clipped to this")
    capacity_high: float = share(
        0.98, low=0.95, high=0.99, note="the capacity is cut to at most this"
    )
    copy_level_max: float = share(
        0.99, low=0.95, high=1.0, note="largest level of copies handed over to those present"
    )
    lost_share: float = share(
        0.03, low=0.0, high=0.15, note="copies lost or seized before they are scanned"
    )
    box_check_honest: float = share(
        0.95, low=0.3, high=1.0, note="probability that a drawn box is checked as the rule says"
    )


class Transmission(Section):
    """What the authority receives; when it speaks stands in `[vote] stages`."""

    delay_minutes: float = quantity(
        10.0, unit="minutes", low=3, high=40, gt=0, le=1440, note="median from print to receipt"
    )
    delay_sigma: float = quantity(
        0.8,
        unit="1",
        low=0.4,
        high=1.2,
        ge=0,
        le=3,
        note="spread of the delay of a message, sigma of its lognormal law",
    )
    channel_up: float = share(0.97, low=0.85, high=1.0, note="tables whose channel works")


class Collection(Section):
    """The way of a copy: carried to the scan centre of its zone, scanned first come first
    served.
    """

    carry_minutes: float = quantity(
        120.0,
        unit="minutes",
        low=30,
        high=600,
        gt=0,
        le=10000,
        note="median minutes from the table to the scan centre",
    )
    carry_sigma: float = quantity(
        0.6,
        unit="1",
        low=0.3,
        high=1.0,
        ge=0,
        le=3,
        note="spread of that time, sigma of its lognormal law",
    )
    operators: int = quantity(
        1, unit="operators", low=1, high=10, ge=1, le=100, note="at each zone's scan centre"
    )
    scan_minutes: float = quantity(
        2.0,
        unit="minutes",
        low=1,
        high=5,
        gt=0,
        le=120,
        note="minutes that an operator takes for one copy",
    )
