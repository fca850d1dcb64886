"""Batches of an audit: reported votes and bounds from a CSV file, and what the audited ones attain
(MACRO).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Measured, NextRound
from sim.fieldwork.audit.batch_file import Batches, read_batches
from sim.fieldwork.audit.tally import check_risk_limit
from sim.models.audit import macro

METHOD = "MACRO batch comparison"


def measure_batches(path: Path, risk_limit: float, tally: dict[str, int] | None = None) -> Measured:
    """Return the attained risk of a batch comparison whose batches were drawn in proportion to
    their bounds, with replacement.

    Raises:
        InputError: as `read_batches`; a drawn batch that was not read.
    """
    check_risk_limit(risk_limit)
    found = read_batches(path, tally)
    waiting = [found.labels[k] for k in np.flatnonzero((found.times > 0) & ~found.read)]
    if waiting or not found.read.any():
        words = (
            f"{len(waiting)} drawn batches have no audited votes, {waiting[0]!r} first"
            if waiting
            else "no batch was audited"
        )
        raise InputError(
            Problem(
                words, path.name, hint="fill in the columns `audited NAME` of every drawn batch"
            )
        )
    audited = np.where(found.read, found.audited, found.reported)
    taints = np.minimum(
        macro.errors(found.reported, audited, found.winner) * found.margin / found.weights, 1.0
    )
    log_risk = float(macro.log_risk(np.repeat(taints, found.times), found.total_bound)[-1])
    complete = bool(found.read.all())
    risk = (
        float(not macro.stands(audited, found.winner))
        if complete
        else float(np.exp(min(log_risk, 0.0)))
    )
    differ = int((audited != found.reported).any(axis=0).sum())
    notes = [
        f"{differ} of {int(found.read.sum())} batches differ, "
        f"largest taint {taints[found.read].max():.3g}"
    ]
    notes += ["all batches were counted: the count is complete"] if complete else []
    done = complete or risk <= risk_limit
    return Measured(
        method=METHOD,
        winner=found.names[found.winner],
        risk_limit=risk_limit,
        attained_risk=risk,
        drawn=int(found.times.sum()),
        unit="batches",
        notes=tuple(notes),
        next_round=None if done else next_batches(found, risk_limit, log_risk),
    )


def next_batches(found: Batches, risk_limit: float, log_risk: float) -> NextRound:
    """Return further draws if no further error is found: the least number; audit tools add one
    batch to it.
    """
    left, more = (
        int((~found.read).sum()),
        macro.batches_needed(found.total_bound, risk_limit, log_risk),
    )
    if more is None or more >= left:
        return NextRound(left, None, True, "no smaller number is sure to be enough: count the rest")
    return NextRound(
        more,
        None,
        False,
        f"if no further batch differs; {more + 1} by the rule that adds one batch",
    )
