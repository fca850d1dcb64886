"""What can be checked only once the register and the ballot of a case are there: do its numbers fit
them?
"""

from __future__ import annotations

from collections.abc import Iterator

from sim.errors import InputError, Problem
from sim.models.electorate.support import central_others
from sim.records.parameters.after.streets import REFERENCE_VOTERS
from sim.records.vote.contest import Contest
from sim.records.vote.register import Register
from sim.scenario.load import Resolved

DEFAULT = "default"
LEAST_SAMPLE = 2
FAR = 3.0
"""How many times larger or smaller a country is before a scaled default is worth a note."""


def check_fit(resolved: Resolved, register: Register, contest: Contest) -> None:
    """Raise InputError with every number that does not fit the register or the ballot."""
    problems = [*_lead(resolved, contest), *_sample(resolved, register)]
    if problems:
        raise InputError(problems)


def fit_notes(resolved: Resolved, register: Register) -> tuple[str, ...]:
    """Return what a reader should know of defaults that depend on the size of a country."""
    return (*_whole_sample(resolved, register), *_scaled_protest(resolved, register))


def _lead(resolved: Resolved, contest: Contest) -> Iterator[Problem]:
    p = resolved.scenario
    lead, left = p.support.lead_mean, 1 - central_others(p.ballot, contest)
    if lead is not None and abs(lead) >= left:
        said = f"a lead of {lead:g} where others leave {left:.3g} of the votes to the two"
        where = ("support", "lead_mean")
        yield resolved.problem(where, said, f"between -{left:.3g} and {left:.3g}")


def _sample(resolved: Resolved, register: Register) -> Iterator[Problem]:
    n, tables = resolved.scenario.quick_count.n, register.registered.size
    if n > max(tables, LEAST_SAMPLE) and _stated(resolved, "quick_count.n"):
        said = f"{n} tables to sample, the register has {tables}"
        yield resolved.problem(("quick_count", "n"), said, f"at most {tables}")


def _whole_sample(resolved: Resolved, register: Register) -> Iterator[str]:
    n, tables = resolved.scenario.quick_count.n, register.registered.size
    if 2 * n > tables and not _stated(resolved, "quick_count.n"):
        drawn = min(n, tables)
        yield (
            f"quick_count.n = {n} is the default of a large country: here {drawn:,} of {tables:,} "
            "tables are sampled. Write your own"
        )


def _scaled_protest(resolved: Resolved, register: Register) -> Iterator[str]:
    scale = int(register.registered.sum()) / REFERENCE_VOTERS
    if resolved.scenario.streets.scale is None and not 1 / FAR < scale < FAR:
        yield (
            f"numbers of protests are {scale:.3g} times those of a country with "
            f"{REFERENCE_VOTERS:,} voters; streets.scale says otherwise"
        )


def _stated(resolved: Resolved, dotted: str) -> bool:
    return resolved.provenance[dotted].file != DEFAULT
