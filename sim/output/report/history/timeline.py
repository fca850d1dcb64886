"""What happens in which share of replicates, and when: campaign, count and the months after; talks
and licences likewise.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from sim.ledger import Event
from sim.output.report.draw.rows import NARROW, WIDE
from sim.output.report.draw.step_chart import StepRow, Stretch, steps_svg
from sim.output.report.history.replay import Replay
from sim.output.report.page.parts import Figure, Table
from sim.output.report.page.words import Chance, chance, cut, date, replicates
from sim.output.report.run.subject import Subject
from sim.output.story import ROUTINE
from sim.records import events as e

MOST = 16
FORTNIGHT = 14.0
TALKS = ("sim.records.events.talks", "sim.records.events.sanctions")
APART = (
    *ROUTINE, e.IncidentsReported, e.SupportShift, e.FindingIssued, e.PollPublished, e.ProtestDay,
    e.RepressionLevel, e.CampaignOpened, e.CampaignClosed, e.PollsOpened, e.PollsClosed,
    e.TransmissionStopped, e.MeetingScheduled, e.CommitmentDue, e.ReliefChanged, e.VotesCredited,
    e.RegionAnnounced,
)  # fmt: skip
"""Events that come in every replicate, or many times in one."""
TELLING = ("winner", "measure", "ruling", "holder", "verdict", "mission", "whom", "option", "key")
"""Fields that say which event of a kind it is."""


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with its first day in each replicate in which it happens."""

    name: str
    days: tuple[float, ...]


def happenings(replay: Replay, *, talks: bool) -> list[Happening]:
    """Return the events, most frequent first; talks: those of talks and licences, else the rest."""
    found: dict[str, list[float]] = {}
    for history in replay.histories:
        for name, day in firsts(history.events, talks=talks).items():
            found.setdefault(name, []).append(day)
    every = [Happening(name, tuple(days)) for name, days in found.items()]
    return sorted(every, key=lambda h: (-len(h.days), h.name))


def firsts(events: Iterable[Event], *, talks: bool) -> dict[str, float]:
    """Return name -> first house day of each event of a replicate."""
    found: dict[str, float] = {}
    for event in events:
        if isinstance(event, APART) or (type(event).__module__ in TALKS) is not talks:
            continue
        found.setdefault(name_of(event), event.day)
    return found


def name_of(event: Event) -> str:
    """Return an event's name in words, with what tells it from others of its kind."""
    kind = type(event).__name__
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind)
    words = words[:1] + words[1:].lower()
    told = next((getattr(event, name) for name in TELLING if hasattr(event, name)), "")
    who = "" if told else str(getattr(event, "by", ""))
    more = str(told or who).replace("_", " ")
    return f"{words}: {more}" if more and more != "none" else words


def shown(every: Sequence[Happening], n: int) -> list[Happening]:
    """Return at most 16 to draw: those in 2 to 98 %, the most frequent first, then the rest; in
    order of their median day.
    """
    inside = [h for h in every if 0.02 <= len(h.days) / n <= 0.98]
    rest = [h for h in every if h not in inside]
    return sorted([*inside, *rest][:MOST], key=lambda h: (median(h.days), h.name))


def timeline_figure(subject: Subject, replay: Replay, *, talks: bool) -> Figure | None:
    """Return the figure, or None where nothing of the kind happens."""
    every = happenings(replay, talks=talks)
    if not every:
        return None
    drawn = shown(every, replay.n)
    rows = [_row(h, replay.n) for h in drawn]
    spans = stretches(subject, [d for h in every for d in h.days])
    said = [(h, chance(len(h.days), replay.n)) for h in every]
    uneven = [pair for pair in said if 0 < pair[1].k < replay.n] or said
    top = max(uneven, key=lambda pair: (pair[1].k, pair[0].name))
    ends = date(subject.as_of), date(subject.inauguration)
    return Figure(
        f"{top[0].name} in {top[1].k} of {replicates(replay.n)}",
        f"Share of {replicates(replay.n)} in which each event has happened by the date, {ends[0]} "
        f"to {ends[1]}. Dates are first dates. Ticks: one a replicate, where few.",
        steps_svg(rows, spans, ("ever", "90%"), WIDE),
        steps_svg(rows, spans, ("ever", "90%"), NARROW),
        cut(f"Of {replicates(replay.n)}: "
            + "; ".join(f"{h.name} in {len(h.days)}" for h in drawn), 300),
        f'Simulated, "{subject.title}"; from the ledgers of {replicates(replay.n)} played again '
        f"({replay.told} of them chosen as stories). Axis in three parts.",
        _table(subject, said),
    )  # fmt: skip


def _row(h: Happening, n: int) -> StepRow:
    said = chance(len(h.days), n)
    return StepRow(h.name, h.days, n, (said.value(), said.span().rstrip("%")), len(h.days) <= 40)


def _table(subject: Subject, said: Sequence[tuple[Happening, Chance]]) -> Table:
    rows = []
    for h, c in sorted(said, key=lambda pair: median(pair[0].days)):
        at = _date(subject, median(h.days))
        ends = [_date(subject, f(h.days)) for f in (min, max)]
        rows.append([h.name, f"{c.k} of {c.n}", c.span(), at, *ends])
    head = ("event", "replicates", "90% Monte Carlo", "median date", "first", "last")
    return Table(head, rows, f"All {len(rows)} events, by median date", (1, 2))


def _date(subject: Subject, day: float) -> str:
    import math

    return (subject.election + dt.timedelta(days=math.floor(day))).isoformat()


def stretches(subject: Subject, days: Sequence[float]) -> tuple[Stretch, ...]:
    """Return the three parts of time: campaign, the fortnight from the vote, and the months."""
    start = min(float((subject.as_of - subject.election).days), min(days, default=0.0))
    end = max(float((subject.inauguration - subject.election).days) + 5, max(days, default=0.0))
    parts = (("Campaign", start, 0.0, 0.36), ("Fortnight", 0.0, FORTNIGHT, 0.3),
             ("To the end", FORTNIGHT, max(end, FORTNIGHT + 1), 0.34))  # fmt: skip
    return tuple(
        Stretch(name, low, high, part, _ticks(subject, low, high))
        for name, low, high, part in parts
    )


def _ticks(subject: Subject, low: float, high: float) -> tuple[tuple[float, str], ...]:
    step = max(7.0, 7.0 * round((high - low) / 21))
    found, day = [], low
    while day < high - 1e-9:
        at = subject.election + dt.timedelta(days=round(day))
        found.append((day, f"{at.day} {date(at).split()[1][:3]}"))
        day += step
    return tuple(found)
