"""Who holds the office after a contested announcement (docs/model/strategy.md)."""

from __future__ import annotations

from sim.records.parameters.base import Section, quantity, share
from sim.records.parameters.drawn import log_uniform, lognormal, uniform


class Succession(Section):
    """Ways out of office beside a fall, the candidate's fate, and the handover."""

    transition_rate: float = quantity(
        0.0003,
        unit="per day",
        low=0.0001,
        high=0.0009,
        ge=0,
        drawn=lognormal(0.0003, 0.6),
        source="AlbertusMenaldo2014",
        note="daily rate of a negotiated way out under an override, without guarantees, at an "
        "outrage of .5",
    )
    transition_guarantees: float = quantity(
        1.25,
        unit="1",
        low=0.5,
        high=2,
        ge=0,
        drawn=uniform(0.5, 2.0),
        source="AlbertusMenaldo2014",
        note="log rate of a negotiated way out for full guarantees",
    )
    raised: float = quantity(
        3.0,
        unit="1",
        low=1,
        high=6,
        ge=1,
        note="factor on the rate of a way out after a concession or an agreement on the contested "
        "result",
    )
    raised_days: float = quantity(
        30.0, unit="days", low=10, high=60, ge=0, note="for how long that factor holds"
    )
    exile: float = quantity(
        0.0018,
        unit="per day",
        low=0.0006,
        high=0.0054,
        ge=0,
        spread=log_uniform(0.3, 1 / 0.3),
        note="daily rate at which the candidate goes into exile after a contested result",
    )
    detention: float = quantity(
        0.0018,
        unit="per day",
        low=0.0006,
        high=0.0054,
        ge=0,
        spread=log_uniform(0.3, 1 / 0.3),
        note="daily rate at which the candidate is detained after a contested result",
    )
    leaves_days: float = quantity(
        10.0,
        unit="days",
        low=1,
        high=30,
        ge=0,
        note="days between a fall or a negotiated way out and the change in office",
    )
    office_to_opposition: float = share(
        0.80, low=0.5, high=0.95, note="chance that the opposition follows, else an interim holder"
    )
    handover: float = share(
        0.935,
        low=0.88,
        high=0.99,
        drawn=uniform(0.88, 0.99),
        base_rate="handover_after_loss",
        note="chance that the office is handed over to an announced winner of the opposition: 43 "
        "of 45 losses on record below a polyarchy of .50 (1946 to 2008)",
    )
