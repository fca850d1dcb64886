"""The sections of a run that need its replicates played again, and their pictures by kind."""

from __future__ import annotations

from collections.abc import Sequence

from sim.output.report.history.evening import day_figure, evening_figure, returns_figure
from sim.output.report.history.found import found_figure
from sim.output.report.history.polls import polls_figure
from sim.output.report.history.replay import Replay, replay
from sim.output.report.history.timeline import timeline_figure
from sim.output.report.history.where import MAPS, map_figure
from sim.output.report.page.parts import Block, Choice, Figure, Section, Stories, Story
from sim.output.report.run.moments import Path3, endings
from sim.output.report.run.movers import movers_figure
from sim.output.report.run.stories import ending, remark
from sim.output.report.run.subject import Subject
from sim.replicate.relive import relive

MOST_BYTES = 400_000
LEAST_STORIES = 20


def history_figure(kind: str, subject: Subject, most: int | None) -> Figure | None:
    """Return one picture, None where the run lacks what it needs."""
    if kind == "findings":
        return found_figure(subject)
    if kind == "tornado":
        return movers_figure(subject)
    again = replay(subject, endings(subject.columns), most)
    if not again.histories:
        return None
    if kind in ("timeline", "talks"):
        return timeline_figure(subject, again, talks=kind == "talks")
    if kind == "polls":
        return polls_figure(subject, again)
    if kind == "map":
        return map_figure(subject, again)
    return evening_figure(subject, again.histories[0])


def history_sections(subject: Subject, again: Replay) -> list[Section]:
    """Return the sections in the order of the calendar; those without data are left out."""
    if not again.histories:
        return []
    told = again.histories[: again.told]
    maps = [(what, MAPS[what][0], map_figure(subject, again, what)) for what in MAPS]
    nights = [
        (f"r{h.number}", f"Replicate {h.number}", [evening_figure(subject, h), returns_figure(h)])
        for h in told
    ]
    made: list[tuple[str, list[str], list[Block]]] = [
        ("What happens, and when", ["Sorted by the median date.", "Height of a step: the share."],
         _kept([timeline_figure(subject, again, talks=False)])),
        ("Talks and licences", ["The same rows, of talks and sanctions."],
         _kept([timeline_figure(subject, again, talks=True)])),
        ("Polls and the vote", ["Dark: published. Pale: simulated. Dots in colour: votes cast."],
         _kept([polls_figure(subject, again)])),
        ("Where", ["One tile a region.", "Lead in the two sides' colours; all else in one green."],
         _choice("map", "Show", [(k, label, [f]) for k, label, f in maps])),
        ("The day and the evening", ["When tables close; then one replicate's night.",
         "The menu has the replicates of the stories."],
         [*_kept([day_figure(subject, again)]), *_choice("evening", "Evening of", nights)]),
        ("Findings beside false alarms", ["Filled: found. Hollow: false alarm."],
         _kept([found_figure(subject)])),
    ]  # fmt: skip
    return [Section(name, how, blocks) for name, how, blocks in made if blocks]


def _kept(figures: Sequence[Figure | None]) -> list[Block]:
    return [f for f in figures if f is not None]


def _choice(
    name: str, label: str, options: Sequence[tuple[str, str, Sequence[Figure | None]]]
) -> list[Block]:
    kept = [(key, words, _kept(figures)) for key, words, figures in options if any(figures)]
    return [Choice(name, label, kept)] if kept else []


def stories_section(subject: Subject, paths: Sequence[Path3], again: Replay) -> Section | None:
    """Return three very different replicates side by side, and a menu of the others."""
    if not again.histories:
        return None
    every = [_story(subject, paths, again, k) for k in range(again.n)]
    first, rest, size = every[: again.told], [], 0
    for place in range(again.told, again.n):
        size += sum(map(len, every[place].whole))
        if place >= LEAST_STORIES and size > MOST_BYTES:
            break
        label = f"Replicate {again.histories[place].number}: {every[place].heading}"
        rest.append((f"r{again.histories[place].number}", label, [Stories([every[place]])]))
    name = {1: "One replicate as a story", 2: "Two replicates as stories"}
    how = [
        "Filled mark: public. Hollow mark: known to the model only.",
        "Chosen by rule: the commonest ending, the rarest, and the commonest of the rest.",
        "One replicate is an illustration, never a forecast.",
    ]
    blocks: list[Block] = [Stories(first)]
    if rest:
        blocks.append(Choice("story", "Another replicate", rest))
    return Section(name.get(len(first), "Three replicates as stories"), how, blocks)


def _story(subject: Subject, paths: Sequence[Path3], again: Replay, k: int) -> Story:
    history = again.histories[k]
    path, entropy = paths[history.place], int(subject.manifest["entropy"], 16)
    assert subject.resolved is not None
    return Story(
        ending(path),
        remark(history.number, list(paths).count(path), len(paths)),
        history.short,
        history.whole,
        relive(subject.name, entropy, history.number, subject.resolved.overrides),
    )
