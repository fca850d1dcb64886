"""Parameters of the election-night decision (docs/model/strategy.md, section 7)."""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share

OPTIONS = ("count", "altered_tables", "totals_only", "annul", "delay")


class Outrage(Section):
    """A = clip(lead / lead_scale, 0, 1) * (base + evidence * E + observers * O)."""

    lead_scale: float = quantity(
        0.30, unit="share", low=0.2, high=0.45, gt=0, note="lead from which outrage is full"
    )
    base: float = quantity(
        0.3,
        unit="1",
        low=0.1,
        high=0.5,
        ge=0,
        note="outrage at a full lead without copies or observers",
    )
    evidence: float = quantity(
        0.5,
        unit="1",
        low=0.2,
        high=0.7,
        ge=0,
        source="Fearon2011",
        note="what full copies add to outrage",
    )
    observers: float = quantity(
        0.2,
        unit="1",
        low=0,
        high=0.4,
        ge=0,
        source="Hyde2011",
        note="what full observation adds to outrage",
    )


class OverrideCost(Section):
    """C = legitimacy * (public evidence) + sanctions * q_imp * relief + repression * A."""

    legitimacy: float = quantity(
        0.20,
        unit="utility",
        low=0.05,
        high=0.4,
        ge=0,
        note="cost of an override for each unit of public evidence",
    )
    sanctions: float = quantity(
        0.60,
        unit="utility",
        low=0.2,
        high=1.0,
        ge=0,
        source="Donno2013",
        note="cost of sanctions that an override brings, for full relief at risk",
    )
    repression: float = quantity(
        0.10,
        unit="utility",
        low=0,
        high=0.3,
        ge=0,
        note="cost of repression for each unit of outrage",
    )


class Ahead(Section):
    """Utilities of the four options where the government is not behind (1 = the office for a
    term).
    """

    count: float = quantity(
        1.0,
        unit="utility",
        low=0.8,
        high=1.0,
        note="worth of announcing the count when the incumbent is ahead",
    )
    altered_tables: float = quantity(
        0.55,
        unit="utility",
        low=0.3,
        high=0.8,
        note="worth of altered tables when the incumbent is ahead",
    )
    totals_only: float = quantity(
        0.65,
        unit="utility",
        low=0.4,
        high=0.9,
        note="worth of totals without tables when the incumbent is ahead",
    )
    annul: float = quantity(
        -0.20,
        unit="utility",
        low=-0.5,
        high=0.2,
        note="worth of annulling a vote that the incumbent won",
    )


class Tables(Section):
    """Chances that results by table come out."""

    with_tables: float = share(
        0.92, low=0.7, high=1.0, note="within the limit, after count and altered_tables"
    )
    late: float = share(0.10, low=0, high=0.4, note="by the gazette's day, after totals_only")


class Night(Section):
    """What the government decides on election night, and what each option is worth to it (1 = the
    office for a term).
    """

    options: tuple[str, ...] = choice(
        OPTIONS, note="options that exist here; an honest authority has only 'count'"
    )
    exit_cost: float = quantity(
        unit="utility",
        low=0.1,
        high=0.8,
        ge=0,
        source="Przeworski2015",
        note="X: what leaving office costs the incumbent, as a share of the worth of the office",
    )
    value_of_opposition: float = quantity(
        unit="utility", low=0, high=0.4, note="v: orderly life in opposition"
    )
    fall_factor: float = quantity(
        1.5, unit="1", low=1, high=2, ge=0, note="a fall costs this many times X"
    )
    guarantees: float = share(
        0.0, low=0, high=1, note="G at the as-of: the part of X that guarantees take away"
    )
    loyalty_mean: float = share(
        low=0.6, high=0.95, source="Magaloni2010", note="F: loyalty of the forces"
    )
    loyalty_sd: float = quantity(
        0.08,
        unit="share",
        low=0.02,
        high=0.15,
        ge=0,
        note="how unsure the government is about the loyalty of the forces",
    )
    survival_loyalty: float = quantity(
        5.0, unit="1", low=3, high=7, ge=0, note="q = L(this * F - survival_outrage * A)"
    )
    survival_outrage: float = quantity(
        3.3,
        unit="1",
        low=2,
        high=5,
        ge=0,
        note="how much outrage lowers the perceived chance of surviving an override",
    )
    outrage: Outrage = choice(Outrage())
    cost: OverrideCost = choice(OverrideCost())
    ahead: Ahead = choice(Ahead())
    altered_gain: float = quantity(
        0.15, unit="utility", low=0, high=0.3, note="legitimacy gained by tables"
    )
    altered_exposure: float = quantity(
        0.45,
        unit="utility",
        low=0.2,
        high=0.8,
        source="SimpserDonno2012",
        note="what copies take off the worth of altered tables",
    )
    altered_effort: float = quantity(
        0.15, unit="utility", low=0, high=0.3, note="what altering tables costs in work and people"
    )
    annul_loss: float = quantity(
        1.0,
        unit="utility",
        low=0.5,
        high=1.5,
        note="what annulling the vote costs beside an own winner without table results",
    )
    delay_loss: float = quantity(
        0.60, unit="utility", low=0.3, high=0.9, note="what the first delay costs"
    )
    delay_step: float = quantity(
        0.08, unit="utility", low=0, high=0.2, note="added for each delay so far"
    )
    delay_stop_gain: float = quantity(
        0.30, unit="utility", low=0, high=0.6, note="delay is cheaper where transmission stopped"
    )
    rationality: float = quantity(
        2.5,
        unit="1",
        low=1.5,
        high=4,
        ge=0,
        source="McKelveyPalfrey1995",
        note="lambda: how nearly the best option of the night is always taken",
    )
    evidence_noise_sd: float = quantity(
        0.0, unit="share", low=0, high=0.2, ge=0, note="of the government's expectation of copies"
    )
    first_days: float = quantity(
        0.833,
        unit="days",
        low=0.8,
        high=0.92,
        gt=0.75,
        note="first decision, counted from poll_day",
    )
    every_days: float = quantity(
        0.25,
        unit="days",
        low=0.1,
        high=0.5,
        gt=0,
        note="days between two decisions while the announcement is delayed",
    )
    max_delays: int = quantity(
        7, unit="count", low=0, high=7, ge=0, note="most delays; after them an option is chosen"
    )
    announced_lead_mean: float = share(
        low=0.03, high=0.2, note="announced lead of the incumbent under an override"
    )
    announced_lead_sd: float = quantity(
        unit="share", low=0.01, high=0.1, ge=0, note="spread of the lead that an override announces"
    )
    tables: Tables = choice(Tables())
