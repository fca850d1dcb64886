"""The electorate: `[frame]`, `[support]`, `[turnout]` and `[ballot]` (docs/model/election_day.md,
sections 1 and 2).

What holds for one case only has no default here. What differs less between countries has a general
one, for a country of which nothing else is known; a case that knows better writes its own.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Strict, model_validator

from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.parameters.drawn import log_uniform

Curve = Annotated[tuple[float, ...], Strict(False)]  # TOML knows lists only


class FrameColumns(Section):
    """Names of the columns of a user's own frame file; an empty name means that the file has no
    such column.
    """

    table_id: str = choice("table_id", note="column with the code of the polling table")
    centre_id: str = choice("centre_id", note="column with the code of the polling centre")
    state: str = choice("state", note="column with the state or region")
    parish: str = choice(
        "parish", note="column with the parish, the level between state and centre"
    )
    registered: str = choice(
        "registered", note="column with the voters on the register of the table"
    )
    past_share: str = choice(
        "past_share", note="incumbent camp's two-party share in an earlier election; may be absent"
    )
    past_turnout: str = choice(
        "past_turnout", note="column with turnout in the reference election; may be absent"
    )
    lat: str = choice("lat", note="column with the latitude of the centre; may be absent")
    lon: str = choice("lon", note="column with the longitude of the centre; may be absent")
    scan_zone: str = choice("scan_zone", note="may be absent: zones are blocks of parishes")


class FrameParameters(Section):
    """The register of polling tables: a user's file, or a synthesis from the state table."""

    seed: int = quantity(
        1,
        unit="1",
        ge=0,
        note="the frame is a fixed thing of the case: it does not vary by replicate",
    )
    file: str = choice(
        "",
        note="a frame file beside the scenario or in the seed; empty: synthesise from the state "
        "table",
    )
    columns: FrameColumns = choice(FrameColumns(), note="names of the columns of `file`")
    totals: Literal["states", "own"] = choice(
        "states", note="own: the file's totals need not agree with the state table"
    )
    size_curve_q: Curve = choice(
        (0.0, 0.05, 0.25, 0.50, 0.75, 0.95, 1.0),
        note="probabilities at which the curve of log centre size is given, 0 to 1",
    )
    size_curve_z: Curve = choice(
        (-2.4, -1.6, -0.7, 0.0, 0.7, 1.6, 2.2),
        note="standardised log centre size at these probabilities",
    )
    size_sd: float = quantity(
        1.0,
        unit="log voters",
        gt=0,
        le=3,
        low=0.90,
        high=1.15,
        note="spread of log centre size inside a state",
    )
    centre_min_voters: float = quantity(
        40.0, unit="voters", ge=1, low=20, high=80, note="smallest centre of the synthetic register"
    )
    centre_max_voters: float = quantity(
        9000.0,
        unit="voters",
        ge=1,
        low=7000,
        high=12000,
        note="largest centre of the synthetic register",
    )
    table_max_voters: float = quantity(
        1000.0,
        unit="voters",
        ge=1,
        low=500,
        high=1500,
        note="most voters of a table of the synthetic register: laws set some 500 to 1,500; larger "
        "centres have several tables",
    )
    table_sd: float = quantity(
        0.04, unit="1", ge=0, le=0.3, note="relative spread of table registers inside a centre"
    )
    parish_centres: float = quantity(8.0, unit="centres", gt=0, note="polling centres to a parish")
    zones: int = quantity(
        128, unit="zones", ge=1, le=4096, low=64, high=256, note="scan zones, blocks of parishes"
    )
    size_slope: float = quantity(
        -0.2, unit="logit per log voter", ge=-3, le=3, note="past support on log centre size"
    )
    parish_sd: float = quantity(
        0.35, unit="logit", ge=0, le=3, note="past support between parishes of a state"
    )
    small_centre_voters: float = quantity(
        400.0, unit="voters", ge=0, note="below it `small_centre_sd` holds"
    )
    small_centre_sd: float = quantity(
        0.55,
        unit="logit",
        ge=0,
        le=3,
        note="spread of past support among small centres, on the logit",
    )
    centre_sd: float = quantity(
        0.4,
        unit="logit",
        ge=0,
        le=3,
        note="spread of past support among the other centres, on the logit",
    )

    @model_validator(mode="after")
    def _curve(self) -> Self:
        q, z = self.size_curve_q, self.size_curve_z
        if (
            len(q) != len(z)
            or len(q) < 2
            or (q[0], q[-1]) != (0.0, 1.0)
            or list(q) != sorted(q)
            or list(z) != sorted(z)
        ):
            raise ValueError(
                "size_curve_q and size_curve_z must be rising, equally long, and q must run from "
                "0 to 1"
            )
        if self.centre_min_voters >= self.centre_max_voters:
            raise ValueError("centre_min_voters must lie below centre_max_voters")
        return self


class PollFamily(Section):
    """A family of poll houses: the support that its polls show before the election."""

    mean_logit: float = quantity(
        unit="logit", ge=-5, le=5, note="mean two-party logit of the incumbent in its polls"
    )
    error_sd: float = quantity(
        0.12, unit="logit", ge=0, le=2, note="standard error of that mean; one poll alone has none"
    )


class Support(Section):
    """National support and its geography. theta = incumbent's share of the two-party vote.

    The prior is that of the poll families, or `lead_mean` with `lead_sd`.
    """

    family_weight: float = share(
        0.0,
        low=0.0,
        high=0.5,
        note="weight of the government-aligned poll family; 0 takes the independent one",
    )
    independent: PollFamily | None = choice(None, note="the polls that pollsters of no side made")
    government: PollFamily | None = choice(None, note="the polls of pollsters near the government")
    lead_mean: float | None = quantity(
        None,
        unit="share",
        ge=-0.9,
        le=0.9,
        note="central lead, challenger minus incumbent; given, it takes the place of the polls",
    )
    lead_sd: float | None = quantity(
        None, unit="logit", ge=0, le=3, note="spread on the logit beside lead_mean; no other error"
    )
    common_error_sd: float = quantity(
        0.26,
        unit="logit",
        ge=0,
        le=2,
        low=0.15,
        high=0.45,
        source="JenningsWlezien2018",
        drawn=log_uniform(0.15, 0.45),
        base_rate="poll_errors",
        note="scale of the error common to all polls, a Student t with 4 degrees of freedom",
    )
    walk_sd: float = quantity(
        0.018,
        unit="logit per root day",
        ge=0,
        le=0.5,
        low=0.01,
        high=0.04,
        note="daily step by which the national logit of support drifts up to the vote",
    )
    rho: float = quantity(
        0.70, unit="1", ge=0, le=1.5, low=0.40, high=1.00, note="slope of support on past support"
    )
    state_sd: float = quantity(
        0.20,
        unit="logit",
        ge=0,
        le=2,
        low=0.10,
        high=0.35,
        note="spread of the change since the reference election between states, on the logit",
    )
    centre_sd: float = quantity(
        0.25,
        unit="logit",
        ge=0,
        le=2,
        low=0.15,
        high=0.45,
        note="spread of that change between centres of one state, on the logit",
    )
    table_dispersion: float = quantity(
        1.15,
        unit="1",
        ge=1,
        le=5,
        low=1.0,
        high=1.4,
        note="within-centre chi-square per degree of freedom of the share",
    )

    @model_validator(mode="after")
    def _one_prior(self) -> Self:
        if (self.lead_mean is None) != (self.lead_sd is None):
            raise ValueError("lead_mean and lead_sd belong together; give both, or polls instead")
        if self.lead_mean is None and self.independent is None:
            raise ValueError(
                "no prior: give independent = { mean_logit = ... }, a poll as a fact, or lead_mean "
                "and lead_sd"
            )
        return self


class Turnout(Section):
    """National turnout and its geography."""

    present_share: float = share(
        0.85,
        gt=0,
        lt=1,
        low=0.70,
        high=0.86,
        note="central share of the register that is in the country or able to vote",
    )
    present_sd: float = quantity(
        0.25,
        unit="logit",
        ge=0,
        le=2,
        low=0.15,
        high=0.40,
        note="uncertainty about the voters who are in the country, on the logit",
    )
    participation_share: float = share(
        gt=0, lt=1, low=0.62, high=0.85, note="central turnout of those present"
    )
    participation_sd: float = quantity(
        0.35,
        unit="logit",
        ge=0,
        le=2,
        low=0.20,
        high=0.50,
        note="uncertainty about how many of those take part, on the logit",
    )
    abroad_share: float = share(
        0.5, lt=1, low=0.40, high=0.80, note="turnout of voters abroad; 0: none votes abroad"
    )
    state_sd: float = quantity(
        0.1,
        unit="logit",
        ge=0,
        le=2,
        low=0.05,
        high=0.30,
        note="spread of turnout between states, on the logit",
    )
    size_slope: float = quantity(
        -0.15,
        unit="logit per log voter",
        ge=-1,
        le=1,
        low=-0.30,
        high=0.0,
        note="change of turnout on the logit for each unit of the log of a centre's register",
    )
    support_slope: float = quantity(
        0.0,
        unit="logit per logit",
        ge=-1,
        le=1,
        low=-0.15,
        high=0.25,
        note="change of turnout on the logit for each unit of the incumbent's logit of support",
    )
    centre_sd: float = quantity(
        0.22,
        unit="logit",
        ge=0,
        le=2,
        low=0.15,
        high=0.45,
        note="spread of turnout between centres of one state, on the logit",
    )
    table_dispersion: float = quantity(
        1.2,
        unit="1",
        ge=1,
        le=5,
        low=1.0,
        high=1.6,
        note="within-centre chi-square per degree of freedom of turnout",
    )


class Ballot(Section):
    """Small candidates and invalid votes."""

    small_share: float = share(
        0.04,
        lt=1,
        low=0.02,
        high=0.12,
        note="central share of valid votes of all small candidates; 0 where the ballot has none",
    )
    small_sd: float = quantity(
        0.40,
        unit="logit",
        ge=0,
        le=2,
        low=0.20,
        high=0.60,
        note="uncertainty about the small candidates' total, on the logit",
    )
    split_sd: float = quantity(
        0.30, unit="log", ge=0, le=2, low=0.10, high=0.60, note="spread of the split among them"
    )
    invalid_share: float = share(0.008, low=0.002, high=0.01, lt=0.5, note="share of ballots cast")
    lookup_ballots: int | None = quantity(
        None,
        unit="ballots",
        ge=128,
        le=4000,
        note="usual ballots at a table; none: from the register and central turnout",
    )
