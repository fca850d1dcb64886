"""Parameters of what follows an announcement (strategy.md 8)."""

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
    publish_base: float = quantity(-1.0, unit="logit", low=-2, high=0)
    publish_evidence: float = quantity(6.0, unit="logit", low=3, high=9)
    publish_from_days: float = quantity(1.0, unit="days", low=0.5, high=2, gt=0)
    publish_until_days: float = quantity(3.0, unit="days", low=2, high=6, gt=0)
    mobilise_outrage: float = quantity(2.0, unit="logit", low=0, high=4)
    mobilise_arrests: float = quantity(
        0.1, unit="logit", low=0, high=0.3, note="for each arrests measure taken and not undone"
    )


class Government(Section):
    """Answers of the government and of the court."""

    petition_days: float = quantity(4.0, unit="days", low=2, high=10, gt=0)
    petition: float = share(
        1.0, low=0.8, high=1.0, note="chance that it goes to court when contested"
    )
    certify: float = share(0.75, low=0.5, high=0.95)
    repression_base: float = quantity(-0.4, unit="logit", low=-1.5, high=1)
    repression_outrage: float = quantity(2.0, unit="logit", low=0, high=4)
    handover: float = share(0.93, low=0.8, high=0.99, note="after a count that the challenger won")


class Abroad(Section):
    """Sanctions and recognition after the announcement."""

    review_days: tuple[float, ...] = choice(
        (14.0, 45.0, 100.0, 150.0), note="sanction reviews after poll_day"
    )
    designate_base: float = quantity(0.4, unit="logit", low=-0.6, high=1.4)
    designate_evidence: float = quantity(1.8, unit="logit", low=0, high=3.6)
    designate_breach: float = share(
        0.94, low=0.8, high=0.99, note="after bar, boycott or postponement without contest"
    )
    licence: str = choice(
        "", note="key of the licence that can still be narrowed; '' where there is none"
    )
    narrow_base: float = quantity(-2.72, unit="logit", low=-4, high=-1.5)
    narrow_slope: float = quantity(1.8, unit="logit", low=0, high=3.6)
    narrow_floor: float = quantity(
        0.3, unit="1", low=0, high=0.6, note="weight without copies; the rest goes with E"
    )
    narrow_value_factor: float = share(
        0.5, low=0, high=0.8, note="value left in a narrowed licence"
    )
    winner_base: float = quantity(-2.2, unit="logit", low=-3.5, high=-1)
    winner_evidence: float = quantity(3.0, unit="logit", low=1.5, high=6)
    winner_lead: float = quantity(1.0, unit="logit", low=0, high=2)
    allies: float = share(0.98, low=0.9, high=1.0)
    region_right_gain: float = share(
        0.15, low=0, high=0.3, note="added to the sanctioning country's own probability"
    )
    region_left_asks: float = share(
        0.80, low=0.5, high=0.95, note="asks for results by table if none are out"
    )
    region_left_waits: float = share(
        0.70, low=0.4, high=0.9, note="recognises nobody before the limit"
    )
    eu_base: float = quantity(1.5, unit="logit", low=0.5, high=2.5)
    eu_evidence: float = quantity(6.0, unit="logit", low=3, high=9)
    eu_floor: float = share(0.3, low=0.1, high=0.5)


class Protest(Section):
    """Self-exciting protest events, deaths and arrests."""

    immigrants_per_day: float = quantity(90.0, unit="events per day", low=30, high=200, ge=0)
    decay_days: float = quantity(3.0, unit="days", low=1, high=10, gt=0)
    mobilised: float = quantity(
        0.5, unit="1", low=0, high=1.5, ge=0, note="immigrants added by mobilisation, as a share"
    )
    frailty_shape: float = quantity(1.0, unit="1", low=0.5, high=3, gt=0, note="Gamma with mean 1")
    offspring: float = share(0.60, low=0.3, high=0.8, lt=1)
    offspring_repressed: float = share(
        0.25, low=0, high=0.5, note="offspring taken away by high repression"
    )
    kernel_days: float = quantity(1.0, unit="days", low=0.3, high=3, gt=0)
    deaths_per_event: float = quantity(0.02, unit="deaths per event", low=0.01, high=0.04, ge=0)
    deaths_repressed: float = quantity(
        1.0, unit="1", low=0, high=3, ge=0, note="added under high repression, as a share"
    )
    arrests_scale: float = quantity(3.0, unit="arrests", low=1, high=10, ge=0)
    arrests_repressed: float = quantity(
        2.0, unit="1", low=0, high=5, ge=0, note="added under high repression, as a share"
    )
    arrests_power: float = quantity(0.8, unit="1", low=0.5, high=1.1, ge=0)


class Hazards(Section):
    """Rates per day after a contested announcement."""

    defection: float = quantity(0.00025, unit="per day", low=0.000075, high=0.00075, ge=0)
    defection_protest: float = quantity(1.2, unit="1", low=0, high=2.4)
    defection_evidence: float = quantity(1.0, unit="1", low=0, high=2)
    defection_loyalty: float = quantity(4.0, unit="1", low=0, high=8, source="Magaloni2010")
    loyalty_reference: float = share(0.85, low=0.6, high=0.95)
    protest_unit: float = quantity(100.0, unit="events per day", low=50, high=200, gt=0)
    protest_cap: float = quantity(2.0, unit="1", low=1, high=4, ge=0)
    protest_window_days: int = quantity(7, unit="days", low=3, high=14, ge=1)
    transition: float = quantity(0.0003, unit="per day", low=0.0001, high=0.0009, ge=0)
    transition_guarantees: float = quantity(
        1.5, unit="1", low=0, high=3, source="EscribaFolchWright2010"
    )
    transition_outrage: float = quantity(1.0, unit="1", low=0, high=2)
    outrage_reference: float = quantity(0.5, unit="1", low=0.3, high=0.7)
    exile: float = quantity(0.0024, unit="per day", low=0.0008, high=0.0072, ge=0)
    detention: float = quantity(0.0011, unit="per day", low=0.0004, high=0.0033, ge=0)
    leaves_days: float = quantity(10.0, unit="days", low=1, high=30, ge=0)
    office_to_opposition: float = share(0.80, low=0.5, high=0.95, note="else an interim holder")


class Aftermath(Section):
    """What follows the announcement.

    `early_days` and `limit_days` bound 'by +30' (a uniform day between them).
    """

    early_days: float = quantity(3.0, unit="days", low=3, high=5, gt=2.75)
    limit_days: float = quantity(30.0, unit="days", low=20, high=40)
    platform: Platform = choice(Platform())
    government: Government = choice(Government())
    abroad: Abroad = choice(Abroad())
    protest: Protest = choice(Protest())
    hazards: Hazards = choice(Hazards())
