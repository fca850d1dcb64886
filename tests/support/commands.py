"""Run the command line in this process, as the console script would."""

from __future__ import annotations

import sys
from dataclasses import dataclass

import pytest

from sim.__main__ import main


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def sim(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: object) -> Ran:
    """Return exit code, stdout and stderr of `sim WORDS`."""
    monkeypatch.setattr(sys, "argv", ["sim", *map(str, words)])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)
