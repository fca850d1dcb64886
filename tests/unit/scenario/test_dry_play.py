"""A dry play meets what a few replicates would not."""

from __future__ import annotations

import pytest

from sim.replicate.dry_play import dry_play
from sim.scenario.load import load
from sim.workers import dry_play as in_processes
from tests.support.commands import sim


@pytest.mark.slow
def test_every_option_and_lever_of_bellmar_can_be_played() -> None:
    done = dry_play(load("bellmar"))

    assert done.failures == ()
    assert done.played > 70


@pytest.mark.slow
def test_processes_play_what_one_plays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(in_processes, "WORTH_A_PROCESS", 40)
    whole, shared = (load("bellmar"), load("bellmar"))

    assert in_processes.dry_play_in_processes(shared, jobs=2) == dry_play(whole)


@pytest.mark.slow
def test_a_rule_that_fails_for_one_option_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import sim.processes.after.aftermath as module

    def broken(*_: object) -> None:
        raise ZeroDivisionError("nobody wrote this")

    monkeypatch.setattr(module, "ResultContested", broken)
    done = dry_play(load("bellmar"))

    assert any(f.changed.startswith("alliance contest = yes") for f in done.failures)
    assert {failure.error.split(" (")[0] for failure in done.failures} == {
        "ZeroDivisionError: nobody wrote this"
    }


@pytest.mark.slow
def test_the_command_says_how_many_it_played(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told = sim(monkeypatch, capsys, "check", "bellmar")
    quick = sim(monkeypatch, capsys, "check", "bellmar", "--quick")

    assert (told.code, quick.code) == (0, 0)
    assert "replicates played" in told.out
    assert "replicates played" not in quick.out
