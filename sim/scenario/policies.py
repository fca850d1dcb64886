"""A user's own code that decides for members of the cast: checked before anything runs, and part
of a scenario's digest, so that results with it never meet results without it.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
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
        except (TypeError, OSError) as error:
            problems.append(Problem(f"policy of {key}: {error}", hint=WRITE))
    if problems:
        raise InputError(problems)
    return replace(resolved, policies=dict(policies), digest=digest_of([resolved.digest, marks]))


def _mark(policy: Policy) -> list[object]:
    """Return what tells one policy from another: its name, its values, the file that defines it.

    Raises:
        TypeError, OSError: it cannot be called, or a worker could not import it.
    """
    if not callable(policy):
        raise TypeError(f"{policy!r} cannot be called")
    kind = policy if inspect.isroutine(policy) else type(policy)
    if "<" in kind.__qualname__:
        raise TypeError(f"{kind.__qualname__} has no name that a worker could import")
    values: list[str] = []
    if kind is not policy:
        if not (is_dataclass(policy) and getattr(kind, "__dataclass_params__").frozen):  # noqa: B009
            raise TypeError(f"an object of {kind.__qualname__}, which is no frozen dataclass")
        values = [f"{one.name}={getattr(policy, one.name)!r}" for one in fields(policy)]
    source = checksum(Path(inspect.getfile(kind)).read_bytes())
    return [kind.__module__, kind.__qualname__, values, source]
