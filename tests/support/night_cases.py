"""Situations of election night as inputs, and the parameters at their medians."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.models.strategy.night.night_inputs import NightInputs, NightValues
from sim.models.strategy.night.night_value import night_value
from sim.records.decisions.night import Anticipated, Stance
from sim.records.parameters.root import Parameters
from tests.slow_twins.night_case import Case
from tests.support.strategy_case import parameters

MEDIANS = {"command__years_in_office": 0.0}
MEMBERS = (
    Stance("critical", 0.45),
    Stance("guarded", 0.15),
    Stance("critical", 0.20, 0.6),
    Stance("patient", 0.20),
)
NAMES = ("lead", "copies", "loyalty", "guarantees", "price", "opinion", "opinion_lead")


def inputs(cases: Sequence[Case], known: Anticipated | None = None, **to: float) -> NightInputs:
    """Return the situations at the medians of X and v; `to` sets a column to one value."""
    size = len(cases)
    rows: dict[str, Any] = {name: np.array([getattr(c, name) for c in cases]) for name in NAMES}
    constant = {"delays": 0.0, "stopped": 0.0, "exit_cost": 0.324037, "value": 0.2, "audited": 0.0}
    rows |= {name: np.full(size, value) for name, value in (constant | to).items()}
    made = NightInputs(
        **rows,
        credibility=np.array([c.credibility for c in cases]),
        reach=np.array([c.reach for c in cases]),
        members=MEMBERS,
        days=float(cases[0].days),
    )
    return made if known is None else replace(made, anticipated=known)


def value(
    cases: Sequence[Case],
    known: Anticipated | None = None,
    p: Parameters | None = None,
    **to: float,
) -> NightValues:
    """Return the value of the night in these situations, at the medians unless `p` is given."""
    return night_value(inputs(cases, known, **to), p or parameters(**MEDIANS))
