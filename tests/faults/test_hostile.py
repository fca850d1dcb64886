"""Hostile text in every field and extremes of every option: no traceback, no sequence that a
terminal obeys, no formula, no script, documented exit codes, finite JSON, bounded memory.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sim.output.report.page.page import page_html
from sim.output.report.run.run_report import run_page
from sim.text import csv_cell, literal
from tests.faults.commands import run_all
from tests.faults.extremes import BASES, jobs, options
from tests.faults.hostile import TEXTS, cases, faults_in, faults_of, page_faults
from tests.support.commands import sim
from tests.support.report_subjects import TWELVE, subject

MOST_MEGABYTES = 1000
LIGHT = ("check", "show", "audit", "bargain", "list")


def test_text_of_a_file_is_spelled_out() -> None:
    assert literal("a\x1b]0;x\x07\x9b\u202eb") == "a\\x1b]0;x\\x07\\x9b\\u202eb"


@pytest.mark.parametrize(
    "text", ["=1", " =1", "+1", "-1", "@x", "\t=1", "\r1", "\uff1d1", "\x1b=1"]
)
def test_no_cell_opens_a_formula(text: str) -> None:
    assert str(csv_cell(text))[0] in "'\\"


def test_a_page_shows_its_title_and_runs_nothing() -> None:
    shown = page_html(run_page(subject(TWELVE, title=TEXTS["script"]), "sim report"))

    assert (
        "<script" in shown,
        "default-src &#39;none&#39;" in shown,
        "&lt;/script&gt;" in shown,
    ) == (False, True, True)


@pytest.mark.slow
def test_hostile_text_does_nothing_in_the_light_commands(tmp_path: Path) -> None:
    text = " ".join(TEXTS[name] for name in ("title of the terminal", "C1", "unbalanced markup"))
    chosen = [
        job
        for case in cases(f"{text} {TEXTS['direction']}")
        for job in case.jobs(tmp_path / case.name)
        if job.words[0] in LIGHT
    ]
    done = run_all(chosen, modules=("sim.cli.app", "sim.scenario.load", "rich.table"))
    found = [(one.words, fault) for one in done for fault in faults_of(one)]

    assert (found, len(chosen) > 8) == ([], True)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["script", "formula"])
def test_hostile_text_does_nothing_in_any_command(tmp_path: Path, name: str) -> None:
    chosen = [job for case in cases(TEXTS[name]) for job in case.jobs(tmp_path / case.name)]
    found = [(one.words, fault) for one in run_all(chosen) for fault in faults_of(one)]

    assert (found, faults_in(tmp_path)) == ([], [])


def test_the_walk_reaches_every_command() -> None:
    assert {name for name, _, _ in options()} == set(BASES)


@pytest.mark.slow
def test_extremes_of_options_end_as_documented(tmp_path: Path) -> None:
    done = run_all(jobs(tmp_path, 60))

    assert [(one.words, fault) for one in done for fault in faults_of(one)] == []
    assert max(one.megabytes for one in done) < MOST_MEGABYTES


def test_the_harness_knows_a_page_whose_script_no_policy_names() -> None:
    page = '<meta http-equiv="Content-Security-Policy" content="script-src \'none\'">'
    assert page_faults(page) == []
    assert page_faults(page + "<script>alert(1)</script>") != []
    assert page_faults("<p>") == ["no policy"]


def test_a_wrong_word_of_the_command_line_is_spelled_out(monkeypatch, capsys) -> None:  # type: ignore[no-untyped-def]
    for words in (("show", "bellmar", "\u202e"), ("\x1b[31m",), ("run", "bellmar", "-n", "\u202e")):
        said = sim(monkeypatch, capsys, *words).err
        assert "\u202e" not in said
        assert "\x1b" not in said
