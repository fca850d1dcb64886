"""How `sim assess` and `sim plan` read at the width that COLUMNS says, in a pipe too."""

import pytest

from sim.output.findings import findings_text
from tests.support import commands
from tests.unit.fieldwork.test_assess_headline import three_regions


def printed(monkeypatch, capsys, width, *words):
    monkeypatch.setenv("COLUMNS", str(width))
    ran = commands.sim(monkeypatch, capsys, *map(str, words))
    assert ran.code == 0
    return ran.out.splitlines()


@pytest.mark.parametrize("width", [60, 80])
def test_assess_keeps_to_columns_and_gives_the_reading_the_whole_line(
    tmp_path, monkeypatch, capsys, width
):
    three_regions(tmp_path, {"A": 1, "B": 30, "C": 30})
    files = (tmp_path / "returns.csv", "--frame", tmp_path / "frame.csv")
    lines = printed(
        monkeypatch, capsys, width, "assess", *files, "--strata-column", "region", "--sample", "all"
    )
    first = lines[lines.index("Findings (verdict: of the announced result)") + 2 :][0]
    assert max(map(len, lines)) <= width
    assert first.startswith("  61 of 61 sampled tables put Ana at")
    assert len(first) >= width - 15


def test_plan_keeps_to_columns(monkeypatch, capsys):
    words = ("plan", "--past", "docs/examples/past.csv", "--margin", "0.02")
    lines = printed(monkeypatch, capsys, 80, *words)
    assert max(map(len, lines)) <= 80
    assert any(line.startswith("tables drawn by stratum") for line in lines)


def test_no_findings_are_no_table():
    assert findings_text(()) == ""
