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
    _check_read(found)
    audited = np.where(found.read, found.audited, found.reported)
    taints = macro.errors(found.reported, audited, found.winner) * found.margin / found.weights
    taints = np.minimum(taints, 1.0)  # at most 1 by the bounds; more is rounding
    log_risk = float(macro.log_risk(np.repeat(taints, found.times), found.total_bound)[-1])
    complete, risk = bool(found.read.all()), float(np.exp(min(log_risk, 0.0)))
    if complete:
        risk = float(not macro.stands(audited, found.winner))
    return Measured(
        method=METHOD,
        winner=found.names[found.winner],
        risk_limit=risk_limit,
        attained_risk=risk,
        drawn=int(found.times.sum()),
        unit="batches",
        notes=_notes(found, audited, taints),
        next_round=None
        if complete or risk <= risk_limit
        else next_batches(found, risk_limit, log_risk),
    )


def _check_read(found: Batches) -> None:
    waiting = [found.labels[k] for k in np.flatnonzero((found.times > 0) & ~found.read)]
    words = "" if found.read.any() else "no batch was audited"
    if waiting:
        words = f"{len(waiting)} drawn batches have no audited votes, {waiting[0]!r} first"
    if words:
        hint = "fill in the columns `audited NAME` of every drawn batch"
        raise InputError(Problem(words, found.file, hint=hint))


def _notes(found: Batches, audited: macro.Counts, taints: macro.Floats) -> tuple[str, ...]:
    differ, read = int((audited != found.reported).any(axis=0).sum()), int(found.read.sum())
    largest = taints[found.read].max()
    notes = [f"{differ} of {read} batches differ, largest taint {largest:.3g}"]
    if read == len(found.labels):
        notes.append("all batches were counted: the count is complete")
    return tuple(notes)


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
