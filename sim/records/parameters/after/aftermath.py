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
    abroad: Abroad = choice(Abroad())
