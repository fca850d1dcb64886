"""The command of the forces: at what rate it leaves an incumbent whose announcement is contested
(docs/model/night.md).
"""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share
from sim.records.parameters.drawn import log_uniform, lognormal, uniform


class Command(Section):
    """log h(d) = log base_rate + what pushes - what holds + coordination (1 - outlook) - d/window.

    Officers move together or not at all: each goes sooner if he expects the others to go.
    """

    base_rate: float = quantity(
        0.0013,
        unit="per day",
        low=0.0003,
        high=0.004,
        gt=0,
        drawn=lognormal(0.0013, 0.9),
        base_rate="falls_after_dispute",
        note="daily rate at reference values; set once so that the mean chance of a fall over all "
        "lost counts, were they overridden, is .23: 11 of 41 disputed announcements of 2000 to "
        "2020 were undone within 180 days, by a list from memory that favours falls",
    )
    years_in_office: float = quantity(
        0.0, unit="years", low=0, high=40, ge=0, note="of the incumbent's party, at the as-of date"
    )
    per_year: float = quantity(
        0.01,
        unit="1",
        low=0,
        high=0.02,
        ge=0,
        drawn=uniform(0.0, 0.02),
        note="what each year in office takes off the log rate",
    )
    belief_slope: float = quantity(
        1.25,
        unit="1",
        low=0.5,
        high=2,
        ge=0,
        drawn=uniform(0.5, 2.0),
        source="HydeMarinov2014",
        note="log rate for each unit of the public's belief above its reference",
    )
    belief_reference: float = share(
        0.6, low=0.4, high=0.8, note="belief of the public at which base_rate holds"
    )
    protest_slope: float = quantity(
        1.3,
        unit="1",
        low=0.6,
        high=2,
        ge=0,
        drawn=uniform(0.6, 2.0),
        source="CasperTyson2014",
        note="log rate for each unit of protest, a mean of the last days",
    )
    protest_unit: float = quantity(
        100.0,
        unit="events per day",
        low=50,
        high=200,
        gt=0,
        note="protests that make one unit, times streets.scale",
    )
    protest_most: float = quantity(
        2.0, unit="1", low=1, high=4, ge=0, note="units of protest beyond which more does not count"
    )
    protest_days: int = quantity(
        7, unit="days", low=3, high=14, ge=1, note="days over which protests are averaged"
    )
    recognition_slope: float = quantity(
        0.8,
        unit="1",
        low=0.2,
        high=1.4,
        ge=0,
        drawn=uniform(0.2, 1.4),
        source="EscribaFolchWright2015",
        note="log rate where all recognition is withheld",
    )
    loyalty_slope: float = quantity(
        5.0,
        unit="1",
        low=3,
        high=7,
        ge=0,
        drawn=uniform(3.0, 7.0),
        source="Magaloni2010",
        note="log rate that each unit of loyalty above its reference takes away",
    )
    loyalty_reference: float = share(
        0.8, low=0.6, high=0.95, note="loyalty at which base_rate holds"
    )
    court_slope: float = quantity(
        0.4,
        unit="1",
        low=0,
        high=0.8,
        ge=0,
        drawn=uniform(0.0, 0.8),
        source="ChernykhSvolik2015",
        note="what a court's certificate takes off the log rate",
    )
    rents_slope: float = quantity(
        0.125,
        unit="1",
        low=-0.05,
        high=0.3,
        drawn=uniform(-0.05, 0.30),
        source="BuenodeMesquita2003",
        note="loyalty lost when all relief is lost; below 0 the command rallies",
    )
    coordination: float = quantity(
        1.25,
        unit="1",
        low=0.5,
        high=2,
        ge=0,
        lt=2.7,
        drawn=uniform(0.5, 2.0),
        source="MorrisShin1998",
        note="log rate added where officers expect the incumbent to be gone within the outlook; "
        "below e there is one common outlook",
    )
    window_days: float = quantity(
        67.082,
        unit="days",
        low=30,
        high=150,
        gt=0,
        drawn=log_uniform(30.0, 150.0),
        source="Tucker2007",
        base_rate="late_falls",
        note="days over which the rate fades; four of eleven falls came after day 100",
    )
    outlook_days: float = quantity(
        30.0, unit="days", low=15, high=60, gt=0, note="how far ahead officers look"
    )
