"""Families of the talks: tracks, issues and instruments."""

from __future__ import annotations

from collections.abc import Sequence

from sim.ledger import Event
from sim.measures.base import Played
from sim.measures.families.base import Family, Member, yes_no
from sim.records.events import (
    AgreementSigned,
    CommitmentDue,
    CommitmentKept,
    LicenceEnded,
    LicenceIssued,
    MeetingHeld,
    ResultContested,
    RoundHeld,
    TrackMoved,
    WindDownBegan,
)
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import Value

TALKING = frozenset({"talks", "deal", "implemented"})


def _tracks(p: Parameters) -> Sequence[str]:
    return tuple(p.negotiation.tracks)


def _opened(played: Played, track: str) -> bool:
    """Return whether the parties of a track met before the vote, or had met by the as-of date."""
    if played.p.negotiation.tracks[track].state in TALKING:
        return True
    kinds: tuple[type[Event], ...] = (MeetingHeld, RoundHeld, TrackMoved)
    return any(_before(played, kind, track) for kind in kinds)


def _before(played: Played, kind: type[Event], track: str) -> list[Event]:
    events = played.ledger.of(kind)
    return [e for e in events if e.day < played.poll_day and getattr(e, "track", "") == track]


def meeting_held(played: Played, track: str) -> Value:
    """Return whether a meeting of the track took place before the vote."""
    return bool(_before(played, MeetingHeld, track))


def rounds_before(played: Played, track: str) -> Value:
    """Return rounds before the vote; None where the talks never opened."""
    return len(_before(played, RoundHeld, track)) if _opened(played, track) else None


def agreed_before(played: Played, track: str) -> Value:
    """Return whether they agreed before the vote; None where the talks never opened."""
    return bool(_before(played, AgreementSigned, track)) if _opened(played, track) else None


def _moved(played: Played, track: str, after: str) -> Value:
    moves = [e for e in played.ledger.of(TrackMoved) if e.track == track and e.after == after]
    there = any(e.day < played.poll_day for e in moves)
    return there if _opened(played, track) else None


def suspended_before(played: Played, track: str) -> Value:
    """Return whether the talks were suspended by the vote; None where they never opened."""
    return _moved(played, track, "suspended")


def resumed_before(played: Played, track: str) -> Value:
    """Return whether the talks resumed before the vote; None where they never opened."""
    return _moved(played, track, "talks")


def promised_before(played: Played, issue: str) -> Value:
    """Return whether an agreement before the vote promises more of an issue than there is."""
    p, game = played.p, played.p.deals.stakes == "game"
    order = list(p.issues) if game else list(p.issue_space.issues)
    if issue not in order:
        return False
    place = order.index(issue)
    quo = p.issues[issue].levels[0] if game else p.issue_space.status_quo[issue]
    signed = [e for e in played.ledger.of(AgreementSigned) if e.day < played.poll_day]
    return any(e.package[place] > quo for e in signed if place < len(e.package))


def kept_share(played: Played, issue: str) -> Value:
    """Return promises on an issue kept over those that fell due; None where none did."""
    due = {e.commitment for e in played.ledger.of(CommitmentDue) if e.issue == issue}
    kept = {e.commitment for e in played.ledger.of(CommitmentKept)}
    return len(due & kept) / len(due) if due else None


def _last(played: Played, key: str, day: float) -> bool:
    """Return whether an instrument is in force on a day: its last event before decides."""
    terms = played.p.licences[key]
    held = terms.renewed or terms.status == "in_force"
    changes = [
        (e.day, kind is LicenceIssued)
        for kind in (LicenceIssued, WindDownBegan, LicenceEnded)
        for e in played.ledger.of(kind)
        if getattr(e, "key", "") == key and e.day <= day
    ]
    return max(changes)[1] if changes else held


def in_force_at_vote(played: Played, key: str) -> Value:
    """Return whether a licence is in force on the first day of the vote."""
    return _last(played, key, played.poll_day)


def issued_before(played: Played, key: str) -> Value:
    """Return whether a licence was issued, or issued again, before the vote."""
    return any(e.key == key and e.day < played.poll_day for e in played.ledger.of(LicenceIssued))


def _ended(played: Played, key: str, first: float, last: float) -> bool:
    kinds: tuple[type[Event], ...] = (WindDownBegan, LicenceEnded)
    events = [e for kind in kinds for e in played.ledger.of(kind) if getattr(e, "key", "") == key]
    return any(first <= e.day <= last for e in events)


def ended_by_inauguration(played: Played, key: str) -> Value:
    """Return whether a licence's end began by the inauguration."""
    return _ended(played, key, float("-inf"), played.inauguration)


def ended_after_contest(played: Played, key: str) -> Value:
    """Return whether a licence's end began after the result was contested; None where it was not
    contested.
    """
    contest = played.ledger.first(ResultContested)
    return None if contest is None else _ended(played, key, contest.day, played.horizon)


TRACKS = Family(
    "track",
    "track of talks",
    "negotiation",
    _tracks,
    (
        yes_no("meeting_held", 0, "a meeting took place before the vote", meeting_held),
        Member("rounds_before", "count", "rounds", 0, "rounds before the vote", rounds_before),
        yes_no("agreed_before", 0, "agreement before the vote", agreed_before),
        yes_no("suspended_before", 0, "talks suspended by the vote", suspended_before),
        yes_no("resumed_before", 0, "talks resumed before the vote", resumed_before),
    ),
)
ISSUES = Family(
    "issue",
    "issue of the talks",
    "negotiation",
    lambda p: tuple(p.issues),
    (
        yes_no("promised_before", 0, "promised by an agreement before the vote", promised_before),
        Member("kept_share", "share", "share", 1, "promises kept over promises due", kept_share),
    ),
)
INSTRUMENTS = Family(
    "instrument",
    "licence",
    "negotiation",
    lambda p: tuple(p.licences),
    (
        yes_no("in_force_at_vote", 0, "in force on the day of the vote", in_force_at_vote),
        yes_no("issued_before", 0, "issued before the vote", issued_before),
        yes_no("ended_by_inauguration", 0, "ended by the inauguration", ended_by_inauguration),
        yes_no("ended_after_contest", 0, "ended after a contest", ended_after_contest),
    ),
)
