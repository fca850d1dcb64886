"""Parameters of the conduct of an election: measures before the day, exclusion of witnesses, stop
of transmission.
"""

from __future__ import annotations

from typing import Self

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import beta


class MeasureTerms(Section):
    """A measure's terms in P = L(rationality * (gain * pi - cost - price_weight *
    price_of_breach)).
    """

    gain: float = quantity(
        unit="1",
        low=0.2,
        high=0.8,
        ge=0,
        note="what the measure is worth to a government sure to lose an honest count",
    )
    cost: float = quantity(
        unit="1", low=0.05, high=1.5, ge=0, note="what the measure costs in any case"
    )
    price_weight: float = quantity(
        unit="1",
        low=0,
        high=1,
        ge=0,
        note="how much the price of a breach weighs against the measure",
    )
    from_day: float = quantity(
        -400.0, unit="days", le=0, note="first review day on which it can be taken"
    )
    repeats: bool = choice(False, note="whether it can be taken again at a later review")


class Measures(Section):
    """The measures of docs/model/strategy.md, section 6; a case that has none leaves
    them out.
    """

    bar_candidate: MeasureTerms | None = choice(None, note="terms of a bar on candidates")
    postpone: MeasureTerms | None = choice(None, note="terms of putting the vote off")
    arrests: MeasureTerms | None = choice(None, note="terms of arrests")
    block_accreditation: MeasureTerms | None = choice(
        None, note="terms of keeping witnesses from accreditation"
    )
    withdraw_invitations: MeasureTerms | None = choice(
        None, note="terms of withdrawing invitations of missions"
    )
    detain_leader: MeasureTerms | None = choice(
        None, note="terms of detaining the leader of the challenger's coalition"
    )


class Expulsion(Section):
    """Exclusion of witnesses: U(e) = gain*pi*e - cost*e^2 - scrutiny*e*(1 + broad observation)."""

    levels: tuple[float, ...] = choice(
        (0.0, 0.1, 0.3, 0.6), note="shares of tables among which the government chooses"
    )
    gain: float = quantity(
        1.0,
        unit="1",
        low=0.5,
        high=1.5,
        ge=0,
        note="what keeping witnesses out is worth to a government sure to lose",
    )
    cost: float = quantity(
        0.88,
        unit="1",
        low=0.4,
        high=1.5,
        ge=0,
        note="cost of keeping witnesses out, growing with the square of the share of tables",
    )
    scrutiny: float = quantity(
        0.15,
        unit="1",
        low=0,
        high=0.5,
        ge=0,
        note="added cost for each share of tables, twice under broad observation",
    )
    rationality: float = quantity(
        4.0,
        unit="1",
        low=2,
        high=6,
        ge=0,
        source="McKelveyPalfrey1995",
        note="lambda: how nearly the best share is always chosen",
    )
    decision_days: float = quantity(
        -0.5,
        unit="days",
        low=-2,
        high=-0.1,
        lt=0.25,
        note="when it is decided, counted from the polling day",
    )


class Stop(Section):
    """Stop of transmission: its chance where the government is behind, and what it does."""

    chance: float = share(
        0.28624,
        low=0.1,
        high=0.55,
        gt=0,
        lt=1,
        drawn=beta(3.0, 7.0),
        base_rate="transmission_stopped",
        note="where the own count shows a loss; 3 of about 10 disputed counts of the region were "
        "stopped",
    )
    ahead: float = quantity(
        -2.2, unit="logit", low=-4, high=0, note="what being ahead adds to its log odds"
    )
    decision_hours: float = quantity(
        0.48, unit="hours", low=0.2, high=1, gt=0, note="when it is decided, after the close"
    )
    earliest_days: float = quantity(
        0.02, unit="days", low=0.02, high=0.05, ge=0, note="earliest stop after the close"
    )
    latest_days: float = quantity(
        0.15,
        unit="days",
        low=0.1,
        high=0.3,
        ge=0,
        note="latest stop after the close; one that comes after the first bulletin does not happen",
    )
    copies_factor: float = share(0.95, low=0.85, high=1.0, note="factor on copies handed over")


class Conduct(Section):
    """How the election is conducted.

    `available` lists the measures that this government can take at all.
    """

    available: tuple[str, ...] = choice((), note="measures that can be taken: empty means none")
    expulsion_available: bool = choice(False, note="whether witnesses can be kept out")
    stop_available: bool = choice(False, note="whether transmission can be stopped")
    measures: Measures = choice(Measures())
    rationality: float = quantity(
        4.0,
        unit="1",
        low=2,
        high=6,
        ge=0,
        source="McKelveyPalfrey1995",
        note="lambda: how nearly a measure that pays is always taken",
    )
    expulsion: Expulsion = choice(Expulsion())
    stop: Stop = choice(Stop())
    observer_strength: float = share(
        0.3, low=0.05, high=0.6, note="strength of observation on the as-of day, 0 to 1"
    )
    broad_observation: bool = choice(False, note="whether a large international mission comes")
    broad_gain: float = share(
        0.35, low=0.1, high=0.6, note="observer strength added by broad observation"
    )
    withdrawal_loss: float = share(
        0.20, low=0.05, high=0.4, note="observer strength lost with a withdrawn invitation"
    )
    accreditation_factor: float = share(
        0.90, low=0.7, high=1.0, note="witnesses left where accreditation is obstructed"
    )
    postponement_days: float = quantity(
        60.0,
        unit="days",
        low=30,
        high=180,
        gt=8,
        note="by which a postponement moves the vote, then on to the same day of the week",
    )
    restore_until_day: float = quantity(
        -7.0, unit="days", low=-14, high=-7, le=-0.5, note="the old date can return until then"
    )
    detentions_step: float = quantity(
        10.0, unit="points", low=0, high=25, ge=0, note="status quo of detentions lost by arrests"
    )

    @model_validator(mode="after")
    def _available_measures_have_terms(self) -> Self:
        missing = [key for key in self.available if getattr(self.measures, key, None) is None]
        if missing:
            raise ValueError(
                f"measures without terms: {', '.join(missing)}; give conduct.measures.<measure> "
                "for each"
            )
        return self
