"""R7: with constant rates the talks are a Markov chain, whose absorption a matrix exponential knows
exactly.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.linalg import expm

from sim.processes.before import negotiation
from sim.processes.columns import Belief
from sim.records.events import TrackMoved
from sim.records.parameters.before.issue_space import IssueSpace
from sim.records.parameters.before.negotiation import Covariates, Negotiation, Track
from sim.records.parameters.root import Parameters
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters

STATES = ("talks", "deal", "suspended", "collapsed", "implemented")
RUNS = 500


def bare_talks() -> Parameters:
    nothing = dict.fromkeys(("to_deal", "to_suspended", "to_collapsed", "to_talks"), 0.0)
    still = Covariates.model_validate(dict.fromkeys(Covariates.model_fields, nothing))
    track = Track(other="us", state="talks")
    talks = Negotiation(tracks={"government_us": track}, covariates=still, surplus_test=False)
    nowhere = IssueSpace(issues=(), status_quo={}, actors={}, tracks={})
    return parameters().model_copy(
        update={"negotiation": talks, "issue_space": nowhere, "issues": {}}
    )


def generator_matrix() -> NDArray[np.float64]:
    q = np.array(
        [
            [0, 0.10, 0.05, 0.02, 0],
            [0, 0, 0.12, 0.02, 0.08],
            [0.08, 0, 0, 0.03, 0],
            [0, 0, 0, 0, 0],
            [0, 0, 0, 0, 0],
        ]
    )
    return q - np.diag(q.sum(axis=1))


@cache
def histories() -> list[list[TrackMoved]]:
    p, belief = bare_talks(), Belief(np.zeros(3), np.eye(3))
    found = []
    for replicate in range(RUNS):
        world = quiet_world(p, replicate=replicate, start_day=0.0)
        world.beliefs["government"] = belief
        negotiation.start(world)
        world.env.run(until=30.0 * 600)
        found.append(world.ledger.of(TrackMoved))
    return found


def test_r7_matrix_exponential_and_fundamental_matrix() -> None:
    q = generator_matrix()
    within = np.linalg.inv(-q[:3, :3])

    assert within[0].sum() == pytest.approx(25.5937, abs=1e-4)
    assert (within @ q[:3, 3:])[0] == pytest.approx([0.613017, 0.386983], abs=1e-6)
    assert expm(9 * q)[0] == pytest.approx(
        [0.287314, 0.173518, 0.254897, 0.169947, 0.114324], abs=1e-6
    )


@pytest.mark.slow
def test_r7_time_to_absorption_and_its_kind() -> None:
    ends = [moves[-1] for moves in histories()]
    months = np.array([end.day for end in ends]) / 30.0
    collapsed = np.mean([end.after == "collapsed" for end in ends])

    assert {end.after for end in ends} == {"collapsed", "implemented"}
    assert abs(months.mean() - 25.5937) < 4 * months.std() / np.sqrt(RUNS)
    assert abs(collapsed - 0.613017) < 4 * np.sqrt(0.613017 * 0.386983 / RUNS)


def test_r7_state_after_nine_months() -> None:
    at_nine = [
        next((m.after for m in reversed(moves) if m.day <= 270.0), "talks") for moves in histories()
    ]
    shares = np.array([at_nine.count(state) for state in STATES]) / RUNS
    expected = expm(9 * generator_matrix())[0]

    assert np.all(np.abs(shares - expected) < 4 * np.sqrt(expected * (1 - expected) / RUNS))
