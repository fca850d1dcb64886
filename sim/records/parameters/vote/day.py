"""Election day at the polling table: opening, arrivals, service, failures, patience, and how finely
queues are computed.

The hours open are the calendar's (closing minus opening minute). All values are assumptions with a
study range: before the vote nobody had published a service time or an arrival profile for a
national day.
"""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.records.parameters.base import Section, choice, quantity, share


class Opening(Section):
    """Delay of a table's opening: 0, or lognormal and capped."""

    late_share: float = share(0.50, low=0.3, high=0.8, note="probability that a table opens late")
    median_minutes: float = quantity(
        30.0, unit="minutes", low=15, high=60, gt=0, le=600, note="of the late tables"
    )
    sigma: float = quantity(
        0.9, unit="1", low=0.6, high=1.2, ge=0, le=3, note="sd of the log delay"
    )
    cap_minutes: float = quantity(
        240.0,
        unit="minutes",
        low=180,
        high=360,
        gt=0,
        le=720,
        note="latest opening of a table after the legal hour",
    )


class Failures(Section):
    """A failure of a table's machine: no service starts while it lasts."""

    table_share: float = share(
        0.05, low=0.01, high=0.15, note="probability of one failure at a table"
    )
    latest_start_share: float = share(
        5 / 6, low=0.65, high=1.0, gt=0, note="latest start of a failure, as a share of open time"
    )
    median_minutes: float = quantity(
        40.0, unit="minutes", low=20, high=80, gt=0, le=600, note="median length of a failure"
    )
    sigma: float = quantity(
        0.8, unit="1", low=0.5, high=1.2, ge=0, le=3, note="sd of the log length"
    )


class Patience(Section):
    """Whether voters leave a long line: on arrival, when the wait before her is longer than her
    patience.
    """

    on: bool = choice(
        False, note="off: everybody who comes votes; slow_service needs it on to change votes"
    )
    median_minutes: float = quantity(
        150.0,
        unit="minutes",
        low=90,
        high=300,
        gt=0,
        le=1440,
        note="median wait after which a voter leaves the line",
    )
    sigma: float = quantity(
        0.6, unit="1", low=0.4, high=0.9, ge=0, le=3, note="sd of the log patience"
    )


class Surface(Section):
    """The interpolation surface of an ensemble: its grid of loads and opening delays, and its
    size.
    """

    load_high: float = quantity(
        2.0,
        unit="1",
        low=1.5,
        high=2.5,
        gt=0.2,
        le=3.0,
        note="grid from .20; beyond it the last value",
    )
    load_step: float = quantity(
        0.05, unit="1", low=0.02, high=0.1, gt=0.005, le=0.2, note="step of the grid in load"
    )
    delay_high_minutes: float = quantity(
        240.0,
        unit="minutes",
        low=180,
        high=420,
        gt=0,
        le=720,
        note="largest opening delay of the grid",
    )
    delay_step_minutes: float = quantity(
        15.0,
        unit="minutes",
        low=5,
        high=30,
        gt=0.5,
        le=120,
        note="step of the grid in opening delay",
    )
    tables: int = quantity(
        200, unit="tables", low=100, high=400, ge=20, le=5000, note="tables simulated at each node"
    )
    closing_sigma: float = quantity(
        0.5, unit="1", low=0.3, high=0.8, ge=0, le=2, note="sd of one table's log overrun"
    )


class Day(Section):
    """The polling day at a table."""

    level: Literal["surface", "kernel"] = choice(
        "surface", note="surface: interpolated, for ensembles; kernel: every voter"
    )
    arrival_weights: tuple[float, ...] = choice(
        (0.14, 0.14, 0.13, 0.12, 0.11, 0.09, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02),
        note="shares of voters arriving in equal slices of the hours open; rescaled to sum 1",
    )
    service_mean_seconds: float = quantity(
        55.0,
        unit="seconds",
        low=40,
        high=90,
        ge=1,
        le=3600,
        note="at the bottleneck; the day tips between 60 and 75",
    )
    service_cv: float = quantity(
        0.5, unit="1", low=0.3, high=1.0, ge=0, le=3, note="sd over mean, lognormal"
    )
    machines: int = quantity(
        1, unit="machines", low=1, high=2, ge=1, le=100, note="voting machines at each table"
    )
    opening: Opening = Opening()
    failures: Failures = Failures()
    patience: Patience = Patience()
    surface: Surface = Surface()

    @model_validator(mode="after")
    def _weights_are_a_profile(self) -> Day:
        if (
            not self.arrival_weights
            or min(self.arrival_weights) < 0
            or sum(self.arrival_weights) <= 0
        ):
            raise ValueError(
                "arrival_weights: write at least one weight, none negative, their sum above 0"
            )
        return self
