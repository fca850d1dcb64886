"""Every command's result at four widths and in a pipe: no line is wider than the screen unless a
name alone is, nothing is cut, no line ends in blanks, and each width says the same.
"""

from __future__ import annotations

import re
import shlex

import pytest

from tests.support.commands import sim
from tests.unit.commands.test_json_documents import ONE_STEP, files

__all__ = ["files"]
WIDTHS = (60, 80, 120, 200)
PLAIN = {
    "trace": "trace bellmar -r 3",
    "assess": "assess sheets.csv --frame frame.csv --announced announced.toml --incumbent Ferrer",
    "scenarios": "list scenarios",
    "keys": "list keys --search witness",
    "roles": "list roles",
    **{
        kind: words
        for kind, words in ONE_STEP.items()
        if kind not in ("article", "check", "export", "audit_draw", "resolved")
    },
}
"""Commands that print for people; those left out print files, or one path a line."""


def widest(text: str) -> int:
    return max(len(line) for line in text.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(PLAIN))
def test_a_result_fits_every_screen(kind: str, files, monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.chdir(files)
    texts = {}
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        texts[width] = sim(monkeypatch, capsys, *shlex.split(PLAIN[kind])).out
    monkeypatch.delenv("COLUMNS")
    piped = sim(monkeypatch, capsys, *shlex.split(PLAIN[kind])).out

    assert [width for width, text in texts.items() if widest(text) > width] == []
    for text in (piped, *texts.values()):
        assert [line for line in text.split("\n") if line != line.rstrip()] == []
        assert "…" not in text
        assert "\x1b" not in text
    names = set(re.findall(r"\b[a-z]+(?:_[a-z0-9]+){2,}\b", texts[200]))
    assert [name for name in names if name not in texts[60]] == []
