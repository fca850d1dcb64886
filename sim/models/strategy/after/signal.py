"""The public signal: what everybody without the authority's own count infers from what is public.

After Fearon 2011, Little 2012, Little, Tucker and LaGatta 2015, Hyde and Marinov 2014; silence
speaks (Milgrom 1981). The equations are this project's reduction (docs/model/night.md). All
functions take numbers or arrays that broadcast. Leads are challenger minus incumbent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.records.parameters.after.signal import Signal

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class PublicEvidence:
    """What is public of an announced result.

    published: copies published over tables, 0 to 1. copies_lead: lead in them; without one 0.
    verdicts: sum of the credibilities of statements, negative ones counted positive. tables: +1
    overdue, -1 out, 0 before the limit. altered, stopped, certified: 0 or 1.
    """

    published: ArrayLike = 0.0
    copies_lead: ArrayLike = 0.0
    verdicts: ArrayLike = 0.0
    tables: ArrayLike = 0.0
    altered: ArrayLike = 0.0
    delays: ArrayLike = 0.0
    stopped: ArrayLike = 0.0
    certified: ArrayLike = 0.0


def expit(x: ArrayLike) -> Floats:
    """Return L(x) = 1 / (1 + exp(-x)), safe for large |x|."""
    return np.asarray(0.5 + 0.5 * np.tanh(0.5 * np.asarray(x, dtype=np.float64)))


def prior_log_odds(opinion: ArrayLike, p: Signal) -> Floats:
    """Return z0 of a public that believes with probability `opinion` that the challenger leads."""
    held = np.clip(np.asarray(opinion, dtype=np.float64), 1e-12, 1 - 1e-12)
    polls = np.clip(np.log(held / (1 - held)), -p.polls_most, p.polls_most)
    return np.asarray(p.prior_constant + p.polls_weight * polls)


def log_odds(prior: ArrayLike, e: PublicEvidence, p: Signal) -> Floats:
    """Return z, the log odds that the announced winner did not win, given the evidence."""
    published = np.asarray(e.published, dtype=np.float64)
    clear = np.clip(np.asarray(e.copies_lead) / p.copies_clear, -1.0, 1.0)
    contradicted = np.asarray(e.altered) * (clear > 0)
    return np.asarray(
        np.asarray(prior)
        + published * (p.copies_weight * clear + p.exposure_weight * contradicted)
        + p.verdict_weight * np.asarray(e.verdicts)
        + p.tables_weight * np.asarray(e.tables)
        + p.delay_weight * np.asarray(e.delays)
        + p.stop_weight * np.asarray(e.stopped)
        - p.court_weight * np.asarray(e.certified)
    )


def belief(prior: ArrayLike, z: ArrayLike, annulled: ArrayLike, p: Signal) -> Floats:
    """Return B, the share of the public convinced that the announced winner did not win."""
    read = (1 - p.reach) * expit(prior) + p.reach * expit(z)
    return np.where(annulled, p.annul_belief, read)


def outrage(
    convinced: ArrayLike,
    published: ArrayLike,
    copies_lead: ArrayLike,
    opinion_lead: ArrayLike,
    p: Signal,
) -> Floats:
    """Return A in 0 to 1: belief times how clear the lead looks, in the copies if enough of them
    are published, else in the public's own mean.
    """
    seen = np.where(np.asarray(published) >= p.copies_least, copies_lead, opinion_lead)
    return np.asarray(np.asarray(convinced) * np.clip(seen / p.lead_scale, 0.0, 1.0))
