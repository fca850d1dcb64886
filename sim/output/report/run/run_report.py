"""The report of a run: its sections in order of worth."""

from __future__ import annotations

from sim.output.report.method.assumption_list import assumption_section
from sim.output.report.method.fact_list import fact_section
from sim.output.report.method.method import NOT_STORED, again_section, method_section
from sim.output.report.method.question import question
from sim.output.report.page.parts import Page, Section, Stories, Story
from sim.output.report.page.words import date, replicates
from sim.output.report.run.answer import answer, changes
from sim.output.report.run.figures import flow_figure, outcomes_figure
from sim.output.report.run.moments import endings
from sim.output.report.run.outcome_list import outcome_section
from sim.output.report.run.stories import stories
from sim.output.report.run.subject import Subject


def run_page(subject: Subject, command: str) -> Page:
    """Return the report. command: what makes this page again."""
    paths = endings(subject.columns)
    asked, setting = question(subject.settings)
    told, why = stories(subject, paths) if paths else ([], "the three outcomes are not recorded")
    left_out = [NOT_STORED] + ([f"Stories are left out: {why}."] if why else [])
    sections = [
        *([_flow(subject, paths)] if paths else []),
        outcome_section(subject),
        *([_stories(told)] if told else []),
        assumption_section(subject),
        fact_section(subject),
        method_section(left_out),
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


def _stories(told: list[Story]) -> Section:
    how = [
        "Filled mark: public. Hollow mark: known to the model only.",
        "Chosen by rule: the commonest ending, the rarest, and the commonest of the rest.",
        "One replicate is an illustration, never a forecast.",
    ]
    name = {1: "One replicate as a story", 2: "Two replicates as stories"}
    return Section(name.get(len(told), "Three replicates as stories"), how, [Stories(told)])
