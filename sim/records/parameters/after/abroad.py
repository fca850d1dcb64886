"""How members recognise, what the court does and what observers say (docs/model/night.md).

All react to the public signal; no number here belongs to a member. What a member's own table says
stands in the cast.
"""

from __future__ import annotations

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import beta, normal, uniform


class Critical(Section):
    """Calls the challenger the winner, or says nothing: L(base + gain + slope B)."""

    base: float = quantity(
        -3.6,
        unit="logit",
        low=-4.6,
        high=-2.6,
        drawn=normal(-3.6, 0.6),
        base_rate="outsiders_call",
        note="log odds of calling the challenger the winner where nobody doubts the result; five "
        "of about 19 overridden losses were called so by outsiders within 30 days",
    )
    slope: float = quantity(
        3.8, unit="logit", low=2, high=6, ge=0, note="what a public wholly convinced adds"
    )
    annulled: float = share(0.5, low=0.2, high=0.8, note="factor on the chance after an annulment")


class Guarded(Section):
    """Accepts the announced winner, or refuses: L(base - slope B - verdicts Vbar)."""

    base: float = quantity(
        2.0,
        unit="logit",
        low=1,
        high=3,
        note="log odds of accepting where nobody doubts the result",
    )
    slope: float = quantity(
        5.0,
        unit="logit",
        low=3,
        high=7,
        ge=0,
        drawn=uniform(3.0, 7.0),
        source="Donno2013",
        note="what a public wholly convinced takes off",
    )
    verdicts: float = quantity(
        0.8, unit="logit", low=0, high=1.6, ge=0, note="what negative statements alone take off"
    )
    uncontested: float = share(0.98, low=0.9, high=1, note="chance of accepting without a contest")
    unfree: float = quantity(
        0.5, unit="logit", low=-0.5, high=1.5, note="log odds after a bar or a boycott, no contest"
    )
    boycott: float = quantity(
        2.0, unit="logit", low=1, high=3, ge=0, note="what a boycott takes off these log odds"
    )
    bar: float = quantity(
        1.0, unit="logit", low=0, high=2, ge=0, note="what a barred candidate takes off them"
    )


class Patient(Section):
    """Asks for results by table, and recognises nobody for a month: L(base + slope B - ...)."""

    asks: float = share(
        0.5,
        low=0.2,
        high=0.8,
        drawn=uniform(0.2, 0.8),
        note="chance of asking for results by table if none are out",
    )
    base: float = quantity(
        -0.5, unit="logit", low=-1.5, high=0.5, note="log odds of waiting where nobody doubts"
    )
    slope: float = quantity(
        2.5, unit="logit", low=1, high=4, ge=0, note="what a public wholly convinced adds"
    )
    court: float = quantity(
        1.0, unit="logit", low=0, high=2, ge=0, note="what a court's certificate takes off"
    )
    tables: float = quantity(
        1.0, unit="logit", low=0, high=2, ge=0, note="what published tables take off"
    )


class Ally(Section):
    """Recognises at once."""

    share: float = share(0.98, low=0.9, high=1, note="chance of recognising the announced winner")


class Recognisers(Section):
    """The four stances abroad."""

    critical: Critical = choice(Critical())
    guarded: Guarded = choice(Guarded())
    patient: Patient = choice(Patient())
    ally: Ally = choice(Ally())


class Court(Section):
    """Petition, certificate, annulment."""

    petition_incumbent: float = share(
        0.325,
        low=0.05,
        high=0.6,
        drawn=uniform(0.05, 0.6),
        note="chance that the incumbent's side brings a contested result before the court",
    )
    petition_challenger: float = share(
        0.35,
        low=0.1,
        high=0.6,
        drawn=uniform(0.1, 0.6),
        note="chance that the challenger does; earlier petitions came from losers",
    )
    petition_from_days: float = quantity(
        2.0, unit="days", low=1, high=5, ge=0, note="earliest petition after the vote"
    )
    petition_until_days: float = quantity(
        20.0, unit="days", low=10, high=30, gt=0, note="latest petition after the vote"
    )
    hearing_days: float = quantity(
        3.0, unit="days", low=1, high=14, ge=1, note="from a petition to a ruling at the earliest"
    )
    certify: float = share(
        0.5,
        low=0.2,
        high=0.8,
        drawn=uniform(0.2, 0.8),
        note="chance that a court which was asked certifies within the month",
    )
    certify_in_the_end: float = share(
        0.95,
        low=0.8,
        high=1,
        base_rate="petitions_confirmed",
        note="chance that it has certified by the inauguration",
    )
    independence: float = share(
        0.04830,
        low=0.003,
        high=0.2,
        drawn=beta(1.0, 14.0),
        base_rate="votes_annulled",
        note="chance that it annuls on the challenger's petition: 5 of about 80 challenged "
        "presidential votes",
    )


class Observers(Section):
    """What an observer says where no estimator is at work, and how much it counts."""

    negative_without_tables: float = share(
        0.775,
        low=0.6,
        high=0.95,
        drawn=uniform(0.6, 0.95),
        base_rate="missions_disagree",
        note="chance of a negative statement where no results by table are out: the half that is "
        "common to all observers",
    )
    missed: float = share(
        0.95, low=0.8, high=1, note="chance that altered tables pass an observer who sees nothing"
    )
    copies_help: float = share(
        0.6, low=0.3, high=0.9, note="by how much full copies lower that chance"
    )
    conditions: float = share(
        0.3,
        low=0.1,
        high=0.6,
        note="weight of an observer's criticism of the conditions (a bar, a refused substitute, a "
        "postponement, a boycott), as a share of a statement's",
    )
