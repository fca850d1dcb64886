"""Progress where stderr is no terminal: nothing for quick work, then a line ever more seldom."""

from __future__ import annotations

import pytest

from sim import __version__
from sim.output import progress as progress_module
from sim.output.progress import plain_lines
from sim.records.results.summary import Progress
from tests.support.commands import sim


def test_a_log_hears_after_two_seconds_and_then_ever_more_seldom(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = [0.0]
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: clock[0])
    watch = plain_lines("bellmar")
    for second in range(1, 40):
        clock[0] = float(second)
        watch(Progress(second, 39, 1 if second > 9 else 0, 1.0, 39.0 - second, "", None))

    assert capsys.readouterr().err.splitlines() == [
        "bellmar: 2 of 39 after 2 s, 1/s, 37 s left",
        "bellmar: 6 of 39 after 6 s, 1/s, 33 s left",
        "bellmar: 14 of 39 after 14 s, 1/s, 25 s left, 1 failed",
        "bellmar: 30 of 39 after 30 s, 1/s, 9 s left, 1 failed",
    ]


def test_the_version_is_printed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = sim(monkeypatch, capsys, "--version")

    assert (said.code, said.out) == (0, f"sim {__version__}\n")
