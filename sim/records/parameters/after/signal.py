"""The public signal: how evidence moves the odds that the announced winner did not win
(docs/model/night.md).
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share
from sim.records.parameters.drawn import log_uniform, normal, uniform


class Signal(Section):
    """z = prior + weights of evidence, in log odds; who hears only the state's media stays at the
    prior.
    """

    reach: float = share(
        0.7,
        low=0.5,
        high=0.9,
        drawn=uniform(0.5, 0.9),
        source="Edmond2013",
        note="share of the public that information reaches which the state does not run",
    )
    prior_constant: float = quantity(
        -0.5,
        unit="logit",
        low=-0.9,
        high=-0.1,
        drawn=normal(-0.5, 0.25),
        note="log odds before any evidence where the polls say nothing: people trust a result a "
        "little",
    )
    polls_weight: float = quantity(
        0.6,
        unit="logit",
        low=0.4,
        high=0.8,
        ge=0,
        drawn=uniform(0.4, 0.8),
        note="how far what the public believed before the vote carries over, for each unit of its "
        "log odds",
    )
    polls_most: float = quantity(
        2.5, unit="logit", low=1.5, high=4, gt=0, note="log odds of the public at which polls stop"
    )
    copies_weight: float = quantity(
        3.25,
        unit="logit",
        low=1.5,
        high=5,
        ge=0,
        drawn=uniform(1.5, 5.0),
        source="Fearon2011",
        note="weight of published copies of all tables with a clear lead",
    )
    copies_clear: float = quantity(
        0.10, unit="share", low=0.05, high=0.2, gt=0, note="lead in the copies that is clear"
    )
    copies_least: float = share(
        0.10,
        low=0.02,
        high=0.2,
        note="share of tables published from which the copies' lead counts",
    )
    exposure_weight: float = quantity(
        2.0,
        unit="logit",
        low=1,
        high=3,
        ge=0,
        drawn=uniform(1.0, 3.0),
        source="SimpserDonno2012",
        note="weight of copies that contradict published tables, all tables",
    )
    verdict_weight: float = quantity(
        1.0,
        unit="logit",
        low=0.5,
        high=1.5,
        ge=0,
        drawn=uniform(0.5, 1.5),
        source="HydeMarinov2014",
        note="weight of one statement by an observer of credibility 1; positive ones calm",
    )
    tables_weight: float = quantity(
        0.7,
        unit="logit",
        low=0.2,
        high=1.2,
        ge=0,
        drawn=uniform(0.2, 1.2),
        source="Milgrom1981",
        note="silence speaks: weight of tables overdue, and against it of tables that are out",
    )
    delay_weight: float = quantity(
        0.175,
        unit="logit",
        low=0.05,
        high=0.3,
        ge=0,
        drawn=uniform(0.05, 0.3),
        note="weight of each time the announcement was put off",
    )
    stop_weight: float = quantity(
        0.3,
        unit="logit",
        low=0.1,
        high=0.5,
        ge=0,
        drawn=uniform(0.1, 0.5),
        note="weight of a transmission of results that was stopped",
    )
    court_weight: float = quantity(
        0.25,
        unit="logit",
        low=0,
        high=0.5,
        ge=0,
        drawn=uniform(0.0, 0.5),
        note="what a court's certificate takes off",
    )
    lead_scale: float = quantity(
        0.30,
        unit="share",
        low=0.2,
        high=0.45,
        gt=0,
        drawn=log_uniform(0.2, 0.45),
        note="lead of the challenger at which outrage is full",
    )
    annul_belief: float = share(
        0.775,
        low=0.65,
        high=0.9,
        drawn=uniform(0.65, 0.9),
        note="share of the public that takes an annulled vote for a lost one, evidence or none",
    )
