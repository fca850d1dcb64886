"""Parameters of the election-night decision (docs/model/strategy.md, section 7)."""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import log_uniform, lognormal, uniform

OPTIONS = ("count", "altered_tables", "totals_only", "annul", "delay")


class Tables(Section):
    """Chances that results by table come out."""

    with_tables: float = share(
        0.92, low=0.7, high=1.0, note="within the limit, after count and altered_tables"
    )
    late: float = share(0.10, low=0, high=0.4, note="by the gazette's day, after totals_only")


class Night(Section):
    """What the incumbent decides on election night, and what each option is worth to it (1 = the
    office for a term).

    What nobody knows of this case (its types) is drawn once a replicate from these numbers;
    `[types]` fixes one.
    """

    options: tuple[str, ...] = choice(
        OPTIONS, note="options that exist here; an honest authority has only 'count'"
    )
    exit_cost: float = quantity(
        0.324037,
        unit="utility",
        low=0.15,
        high=0.7,
        ge=0,
        drawn=log_uniform(0.15, 0.7),
        source="Przeworski2015",
        note="median of X in a first term: what leaving office costs the incumbent",
    )
    exit_cost_per_term: float = quantity(
        0.1,
        unit="1",
        low=0,
        high=0.2,
        ge=0,
        drawn=uniform(0.0, 0.2),
        note="what each term served after the first adds to X, as a share",
    )
    terms_served: int = quantity(1, unit="terms", low=1, high=5, ge=1, note="at the as-of date")
    moderate_factor: float = share(
        0.925,
        low=0.85,
        high=1,
        drawn=uniform(0.85, 1.0),
        note="factor on X where the successor would be moderate",
    )
    exit_cost_sigma: float = quantity(
        0.45, unit="1", low=0.2, high=0.7, ge=0, note="spread of X: lognormal around its median"
    )
    value_of_opposition: float = quantity(
        0.2,
        unit="utility",
        low=0.05,
        high=0.35,
        drawn=uniform(0.05, 0.35),
        note="mean of v: an orderly life in opposition",
    )
    value_of_opposition_sd: float = quantity(
        0.08, unit="utility", low=0.02, high=0.15, ge=0, note="spread of v, which lies in 0 to .5"
    )
    fall_penalty: float = quantity(
        0.424264,
        unit="utility",
        low=0.2,
        high=0.9,
        ge=0,
        drawn=log_uniform(0.2, 0.9),
        source="Goemans2008",
        note="psi: what a fall costs beyond X; those who leave irregularly are punished more often",
    )
    loyalty_mean: float = share(
        0.77,
        low=0.62,
        high=0.92,
        drawn=uniform(0.62, 0.92),
        source="Magaloni2010",
        note="mean of F, the loyalty of the command",
    )
    loyalty_sd: float = quantity(
        0.08, unit="share", low=0.02, high=0.15, ge=0, note="spread of F, which lies in .3 to 1"
    )
    loyalty_noise_sd: float = quantity(
        0.06, unit="share", low=0, high=0.15, ge=0, note="error with which the incumbent sees F"
    )
    copies_noise_sd: float = quantity(
        0.10,
        unit="share",
        low=0,
        high=0.2,
        ge=0,
        note="error with which the incumbent expects the copies that witnesses will hold",
    )
    obedience_shape: float = quantity(
        26.0,
        unit="1",
        low=12,
        high=40,
        gt=0,
        drawn=uniform(12.0, 40.0),
        source="ChernykhSvolik2015",
        note="a of Beta(a, 1), the chance that the authority carries out an order",
    )
    legitimacy_loss: float = quantity(
        0.15,
        unit="utility",
        low=0.05,
        high=0.25,
        ge=0,
        drawn=uniform(0.05, 0.25),
        note="what an office kept by an override loses where the whole public doubts it",
    )
    repression_loss: float = quantity(
        0.085,
        unit="utility",
        low=0.02,
        high=0.15,
        ge=0,
        drawn=uniform(0.02, 0.15),
        note="what it loses at full outrage",
    )
    sanctions_loss: float = quantity(
        0.5,
        unit="utility",
        low=0.2,
        high=0.8,
        ge=0,
        drawn=uniform(0.2, 0.8),
        source="EatonEngers1992",
        note="what it loses where all relief is sure to be taken back",
    )
    effort: float = quantity(
        0.07,
        unit="utility",
        low=0.02,
        high=0.12,
        ge=0,
        drawn=uniform(0.02, 0.12),
        note="what altering tables costs in work and people",
    )
    annul_loss: float = quantity(
        0.30,
        unit="utility",
        low=0.15,
        high=0.45,
        ge=0,
        drawn=uniform(0.15, 0.45),
        note="what annulling costs: no term is won, a new vote is owed",
    )
    delay_loss: float = quantity(
        0.125,
        unit="utility",
        low=0.05,
        high=0.2,
        ge=0,
        drawn=uniform(0.05, 0.2),
        note="what putting the announcement off costs",
    )
    delay_step: float = quantity(
        0.06, unit="utility", low=0, high=0.2, ge=0, note="added for each delay so far"
    )
    delay_stop_gain: float = quantity(
        0.08, unit="utility", low=0, high=0.3, note="a delay is cheaper where transmission stopped"
    )
    delay_ahead: float = quantity(
        0.4, unit="utility", low=0.2, high=0.8, note="worth of a delay to who is ahead; a count: 1"
    )
    rationality: float = quantity(
        14.0,
        unit="1",
        low=8,
        high=25,
        ge=0,
        drawn=lognormal(14.0, 0.3),
        source="McKelveyPalfrey1995",
        note="lambda: how nearly the best option of the night is always taken",
    )
    first_hours: float = quantity(
        4.2,
        unit="hours",
        low=2,
        high=10,
        gt=0,
        base_rate="late_first_results",
        note="median of the first decision, counted from the close; first bulletins of 2012 to "
        "2018 came 3 to 7 hours after it",
    )
    first_sigma: float = quantity(
        0.5,
        unit="1",
        low=0.2,
        high=0.8,
        ge=0,
        base_rate="late_first_results",
        note="its spread: lognormal, within 2 to 24 hours",
    )
    gap_from_hours: float = quantity(
        1.0, unit="hours", low=0.5, high=3, gt=0, note="least time between two decisions"
    )
    gap_until_hours: float = quantity(
        6.0, unit="hours", low=3, high=12, gt=0, note="most time between two decisions"
    )
    max_delays: int = quantity(
        12, unit="count", low=0, high=12, ge=0, le=12, note="most delays; then an option is chosen"
    )
    announced_lead: float = share(
        0.12,
        low=0.02,
        high=0.6,
        base_rate="disputed_leads",
        note="median of the incumbent's lead that an override announces: .015 to .79 elsewhere",
    )
    announced_lead_sigma: float = quantity(
        1.0,
        unit="1",
        low=0.4,
        high=1.5,
        ge=0,
        base_rate="disputed_leads",
        note="its spread: lognormal, within .005 to .8",
    )
    whole_percent: float = share(
        0.2,
        low=0.1,
        high=0.4,
        source="Kobak2016",
        note="chance that totals without tables are made up from shares in whole percent",
    )
    one_decimal: float = share(
        0.2, low=0.1, high=0.4, note="chance that they are made up from shares with one decimal"
    )
    tables: Tables = choice(Tables())


class Types(Section):
    """What is true of this case and nobody knows; what is not given is drawn once a replicate."""

    exit_cost: float | None = quantity(
        None, unit="utility", low=0.1, high=0.8, ge=0, note="X; else drawn around night.exit_cost"
    )
    value_of_opposition: float | None = quantity(
        None, unit="utility", low=0, high=0.5, note="v; else drawn around night.value_of_opposition"
    )
    loyalty: float | None = share(
        None, low=0.3, high=1, note="F; else drawn around night.loyalty_mean"
    )
    guarantees: float = share(
        0.0, low=0, high=1, note="G at the as-of: the part of X that guarantees take away"
    )
    obedience: float | None = share(
        None, low=0.5, high=1, note="else drawn from night.obedience_shape"
    )
    frailty: float | None = quantity(
        None, unit="1", low=0.05, high=3, ge=0, note="the size of protest; else Gamma of mean 1"
    )
