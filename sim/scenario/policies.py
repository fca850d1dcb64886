"""A user's own code that decides for members of the cast: checked before anything runs, and part
of a scenario's digest, so that results with it never meet results without it.
"""

from __future__ import annotations

import inspect
import pickle
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sim.actors.led import Policy
from sim.disk.sealed import checksum, digest_of
from sim.errors import InputError, Problem
from sim.records.who import who_of
from sim.scenario.load import Resolved

WRITE = "write it as a function, or as an object of a frozen dataclass, of a file"


def with_policies(resolved: Resolved, policies: Mapping[str, Policy] | None) -> Resolved:
    """Return a scenario in which these members decide by a policy.

    Raises:
        InputError: no such member, or code that a worker could not run, or that has no source.
    """
    if not policies:
        return resolved
    scenario = resolved.scenario
    known = {*scenario.cast, *who_of(scenario.cast, scenario.candidates).minors}
    problems = [
        Problem(f"no member {key!r} to decide for; there are: {', '.join(sorted(known))}")
        for key in policies
        if key not in known
    ]
    marks = []
    for key, policy in sorted(policies.items()):
        try:
            marks.append([key, _mark(policy)])
        except (TypeError, OSError, AttributeError, pickle.PicklingError) as error:
            problems.append(Problem(f"policy of {key}: {error}", hint=WRITE))
    if problems:
        raise InputError(problems)
    return replace(resolved, policies=dict(policies), digest=digest_of([resolved.digest, marks]))


def _mark(policy: Policy) -> list[str]:
    """Return what tells one policy from another: what a worker gets, and the file that defines it.

    Raises:
        TypeError, OSError: it cannot be called, or no file defines it. PicklingError,
        AttributeError: it cannot be sent to a worker.
    """
    if not callable(policy):
        raise TypeError(f"{policy!r} cannot be called")
    sent = pickle.dumps(policy)
    kind = policy if inspect.isroutine(policy) else type(policy)
    return [checksum(sent), checksum(Path(inspect.getfile(kind)).read_bytes())]
