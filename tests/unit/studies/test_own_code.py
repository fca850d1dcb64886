"""One's own outcomes and estimators: alike in one process and two, kept with a run, and refused
where they could not be trusted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

import sim
from sim.errors import InputError
from sim.estimators.base import nothing_to_say
from sim.records.seen.finding import INCONSISTENT

CASE = "bellmar"
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"


def ballots_cast(played: sim.Played) -> int | None:
    """Return how many valid votes were cast."""
    return None if played.truth is None else played.truth.cast.totals.sum()


def turnout_is_odd(played: sim.Played) -> bool | None:
    """Return whether the number of valid votes is odd."""
    cast = ballots_cast(played)
    return None if cast is None else cast % 2 == 1


def says_less(played: sim.Played) -> float:
    """Return a text where a number is said."""
    return "much"


def says_nothing(played):
    """Return what nobody knows."""
    return 1


@dataclass(frozen=True)
class AlwaysAlarmed:
    """An estimator that finds everything inconsistent."""

    monitoring: object
    key: ClassVar[str] = "always_alarmed"
    reads: ClassVar[frozenset[str]] = frozenset()
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = ()

    def assess(self, evidence, rng):
        from dataclasses import replace

        return replace(nothing_to_say(self, "lead", "share", "", ""), verdict=INCONSISTENT)


def played(**more) -> object:
    return sim.run(CASE, **({"replicates": 4, "jobs": 1, "measures": [ballots_cast]} | more))


def test_an_own_outcome_stands_behind_the_others_and_moves_none() -> None:
    run, plain = played(), sim.run(CASE, replicates=4, jobs=1)
    assert run.table().drop("ballots_cast").equals(plain.table())
    assert run["ballots_cast"].to_list() == [int(x) for x in run["ballots_cast"]]
    line = next(line for line in run.summary() if line.outcome == "ballots_cast")
    assert (line.group, line.unit, line.n, line.figure) == ("own", "1", 4, "median")
    assert "ballots_cast" in str(run.to_pandas().columns)


def test_trace_sweep_and_conditional_know_it() -> None:
    story = sim.trace(CASE, 2, measures=[ballots_cast])
    assert story.outcome.values["ballots_cast"] == played()["ballots_cast"][2]
    asked = played(measures=[turnout_is_odd])
    held = sim.conditional(asked, ["turnout_is_odd|vote_winner=opposition"])
    assert held[0].n == sum(w == "opposition" for w in asked["vote_winner"])


def test_a_sweep_and_a_comparison_hold_it(tmp_path: Path) -> None:
    axes = {"turnout.participation_share": [0.5, 0.8]}
    own = {"measures": [ballots_cast], "replicates": 4, "jobs": 1, "entropy": 7}
    low, high = sim.sweep(CASE, axes, folder=tmp_path, **own).means("ballots_cast")[0]
    assert low < high
    run = played(overrides={"turnout.participation_share": 0.8}, folder=tmp_path / "run")
    row = next(row for row in sim.compare(played(), run).rows if row.outcome == "ballots_cast")
    stored = sim.compare(played(), str(tmp_path / "run"))
    assert row.definition == "how many valid votes were cast"
    assert row == next(one for one in stored.rows if one.outcome == "ballots_cast")


def test_an_own_estimator_is_asked_and_its_verdicts_are_outcomes() -> None:
    run = played(measures=[], estimators=[AlwaysAlarmed])
    plain = sim.run(CASE, replicates=4, jobs=1)
    assert run["detected_always_alarmed"].to_list() == [True] * 4
    more = run["findings_inconsistent"] - plain["findings_inconsistent"]
    assert more.to_list() == [1] * 4


@pytest.mark.slow
def test_two_processes_agree_with_one() -> None:
    own = {"replicates": 40, "measures": [ballots_cast], "estimators": [AlwaysAlarmed]}
    assert played(**own).table().equals(played(**own, jobs=2).table())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"measures": [lambda played: 1.0]}, "does not say what it returns"),
        ({"measures": [says_nothing]}, "measure says_nothing: it does not say what it returns"),
        ({"measures": [ballots_cast, ballots_cast]}, "ballots_cast: this name is taken"),
        ({"estimators": [int]}, "estimator int: it has no key, reads, exact, random, assumptions"),
        ({"estimators": [AlwaysAlarmed, AlwaysAlarmed]}, "always_alarmed: this key is taken"),
    ],
)
def test_what_could_not_be_trusted_is_refused_before_anything_runs(given, said) -> None:
    with pytest.raises(InputError, match=said):
        played(**given)


def test_a_value_of_another_kind_fails_its_replicate_and_names_the_measure() -> None:
    with pytest.warns(sim.errors.ReplicatesFailed, match="measure says_less returned 'much'"):
        run = played(measures=[says_less], replicates=1)
    assert run.failed.failed == 1


def test_other_code_another_unit_or_none_is_another_digest() -> None:
    from sim.replicate.own import with_own

    measures = [[], [ballots_cast], [turnout_is_odd], [sim.own_measure(ballots_cast, unit="votes")]]
    loaded = sim.load(CASE)
    assert len({with_own(loaded, measures=one).digest for one in measures}) == 4


def test_a_sheet_file_is_assessed_by_an_own_estimator() -> None:
    seen = sim.assess(EXAMPLES / "sheets.csv", estimators=[AlwaysAlarmed])
    assert [f.verdict for f in seen.findings if f.estimator == "always_alarmed"] == [INCONSISTENT]
