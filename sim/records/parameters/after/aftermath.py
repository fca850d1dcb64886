"""Parameters of what follows an announcement (docs/model/strategy.md, section 8)."""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share


class Platform(Section):
    """Answers of the platform to an announcement."""

    contest_copies_share: float = share(
        0.10, low=0.05, high=0.3, note="copies from which the platform trusts its own count"
    )
    concede: float = share(
        0.60, low=0.3, high=0.8, note="after a count with tables that the incumbent won"
    )
    concede_days: float = quantity(
        3.0, unit="days", low=1, high=7, gt=0, note="after poll_day; counted as 'by then'"
    )
    publish_base: float = quantity(
        -1.0,
        unit="logit",
        low=-2,
        high=0,
        note="log odds that the challenger publishes its copies when it has none",
    )
    publish_evidence: float = quantity(
        6.0, unit="logit", low=3, high=9, note="what full copies add to these log odds"
    )
    publish_from_days: float = quantity(
        1.0,
        unit="days",
        low=0.5,
        high=2,
        gt=0,
        note="earliest publication of copies after the poll",
    )
    publish_until_days: float = quantity(
        3.0, unit="days", low=2, high=6, gt=0, note="latest publication of copies after the poll"
    )
    mobilise_outrage: float = quantity(
        2.0,
        unit="logit",
        low=0,
        high=4,
        note="log odds of calling people to the streets, for each unit of outrage",
    )
    mobilise_arrests: float = quantity(
        0.1, unit="logit", low=0, high=0.3, note="for each arrests measure taken and not undone"
    )


class Government(Section):
    """Answers of the government and of the court."""

    petition_days: float = quantity(
        4.0,
        unit="days",
        low=2,
        high=10,
        gt=0,
        note="days after the poll at which the government petitions the court",
    )
    petition: float = share(
        1.0, low=0.8, high=1.0, note="chance that it goes to court when contested"
    )
    certify: float = share(
        0.75, low=0.5, high=0.95, note="chance that the court certifies the announced result"
    )
    repression_base: float = quantity(
        -0.4, unit="logit", low=-1.5, high=1, note="log odds of high repression without outrage"
    )
    repression_outrage: float = quantity(
        2.0, unit="logit", low=0, high=4, note="what each unit of outrage adds to these log odds"
    )
    handover: float = share(0.93, low=0.8, high=0.99, note="after a count that the challenger won")


class Abroad(Section):
    """Sanctions and recognition after the announcement."""

    review_days: tuple[float, ...] = choice(
        (14.0, 45.0, 100.0, 150.0), note="sanction reviews after poll_day"
    )
    designate_base: float = quantity(
        0.4,
        unit="logit",
        low=-0.6,
        high=1.4,
        note="log odds of new designations after a contested announcement without copies",
    )
    designate_evidence: float = quantity(
        1.8, unit="logit", low=0, high=3.6, note="what full copies add to these log odds"
    )
    designate_breach: float = share(
        0.94, low=0.8, high=0.99, note="after bar, boycott or postponement without contest"
    )
    licence: str = choice(
        "", note="key of the licence that can still be narrowed; '' where there is none"
    )
    narrow_base: float = quantity(
        -2.72,
        unit="logit",
        low=-4,
        high=-1.5,
        note="log odds that the licence is narrowed or ended",
    )
    narrow_slope: float = quantity(
        1.8,
        unit="logit",
        low=0,
        high=3.6,
        note="what the threat's strength, the lead and the copies add to these log odds",
    )
    narrow_floor: float = quantity(
        0.3, unit="1", low=0, high=0.6, note="weight without copies; the rest goes with E"
    )
    narrow_value_factor: float = share(
        0.5, low=0, high=0.8, note="value left in a narrowed licence"
    )
    winner_base: float = quantity(
        -2.2,
        unit="logit",
        low=-3.5,
        high=-1,
        note="log odds that the challenger is called the winner when nothing is published",
    )
    winner_evidence: float = quantity(
        3.0, unit="logit", low=1.5, high=6, note="what fully published copies add to these log odds"
    )
    winner_lead: float = quantity(
        1.0, unit="logit", low=0, high=2, note="what a full lead adds to these log odds"
    )
    allies: float = share(
        0.98, low=0.9, high=1.0, note="chance that allies recognise the announced winner at once"
    )
    region_right_gain: float = share(
        0.15, low=0, high=0.3, note="added to the sanctioning country's own probability"
    )
    region_left_asks: float = share(
        0.80, low=0.5, high=0.95, note="asks for results by table if none are out"
    )
    region_left_waits: float = share(
        0.70, low=0.4, high=0.9, note="recognises nobody before the limit"
    )
    eu_base: float = quantity(
        1.5,
        unit="logit",
        low=0.5,
        high=2.5,
        note="log odds that the EU accepts the announced winner when nothing speaks against it",
    )
    eu_evidence: float = quantity(
        6.0,
        unit="logit",
        low=3,
        high=9,
        note="what full copies take off these log odds after a contested announcement",
    )
    eu_floor: float = share(
        0.3,
        low=0.1,
        high=0.5,
        note="least weight of the evidence in the EU's eyes after a contested announcement",
    )


class Protest(Section):
    """Self-exciting protest events, deaths and arrests."""

    immigrants_per_day: float = quantity(
        90.0,
        unit="events per day",
        low=30,
        high=200,
        ge=0,
        note="protests that begin on their own on the first day, at full outrage",
    )
    decay_days: float = quantity(
        3.0, unit="days", low=1, high=10, gt=0, note="days over which new protests die away"
    )
    mobilised: float = quantity(
        0.5, unit="1", low=0, high=1.5, ge=0, note="immigrants added by mobilisation, as a share"
    )
    frailty_shape: float = quantity(1.0, unit="1", low=0.5, high=3, gt=0, note="Gamma with mean 1")
    offspring: float = share(
        0.60, low=0.3, high=0.8, lt=1, note="mean number of protests that one protest sets off"
    )
    offspring_repressed: float = share(
        0.25, low=0, high=0.5, note="offspring taken away by high repression"
    )
    kernel_days: float = quantity(
        1.0, unit="days", low=0.3, high=3, gt=0, note="mean days until a protest sets off the next"
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


class Hazards(Section):
    """Rates per day after a contested announcement."""

    defection: float = quantity(
        0.00025,
        unit="per day",
        low=0.000075,
        high=0.00075,
        ge=0,
        note="daily rate at which the command of the forces defects, at reference values",
    )
    defection_protest: float = quantity(
        1.2, unit="1", low=0, high=2.4, note="log rate for each unit of protest"
    )
    defection_evidence: float = quantity(
        1.0, unit="1", low=0, high=2, note="log rate for fully published copies"
    )
    defection_loyalty: float = quantity(
        4.0,
        unit="1",
        low=0,
        high=8,
        source="Magaloni2010",
        note="log rate that each unit of loyalty above its reference takes away",
    )
    loyalty_reference: float = share(
        0.85, low=0.6, high=0.95, note="loyalty at which the daily rate holds"
    )
    protest_unit: float = quantity(
        100.0,
        unit="events per day",
        low=50,
        high=200,
        gt=0,
        note="protests a day that make one unit of protest",
    )
    protest_cap: float = quantity(
        2.0, unit="1", low=1, high=4, ge=0, note="most units of protest that count"
    )
    protest_window_days: int = quantity(
        7, unit="days", low=3, high=14, ge=1, note="days over which protests are averaged"
    )
    transition: float = quantity(
        0.0003,
        unit="per day",
        low=0.0001,
        high=0.0009,
        ge=0,
        note="daily rate of a negotiated transition, at reference values",
    )
    transition_guarantees: float = quantity(
        1.5,
        unit="1",
        low=0,
        high=3,
        source="EscribaFolchWright2010",
        note="log rate for full guarantees",
    )
    transition_outrage: float = quantity(
        1.0, unit="1", low=0, high=2, note="log rate for each unit of outrage above its reference"
    )
    outrage_reference: float = quantity(
        0.5, unit="1", low=0.3, high=0.7, note="outrage at which the daily rate holds"
    )
    exile: float = quantity(
        0.0024,
        unit="per day",
        low=0.0008,
        high=0.0072,
        ge=0,
        note="daily rate at which the candidate goes into exile",
    )
    detention: float = quantity(
        0.0011,
        unit="per day",
        low=0.0004,
        high=0.0033,
        ge=0,
        note="daily rate at which the candidate is detained",
    )
    leaves_days: float = quantity(
        10.0,
        unit="days",
        low=1,
        high=30,
        ge=0,
        note="days between a fall or a transition and the change in office",
    )
    office_to_opposition: float = share(0.80, low=0.5, high=0.95, note="else an interim holder")


class Aftermath(Section):
    """What follows the announcement.

    `early_days` and `limit_days` bound 'by +30' (a uniform day between them).
    """

    early_days: float = quantity(
        3.0,
        unit="days",
        low=3,
        high=5,
        gt=2.75,
        note="earliest of the dates that fall within the month after the announcement",
    )
    limit_days: float = quantity(
        30.0,
        unit="days",
        low=20,
        high=40,
        note="latest of these dates; also the limit of outcomes that end in _30d",
    )
    platform: Platform = choice(Platform())
    government: Government = choice(Government())
    abroad: Abroad = choice(Abroad())
    protest: Protest = choice(Protest())
    hazards: Hazards = choice(Hazards())
