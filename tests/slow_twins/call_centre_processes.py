"""The call centre, caller by caller: the specification of models/call_centre.py. One resource of
operators, one line.
"""

from __future__ import annotations

import math
from collections.abc import Generator, Sequence
from typing import Any

import simpy

from sim.records.parameters.vote.calls import Calls


def run_calls(stamps: Sequence[float], lengths: Sequence[float], p: Calls) -> list[float]:
    """Return the minute at which each caller gets through (inf: never)."""
    env = simpy.Environment(initial_time=min((s for s in stamps if math.isfinite(s)), default=0.0))
    operators = simpy.Resource(env, capacity=p.operators)
    through = [math.inf] * len(stamps)
    for caller in sorted(range(len(stamps)), key=lambda c: stamps[c]):
        if math.isfinite(stamps[caller]):
            env.process(
                _caller(env, operators, caller, stamps[caller], lengths[caller], p, through)
            )
    env.run()
    return through


def _caller(
    env: simpy.Environment,
    operators: simpy.Resource,
    caller: int,
    stamp: float,
    length: float,
    p: Calls,
    through: list[float],
) -> Generator[simpy.Event, Any, None]:
    yield env.timeout(stamp - env.now)
    for _ in range(1 + p.retries):
        with operators.request() as line:
            answer = yield line | env.timeout(p.hang_up_minutes)
            if line in answer:
                through[caller] = env.now
                yield env.timeout(length)
                return
        yield env.timeout(p.retry_minutes)
