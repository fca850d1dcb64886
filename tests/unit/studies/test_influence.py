"""Every decision and lever forced either way, on the same replicates; and conditional
probabilities.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

import sim
from sim.errors import InputError
from sim.studies.conditional import condition, conditional
from sim.studies.influence import Influences, influence
from sim.studies.running.result import Run
from tests.support.commands import sim as command

LEVER = 'levers."quick_count.n"=[30, 90]'


@cache
def found() -> Influences:
    given = {
        "outcomes": ["announced_winner", "contested"],
        "decisions": ["mobilise", "quick_count"],
    }
    return influence(
        "venezuela-2024", replicates=6, overrides=(LEVER,), alone=True, jobs=1, **given
    )


@cache
def run() -> Run:
    return sim.run("bellmar", replicates=30, jobs=1)


def test_every_option_of_a_decision_and_every_value_of_a_lever_is_a_row() -> None:
    rows = [(row.decision, row.option) for row in found().rows]

    assert ("quick_count.n", "30") in rows
    assert {"yes", "no"} <= {option for decision, option in rows if "mobilise" in decision}


def test_an_effect_is_the_mean_of_the_pair_differences() -> None:
    base = sim.run("bellmar", replicates=24, jobs=1)
    whole = influence("bellmar", replicates=24, outcomes=["contested"], jobs=1, decisions=["mob"])

    for row in whole.rows:
        effect = row.effects[0]
        assert effect.base == sum(base.columns()["contested"]) / 24
        assert effect.low <= effect.difference <= effect.high


def test_an_option_that_changes_nothing_says_so_exactly() -> None:
    still = [row for row in found().rows if row.decision == "quick_count.n"]

    assert {effect.changed for row in still for effect in row.effects} == {0}
    assert not any(row.moves for row in still)


def test_the_command_prints_rows_and_what_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ("influence", "venezuela-2024", "--alone", "-n", 3, "-j", 1, "--decision", "night")

    done = command(monkeypatch, capsys, *words)

    assert (done.code, "government night = count" in done.out) == (0, True)
    assert "Differences from the run as it is" in done.out


def test_a_conditional_share_is_counted_by_hand() -> None:
    one = conditional(run(), ["winner_matches|vote_winner=opposition"])[0]
    columns = run().columns()
    held = [
        m
        for m, v in zip(columns["winner_matches"], columns["vote_winner"], strict=True)
        if v == "opposition" and m is not None
    ]

    assert (one.n, one.k, one.share) == (len(held), sum(map(bool, held)), sum(held) / len(held))


def test_a_condition_that_never_holds_gives_no_share() -> None:
    one = conditional(run(), ["winner_matches|vote_winner=nobody"])[0]

    assert (one.n, one.share) == (0, None)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("winner_matches", "write A|B"),
        ("winer_matches|contested", "did you mean 'winner_matches'"),
        ("vote_winner|contested", "write vote_winner=value"),
    ],
)
def test_a_condition_that_cannot_be_read_says_how_to_write_it(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said.replace("|", r"\|")):
        conditional(run(), [text])


def test_several_conditions_must_all_hold_and_one_may_be_negated() -> None:
    both = condition("!contested, vote_winner=Opposition")

    assert both({"contested": False, "vote_winner": "opposition"}) is True
    assert both({"contested": True, "vote_winner": "opposition"}) is False
    assert both({"contested": None, "vote_winner": "opposition"}) is None
