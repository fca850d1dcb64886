"""What the value of election night needs once for a set of parameters: days, protest, outlook."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv

from sim.models.strategy.after.command import Outlook, tabulate
from sim.models.strategy.after.streets import basis_paths, evidence_share
from sim.records.decisions.night import Anticipated
from sim.records.parameters.root import Parameters

Floats = NDArray[np.float64]

LEAST_DAYS = 30.0
STRATA = 6
RELIEF_LOST_FROM = 10.0
CERTIFIED_FROM = 16.0


@dataclass(frozen=True, slots=True, eq=False)
class NightTables:
    """Day grid and what moves with the day, (D,) each, for rates that hold from a day to the next.

    days, lengths: days. evidence, recognised: how much of either is out, 0 to 1. relief_lost,
    certified: 0 to 1. protest: (2, 2, D), not repressed and repressed, constant outrage and ramp.
    frailty: (6,).
    """

    days: Floats
    lengths: Floats
    evidence: Floats
    recognised: Floats
    relief_lost: Floats
    certified: Floats
    protest: Floats
    frailty: Floats
    outlook: Outlook


def night_tables(p: Parameters, days: float, known: Anticipated) -> NightTables:
    """Return the tables for these parameters, to the inauguration `days` after the announcement."""
    grid, lengths = day_grid(max(days, LEAST_DAYS))
    return NightTables(
        days=grid,
        lengths=lengths,
        evidence=evidence_share(grid),
        recognised=_ramp(grid, p.aftermath.early_days, p.aftermath.limit_days),
        relief_lost=(grid >= RELIEF_LOST_FROM).astype(np.float64),
        certified=certified_share(grid, p, known),
        protest=protest_paths(grid, p, known),
        frailty=frailty_strata(p.streets.frailty_shape),
        outlook=tabulate(p.command),
    )


def day_grid(end: float) -> tuple[Floats, Floats]:
    """Return (first days, lengths in days) of the steps to the end: 1 day to day 12, then 4, then
    14.
    """
    edges = np.concatenate((np.arange(12), np.arange(12, 40, 4), np.arange(40, end, 14), [end]))
    edges = np.concatenate((edges[edges < end], [end]))
    return edges[:-1], np.diff(edges)


def _ramp(day: Floats, first: float, last: float) -> Floats:
    return np.clip((day - first) / (last - first), 0.0, 1.0)


def certified_share(day: Floats, p: Parameters, known: Anticipated) -> Floats:
    """Return the chance that the court has certified by each day."""
    rules, limit = p.court, p.aftermath.limit_days
    nobody = (1 - rules.petition_incumbent) * (1 - rules.petition_challenger)
    asked = 1 - nobody if known.petition is None else float(known.petition)
    early, late = rules.certify, max(rules.certify, rules.certify_in_the_end)
    if known.certified is not None:
        early = late = float(known.certified)
    later = _ramp(day, limit, max(float(day[-1]), limit + 1))
    return np.where(day < CERTIFIED_FROM, 0.0, asked * (early + (late - early) * later))


def protest_paths(day: Floats, p: Parameters, known: Anticipated) -> Floats:
    """Return mean expected protests a day over the last week, at full outrage, (2, 2, D)."""
    called = p.streets.mobilise_expected if known.mobilised is None else float(known.mobilised)
    paths = basis_paths(int(day[-1]) + 1, p.command.protest_days, called, p.streets)
    none = 0.0 if known.protest is False else 1.0
    return none * paths[:, :, day.astype(np.int64)]


def frailty_strata(shape: float) -> Floats:
    """Return the middles of six equally likely strata of Gamma(shape), rescaled to mean 1."""
    middles = gammaincinv(shape, (np.arange(STRATA) + 0.5) / STRATA)
    return np.asarray(middles / middles.mean(), dtype=np.float64)
