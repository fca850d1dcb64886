"""Section `manipulations`: one subsection for each irregularity that a scenario may switch on; all
are off by default.

Intensities at 0 leave every number as it was, bit for bit. `beneficiary` is a candidate's key;
empty, it is the contest's incumbent (for `forged_copies`, which the collecting party does, the
challenger).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Strict

from sim.records.parameters.base import Section, choice, quantity, share

Names = Annotated[tuple[str, ...], Strict(False)]  # TOML knows lists only
Target = Literal["even", "support", "small_first"]


class Irregularity(Section):
    """What all manipulations have."""

    enabled: bool = choice(False, note="whether this manipulation happens")
    beneficiary: str = choice(
        "", note="key of the candidate whom it serves; empty: the contest's incumbent"
    )


class Targeted(Irregularity):
    """A manipulation that picks tables: exponential tilt exp(slope x score), score as `target`
    says.
    """

    target: Target = choice(
        "support",
        note="score: known past support of the beneficiary (logit), small tables, or none",
    )
    slope: float = quantity(
        0.5, unit="1", low=0.0, high=2.0, ge=-10, le=10, note="strength of the tilt; 0 picks evenly"
    )


class BallotStuffing(Targeted):
    """Incremental and extreme stuffing and switching (Klimek et al. 2012)."""

    incremental_share: float = share(
        0.10, low=0.0, high=0.8, note="f_i: tables with incremental stuffing"
    )
    extreme_share: float = share(0.01, low=0.0, high=0.1, note="f_e: tables with extreme stuffing")
    spread: float = quantity(
        0.25,
        unit="share",
        low=0.0,
        high=0.6,
        ge=0,
        le=1,
        note="theta: size of incremental stuffing",
    )
    alpha: float = quantity(
        1.5, unit="1", low=1.0, high=4.0, ge=1, le=20, note="exponent: switching is x to this power"
    )
    switching: bool = choice(True, note="whether votes are switched beside those that are added")


class Eforensics(Targeted):
    """Manufactured and stolen votes in two classes (Ferrari, McAlister, Mebane and Wu, qbl
    model).
    """

    incremental_share: float = share(
        0.10, low=0.0, high=0.6, note="pi_2: tables with incremental irregularity"
    )
    extreme_share: float = share(
        0.01, low=0.0, high=0.1, note="pi_3: tables with extreme irregularity"
    )
    incremental_limit: float = share(
        0.5, low=0.1, high=0.5, source="Ferrari2019", note="k: iota is uniform in 0 to k"
    )
    extreme_floor: float = share(
        0.8, low=0.7, high=0.95, source="Ferrari2019", note="chi is uniform in this to 1"
    )
    manufactured: float = share(
        1.0, low=0.0, high=1.0, note="multiplies iota and chi for abstainers"
    )
    stolen: float = share(
        1.0, low=0.0, high=1.0, note="multiplies iota and chi for the other candidates' votes"
    )


class VoteSwitching(Targeted):
    """Votes of others recorded for the beneficiary by the machine."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables at which votes are switched")
    size_low: float = share(
        0.20, low=0.0, high=0.4, note="least share of the other votes that is switched"
    )
    size_high: float = share(
        0.60, low=0.4, high=1.0, note="largest share of the other votes that is switched"
    )


class SlowService(Irregularity):
    """Service slowed and opening delayed where the beneficiary is believed to be weak; needs
    patience on.
    """

    f: float = share(0.20, low=0.0, high=0.5, note="share of tables at which service is slowed")
    slope: float = quantity(
        2.0,
        unit="1",
        low=0.0,
        high=5.0,
        ge=-10,
        le=10,
        note="tilt to tables of weak support (logit)",
    )
    factor: float = quantity(
        1.5, unit="1", low=1.0, high=3.0, ge=1, le=20, note="service time is multiplied by this"
    )
    opening_delay_minutes: float = quantity(
        60.0,
        unit="minutes",
        low=0,
        high=180,
        ge=0,
        le=720,
        note="minutes by which the affected tables open later",
    )


class WitnessExpulsion(Irregularity):
    """Witnesses (and observers) turned out before the count."""

    f: float = share(
        0.05, low=0.0, high=0.6, note="share of tables from which witnesses are kept out"
    )
    slope: float = quantity(
        2.0,
        unit="1",
        low=0.0,
        high=6.0,
        ge=-20,
        le=20,
        note="tilt in the known share of the beneficiary",
    )
    small_slope: float = quantity(
        0.3, unit="1", low=0.0, high=1.0, ge=-5, le=5, note="tilt in -ln register"
    )
    observers: bool = choice(True, note="whether quick-count observers are turned out with them")


class SheetRefusal(Irregularity):
    """The copy of the sheet is refused to the witness."""

    f: float = share(
        0.05, low=0.0, high=0.6, note="share of tables at which no copy is handed over"
    )
    slope: float = quantity(
        2.0,
        unit="1",
        low=0.0,
        high=6.0,
        ge=-20,
        le=20,
        note="tilt in the known share of the beneficiary",
    )
    small_slope: float = quantity(
        0.3, unit="1", low=0.0, high=1.0, ge=-5, le=5, note="tilt in -ln register"
    )


class SheetAlteration(Targeted):
    """The sheet is altered after the count and before transmission."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables, before the multiplier")
    size_low: float = share(
        0.20, low=0.0, high=0.4, note="least share of the other votes that is moved"
    )
    size_high: float = share(
        0.60, low=0.4, high=1.0, note="largest share of the other votes that is moved"
    )
    unwitnessed_multiplier: float = quantity(
        4.0,
        unit="1",
        low=1.0,
        high=10.0,
        ge=1,
        le=100,
        source="Cantu2019",
        note="f is multiplied where no witness is inside",
    )
    collusion: float = share(
        0.0, low=0.0, high=1.0, note="probability that the copies show the altered numbers too"
    )


class ForgedCopies(Targeted):
    """The party that collects copies forges some and withholds others in favour of its own
    candidate.
    """

    f: float = share(0.05, low=0.0, high=0.3, note="share of copies that are forged")
    size_low: float = share(
        0.05, low=0.0, high=0.3, note="least share of the other votes that is moved on a copy"
    )
    size_high: float = share(
        0.30, low=0.1, high=0.6, note="largest share of the other votes that is moved on a copy"
    )
    withheld_share: float = share(
        0.10, low=0.0, high=0.8, note="share withheld of the copies on which its candidate lost"
    )


class TransmissionStop(Irregularity):
    """No result is received after a minute, for good or until the channel is opened again."""

    f: float = share(
        1.0, low=0.0, high=1.0, note="share of the tables named by `states` that are cut off"
    )
    after_close_minutes: float = quantity(
        180.0,
        unit="minutes",
        low=0,
        high=780,
        ge=0,
        le=5000,
        note="minutes after the close at which transmission stops",
    )
    resume_after_minutes: float | None = quantity(
        None, unit="minutes", ge=0, le=20000, note="after the close; none: it never resumes"
    )
    states: Names = choice((), note="states cut off; none named: all")


class TabulationOverride(Irregularity):
    """Tabulated totals differ from the sheets received: a share of the other votes is credited to
    the beneficiary.
    """

    delta: float = share(
        0.10, low=0.0, high=0.5, note="share of the other votes that is moved at each table"
    )
    wanted_lead: float | None = quantity(
        None,
        unit="share",
        ge=-1,
        le=1,
        note="lead of the beneficiary over the next; if given, delta is solved for it",
    )
    states: Names = choice((), note="states where rows differ; none named: all")


class PhantomTables(Irregularity):
    """Rows in the tabulation behind which no polling table stands."""

    count: int = quantity(
        200, unit="tables", low=0, high=2000, ge=0, le=2000, note="tables that exist on paper only"
    )
    registered: int = quantity(
        600, unit="voters", low=200, high=1000, ge=1, le=10000, note="register of each of them"
    )
    turnout: float = share(0.85, low=0.6, high=1.0, note="turnout written for each of them")
    beneficiary_share: float = share(
        0.90, low=0.6, high=1.0, note="share of their votes written for the beneficiary"
    )


class RegisterPadding(Targeted):
    """Entries of nobody in the register, before the polling day."""

    f: float = share(0.05, low=0.0, high=0.5, note="share of tables whose register is padded")
    size: float = share(0.05, low=0.0, high=0.3, note="entries added over the table's register")


class FabricatedTotals(Irregularity):
    """Totals announced that no table results stand behind: shares chosen on a grid, votes computed
    from them.
    """

    weight: float = share(
        1.0, low=0.0, high=1.0, note="0: as tabulated; 1: wholly the wanted shares"
    )
    wanted_lead: float = quantity(
        0.07, unit="share", low=0.0, high=0.3, ge=-1, le=1, note="beneficiary over the next"
    )
    share_grid: float = quantity(
        0.001, unit="share", low=0.0001, high=0.01, gt=0, le=0.1, note="shares are multiples of it"
    )
    total_votes: int | None = quantity(
        None, unit="votes", ge=1, note="valid votes announced; none: as tabulated"
    )


class Displacement(Section):
    """Tables with an observer are avoided, their neighbours get more (Ghana 2012)."""

    enabled: bool = choice(False, note="whether table-level manipulations react to observers")
    k: float = share(
        0.60,
        low=0.2,
        high=0.9,
        source="Asunka2019",
        note="probability falls by this share where observed",
    )
    s: float = quantity(
        0.75,
        unit="1",
        low=0.0,
        high=1.5,
        ge=0,
        le=50,
        source="Asunka2019",
        note="it rises by this nearby",
    )
    conserve: bool = choice(
        False, note="s is solved so that the expected number of tables stays the same"
    )


class Manipulations(Section):
    """All irregularities, and how well their authors know the country."""

    known_sd: float = quantity(
        0.20, unit="logit", low=0.0, high=0.5, ge=0, le=5, note="error of the known past support"
    )
    ballot_stuffing: BallotStuffing = BallotStuffing()
    displacement: Displacement = Displacement()
    eforensics: Eforensics = Eforensics()
    fabricated_totals: FabricatedTotals = FabricatedTotals()
    forged_copies: ForgedCopies = ForgedCopies()
    phantom_tables: PhantomTables = PhantomTables()
    register_padding: RegisterPadding = RegisterPadding()
    sheet_alteration: SheetAlteration = SheetAlteration()
    sheet_refusal: SheetRefusal = SheetRefusal()
    slow_service: SlowService = SlowService()
    tabulation_override: TabulationOverride = TabulationOverride()
    transmission_stop: TransmissionStop = TransmissionStop()
    vote_switching: VoteSwitching = VoteSwitching()
    witness_expulsion: WitnessExpulsion = WitnessExpulsion()
