"""What can be checked only once the register and the ballot of a case are there: do its numbers fit
them?
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import InputError, Problem
from sim.models.electorate.support import central_others
from sim.records.vote.contest import Contest
from sim.scenario.load import Resolved


def check_fit(resolved: Resolved, contest: Contest) -> None:
    """Raise InputError with every number that does not fit the ballot."""
    problems = list(_lead(resolved, contest))
    if problems:
        raise InputError(problems)


def _lead(resolved: Resolved, contest: Contest) -> Iterator[Problem]:
    p = resolved.scenario
    lead, left = p.support.lead_mean, 1 - central_others(p.ballot, contest)
    if lead is not None and abs(lead) >= left:
        said = f"a lead of {lead:g} where others leave {left:.3g} of the votes to the two"
        where = ("support", "lead_mean")
        yield resolved.problem(where, said, f"between -{left:.3g} and {left:.3g}")
