"""Three replicates that end differently, told as stories."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sim.ledger import Event
from sim.output.report.draw.actors import side
from sim.output.report.page.words import capital, percent
from sim.output.report.run.moments import Path3
from sim.output.report.run.subject import Subject
from sim.output.story import moment, sentence, story
from sim.records import events as e
from sim.records.results.outcome import Value

MODEL_ONLY = (e.ManipulationApplied, e.NightDecision, e.WitnessesExcluded)
MILESTONES: tuple[type[Event], ...] = (
    e.Inaugurated, e.ResultAnnounced, e.PollsClosed, e.ResultAnnulled, e.OfficeTaken,
    e.ElectionPostponed, e.CandidateBarred, e.NightDecision, e.QuickCountReported,
    e.TransitionAgreed, e.ForcesDefected, e.AgreementSigned, e.ResultContested,
    e.ResultConceded, e.SheetsPublished, e.CourtRuled, e.MeasureTaken, e.DeathsReported,
    e.MeetingHeld, e.MissionStatement, e.PollPublished, e.CandidateExiled, e.CandidateDetained,
    e.LeaderDetained,
)  # fmt: skip
"""Events that carry a story, the weightiest first: a short story tells the first of each kind."""
SHORT = 10


def chosen(paths: Sequence[Path3]) -> list[int]:
    """Return the places of up to three replicates: the first with the commonest ending, with the
    rarest, and with the commonest of the rest.
    """
    counts = Counter(paths)
    ordered = sorted(counts, key=lambda path: (-counts[path], path))
    wanted = [ordered[0], *ordered[-1:], *ordered[1:2]]
    return [paths.index(path) for path in dict.fromkeys(wanted)]


def same_outcomes(subject: Subject, place: int, now: Mapping[str, Value]) -> bool:
    """Return whether a replicate, played again, gave what is stored."""
    return all(now.get(name) == column[place] for name, column in subject.columns.items())


def tell(ledger: Iterable[Event], subject: Subject) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return the short story, and every line of the long one."""
    events = list(ledger)
    firsts = [next((x for x in events if type(x) is kind), None) for kind in MILESTONES]
    kept = [x for x in firsts if x is not None][:SHORT]
    kept.sort(key=events.index)
    short, names = [], subject.names
    for event in kept:
        words = sentence(event, names).replace("[truth side] ", "")
        who = "known to the model only" if isinstance(event, MODEL_ONLY) else ""
        short.append((who, moment(event.day, subject.election), capital(words)))
    return short, list(story(events, subject.election, names))


def ending(path: Path3) -> str:
    """Return an ending as a heading."""
    voted, announced, office = (side(who) for who in path)
    return (
        f"{voted.label} gets most votes, {announced.clause} is announced, {office.clause} governs"
    )


def remark(number: int, k: int, n: int) -> str:
    """Return how many replicates end in the same way."""
    share = f" ({percent(k / n)})" if n >= 100 else ""
    return f"Replicate {number}. {k:,} of {n:,} end like this{share}."
