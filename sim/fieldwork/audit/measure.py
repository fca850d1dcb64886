"""Measure what a file holds: drawn ballots (a column `vote`) or batches (columns `reported
NAME`).
"""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, Problem
from sim.fieldwork.audit.answer import Measured
from sim.fieldwork.audit.ballots import METHODS, Question, measure_ballots
from sim.fieldwork.audit.batches import measure_batches
from sim.fieldwork.audit.cells import after, column, read_table
from sim.fieldwork.audit.tally import check_chance, nearest


def measure_file(path: Path, ask: Question) -> Measured:
    """Return the attained risk of the audit in a file; ask.tally: the reported votes, for batches
    they may be left out.

    Raises:
        InputError: an unknown method, a file of neither kind, drawn ballots without a reported
        tally, or what the kind finds wrong.
    """
    check_chance(ask.enough)
    if ask.method not in METHODS:
        words = f"no method {ask.method!r}{nearest(ask.method, list(METHODS))}"
        raise InputError(
            Problem(
                words, hint=f"methods for drawn ballots: {', '.join(METHODS)}; batches: MACRO alone"
            )
        )
    rows = read_table(path)
    if len(after(rows, "reported")) > 0:
        _check_options(ask, path.name)
        return measure_batches(path, ask.risk_limit, ask.tally or None)
    if column(rows, "vote") is None:
        words = "neither drawn ballots (a column `vote`) nor batches (columns `reported NAME`)"
        raise InputError(Problem(words, path.name, 1, 1, hint=f"columns: {', '.join(rows.header)}"))
    if not ask.tally:
        raise InputError(
            Problem(
                "the reported tally is missing", path.name, hint="--votes Ana=6000 --votes Bo=4000"
            )
        )
    return measure_ballots(path, ask)


def _check_options(ask: Question, file: str) -> None:
    """Raise for every option that batches do not read."""
    given = (
        (ask.method != "alpha", "--method", f"{ask.method!r} is for drawn ballots, MACRO decides"),
        (ask.ballots is not None, "--ballots", "their sizes stand in the column `bound`"),
        (ask.with_replacement, "--with-replacement", "they are always drawn with replacement"),
        (ask.chance is not None, "--chance", "the next round is the least number, not a chance"),
    )
    problems = [
        Problem(f"{option} is not read for batches: {why}", file, hint=f"leave {option} out")
        for wrong, option, why in given
        if wrong
    ]
    if problems:
        raise InputError(problems)
