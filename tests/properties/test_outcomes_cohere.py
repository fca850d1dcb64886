"""What cannot hold together never does, and what must hold together always does."""

from __future__ import annotations

from functools import cache

import pytest

import sim
from sim.studies.conditional import conditional
from sim.studies.running.result import Run
from tests.support.long_runs import cases

NEVER = (
    "announced_winner=none|vote_winner=incumbent",
    "announced_winner=opposition|vote_winner=incumbent",
    "contested|announced_winner=opposition",
    "opposition_conceded|contested",
    "sender_calls_challenger_30d|!contested",
    "court_certified_30d|!contested",
    "transition_agreed|announced_winner=opposition",
    "candidate_exiled_or_detained|announced_winner=opposition",
)
ALWAYS = (
    "announced_winner=opposition|lost_count_honoured",
    "lost_count_honoured|announced_winner=opposition,vote_winner=opposition",
    "winner_matches|night_option=count",
)


@cache
def run() -> Run:
    return sim.run(
        "venezuela-2024", replicates=cases(600, 80), jobs=1, overrides=["run.assumptions=drawn"]
    )


@pytest.mark.parametrize("asked", NEVER)
def test_what_cannot_hold_together_never_does(asked: str) -> None:
    found = conditional(run(), [asked])[0]

    assert (found.n > 0, found.k) == (True, 0)


@pytest.mark.parametrize("asked", ALWAYS)
def test_what_must_hold_together_always_does(asked: str) -> None:
    found = conditional(run(), [asked])[0]

    assert (found.n > 0, found.n - found.k) == (True, 0)
