"""A dry play in several processes: each takes every n-th play."""

from __future__ import annotations

from sim.replicate.build import prepare_case
from sim.replicate.dry_play import DryPlay, play_part, plays
from sim.scenario.load import Resolved
from sim.workers.executors import pool_of, unordered

WORTH_A_PROCESS = 120
"""Plays for which starting a process pays: it takes about a second."""


def dry_play_in_processes(resolved: Resolved, jobs: int | None = None) -> DryPlay:
    """Play a scenario in all the ways that its actors and levers can go, a process a core where
    there are many. jobs: most processes; none: one a core.
    """
    case = prepare_case(resolved)
    parts = max(1, len(plays(case)) // WORTH_A_PROCESS)
    with pool_of(None, jobs, parts) as pool:
        shares = pool.workers
        tasks = ((case, part, shares) for part in range(shares))
        done = [found for _, found in sorted(unordered(pool, play_part, tasks), key=by_number)]
    failures = [failure for found in done for failure in found.failures]
    return DryPlay(sum(found.played for found in done), tuple(failures))


def by_number(arrived: tuple[int, DryPlay]) -> int:
    """Return the number of the task."""
    return arrived[0]
