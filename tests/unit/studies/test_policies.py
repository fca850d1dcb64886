"""One's own code decides for a member: after its rule has drawn, alike in one process and two, and
never mixed with results of other code.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

import sim
from sim.errors import InputError, ReplicatesFailed, StoreError

CASE = "venezuela-2024"
BARS = {"government.bar_candidate": "free"}


def never_bars(view, action, rng):
    return "no" if view.decision == "bar_candidate" else action.option


def always_bars(view, action, rng):
    return "yes" if view.decision == "bar_candidate" else action.option


def flips_a_coin(view, action, rng):
    rng.random(7)
    return action.option


def says_nonsense(view, action, rng):
    return "perhaps" if view.decision == "bar_candidate" else action.option


@dataclass(frozen=True)
class Bars:
    option: str

    def __call__(self, view, action, rng):
        return self.option if view.decision == "bar_candidate" else action.option


def played(policy, **more):
    given = {"replicates": 4, "jobs": 1} | more
    return sim.run(CASE, policies={"government": policy}, **given)


def barred(run) -> list[bool]:
    return [bool(x) for x in run.table()["measure_taken_bar_candidate"].to_list()]


def test_a_policy_decides_and_moves_no_other_draw() -> None:
    free = sim.run(CASE, replicates=4, jobs=1)
    forced = sim.run(CASE, replicates=4, jobs=1, overrides={"government.bar_candidate": "no"})
    assert barred(played(always_bars)) == [True] * 4
    assert barred(played(never_bars)) == [False] * 4
    assert played(flips_a_coin).table().equals(free.table())
    assert barred(forced) == [False] * 4


def test_what_a_scenario_fixes_wins_over_a_policy() -> None:
    run = played(always_bars, overrides={"government.bar_candidate": "no"})
    assert barred(run) == [False] * 4


@pytest.mark.slow
def test_two_processes_agree_with_one() -> None:
    one, two = played(Bars("yes"), replicates=40), played(Bars("yes"), replicates=40, jobs=2)
    assert one.table().equals(two.table())


def test_other_code_or_another_value_is_another_run(tmp_path: Path) -> None:
    digests = [played(p, replicates=1).resolved.digest for p in (never_bars, always_bars)]
    digests += [played(Bars(x), replicates=1).resolved.digest for x in ("yes", "no")]
    digests.append(sim.load(CASE).digest)
    assert len(set(digests)) == 5
    played(never_bars, replicates=1, folder=tmp_path / "a")
    with pytest.raises(StoreError):
        played(always_bars, replicates=2, folder=tmp_path / "a")


def test_a_policy_that_returns_no_option_fails_its_replicates() -> None:
    with pytest.warns(ReplicatesFailed):
        run = played(says_nonsense)
    assert "the policy of government returned 'perhaps' for 'bar_candidate'" in str(run.failed)


def test_a_trace_and_a_sweep_take_policies(tmp_path: Path) -> None:
    one = sim.trace(CASE, 1, policies={"government": always_bars})
    assert one.outcome.values["measure_taken_bar_candidate"] is True
    done = sim.sweep(
        CASE,
        {"night.exit_cost": [0.2]},
        replicates=2,
        folder=tmp_path,
        jobs=1,
        alone=True,
        policies={"government": always_bars},
    )
    assert done.table()["measure_taken_bar_candidate"].to_list() == [True, True]


@pytest.mark.parametrize(
    ("policies", "said"),
    [
        ({"nobody": never_bars}, "no member 'nobody' to decide for"),
        ({"government": lambda view, action, rng: "no"}, "write it as a function"),
        ({"government": "no"}, "cannot be called"),
    ],
)
def test_what_no_worker_could_run_is_refused_before(policies, said: str) -> None:
    with pytest.raises(InputError, match=said):
        sim.run(CASE, replicates=1, policies=policies)
