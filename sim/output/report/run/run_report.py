"""The report of a run: its sections in order of worth."""

from __future__ import annotations

from sim.output.report.history.figures import history_sections, stories_section
from sim.output.report.history.replay import Replay, replay
from sim.output.report.method.assumption_list import assumption_section
from sim.output.report.method.fact_list import fact_section
from sim.output.report.method.method import again_section, method_section
from sim.output.report.method.question import question
from sim.output.report.page.parts import Page, Section
from sim.output.report.page.words import date, replicates
from sim.output.report.run.answer import answer, changes
from sim.output.report.run.figures import flow_figure, outcomes_figure
from sim.output.report.run.moments import endings
from sim.output.report.run.movers import movers_figure
from sim.output.report.run.outcome_list import outcome_section
from sim.output.report.run.subject import Subject

NO_OUTCOMES = "the three outcomes are not recorded"


def run_page(subject: Subject, command: str, most: int | None = None) -> Page:
    """Return the report. command: what makes this page again. most: replicates to play
    again."""
    paths = endings(subject.columns)
    asked, setting = question(subject.settings)
    again = replay(subject, paths, most) if paths else Replay((), (), 0, NO_OUTCOMES)
    told = stories_section(subject, paths, again)
    left_out = [f"Left out, since {again.why}: dates, polls, maps, the evening, stories."]
    sections = [
        *([_flow(subject, paths)] if paths else []),
        *history_sections(subject, again),
        *([told] if told is not None else []),
        *_matters(subject),
        outcome_section(subject),
        assumption_section(subject),
        fact_section(subject),
        method_section(left_out if again.why else [_replayed(again)]),
        again_section([subject], command),
    ]
    return Page(
        asked,
        f"Report of a run · {subject.title}",
        f"{replicates(subject.n)} · as of {date(subject.as_of)}",
        setting,
        answer(subject, paths),
        outcomes_figure(subject, paths) if paths else None,
        changes(subject),
        sections,
    )


def _flow(subject: Subject, paths: list[tuple[str, str, str]]) -> Section:
    how = [
        "Bars: who got most votes, who was announced, who holds office.",
        "Bands join the same replicates.",
    ]
    return Section("Three outcomes and how they part", how, [flow_figure(subject, paths)])


def _matters(subject: Subject) -> list[Section]:
    figure = movers_figure(subject)
    how = ["Assumptions that are drawn anew in every set of replicates."]
    return [] if figure is None else [Section("What matters most", how, [figure])]


def _replayed(again: Replay) -> str:
    return (
        f"A run keeps outcomes, not dates. {replicates(again.n)} were played again for dates, "
        f"polls, maps and stories, {again.told} of them because their endings differ; --replay "
        "says how many."
    )
