"""Outcomes of talks, promises and sanctions, read off the ledger (docs/model/strategy.md, section
10).
"""

from __future__ import annotations

from sim.measures.base import Compute, Played
from sim.records.events import (
    AgreementSigned,
    BreachDetected,
    CommitmentBroken,
    CommitmentDue,
    CommitmentKept,
    DesignationsAdded,
    LicenceAmended,
    LicenceIssued,
    MeetingHeld,
    ReliefChanged,
    RoundHeld,
    TrackMoved,
    WindDownBegan,
)
from sim.records.results.outcome import Measure, Value


def tracks_with(played: Played, others: tuple[str, ...]) -> frozenset[str]:
    """Return the tracks on whose other side one of these members sits."""
    return frozenset(k for k, track in played.p.negotiation.tracks.items() if track.other in others)


def meeting_held_first(played: Played) -> Value:
    """Return whether a scheduled meeting took place before the vote."""
    tracks = tracks_with(played, played.who.senders)
    return any(e.track in tracks and e.day < played.poll_day for e in played.ledger.of(MeetingHeld))


def n_rounds_before(played: Played) -> Value:
    """Return rounds of the talks over sanctions before the vote."""
    tracks = tracks_with(played, played.who.senders)
    return sum(e.track in tracks and e.day < played.poll_day for e in played.ledger.of(RoundHeld))


def agreement_before(played: Played) -> Value:
    """Return whether the talks over sanctions brought an agreement before the vote."""
    tracks = tracks_with(played, played.who.senders)
    return any(
        e.track in tracks and e.day < played.poll_day for e in played.ledger.of(AgreementSigned)
    )


def sender_track_suspended_before(played: Played) -> Value:
    """Return whether the talks over sanctions were suspended before the vote."""
    return _moved(played, played.who.senders, "suspended")


def challenger_track_resumed(played: Played) -> Value:
    """Return whether the talks with the challenger resumed before the vote."""
    return _moved(played, played.who.challengers, "talks")


def _moved(played: Played, others: tuple[str, ...], after: str) -> bool:
    moves, tracks = played.ledger.of(TrackMoved), tracks_with(played, others)
    return any(e.track in tracks and e.after == after and e.day < played.poll_day for e in moves)


def general_licence_reissued_before(played: Played) -> Value:
    """Return whether a general licence was issued again before the vote."""
    general = {key for key, terms in played.p.licences.items() if terms.scope == "general"}
    return any(
        e.key in general and e.day < played.poll_day for e in played.ledger.of(LicenceIssued)
    )


def commitments_kept_share(played: Played) -> Value:
    """Return promises kept over promises that fell due."""
    due = len(played.ledger.of(CommitmentDue)) or len(played.ledger.of(CommitmentKept)) + len(
        played.ledger.of(CommitmentBroken)
    )
    return len(played.ledger.of(CommitmentKept)) / due if due else None


def detection_lag_mean_days(played: Played) -> Value:
    """Return the mean lag from a breach to its detection."""
    lags = [e.lag_days for e in played.ledger.of(BreachDetected)]
    return sum(lags) / len(lags) if lags else None


def relief_on(played: Played, day: float) -> tuple[float, float]:
    """Return (share, million USD a month) of the relief book on a day."""
    past = [e for e in played.ledger.of(ReliefChanged) if e.day <= day]
    return (past[-1].relief_share, past[-1].value) if past else (0.0, 0.0)


def _relief_share(offset: float) -> Compute:
    def compute(played: Played) -> Value:
        return relief_on(played, played.poll_day + offset)[0]

    return compute


def relief_share_inauguration(played: Played) -> Value:
    """Return the relief share on inauguration day."""
    return relief_on(played, played.inauguration)[0]


def relief_lost_musd(played: Played) -> Value:
    """Return the integral of (value at the as-of minus value) to the horizon."""
    changes = played.ledger.of(ReliefChanged)
    if not changes:
        return 0.0
    ends = [e.day for e in changes[1:]] + [played.horizon]
    first = changes[0].value
    return sum((first - e.value) * (end - e.day) / 30 for e, end in zip(changes, ends, strict=True))


def licence_at_stake_ended(played: Played) -> Value:
    """Return whether the licence at stake was narrowed or its end began by the inauguration; None
    where none was in force.
    """
    key, limit = played.p.aftermath.abroad.licence, played.inauguration
    terms = played.p.licences.get(key)
    if terms is None or not (terms.status == "in_force" or terms.renewed):
        return None
    narrowed = any(e.key == key and e.day <= limit for e in played.ledger.of(LicenceAmended))
    return narrowed or any(e.key == key and e.day <= limit for e in played.ledger.of(WindDownBegan))


def designations_total(played: Played) -> Value:
    """Return names designated by the inauguration."""
    return sum(
        e.n_names for e in played.ledger.of(DesignationsAdded) if e.day <= played.inauguration
    )


def _m(name: str, kind: str, unit: str, direction: int, definition: str) -> Measure:
    return Measure(name, "negotiation", kind, unit, direction, definition)


def _b(name: str, direction: int, definition: str) -> Measure:
    return _m(name, "bool", "share", direction, definition)


NEGOTIATION: dict[str, tuple[Measure, Compute]] = {
    m.name: (m, compute)
    for m, compute in (
        (
            _b(
                "meeting_held_first",
                0,
                "a scheduled meeting over sanctions took place before the vote",
            ),
            meeting_held_first,
        ),
        (
            _m(
                "n_rounds_before",
                "count",
                "rounds",
                0,
                "rounds of talks over sanctions before the vote",
            ),
            n_rounds_before,
        ),
        (_b("agreement_before", 0, "agreement over sanctions before the vote"), agreement_before),
        (
            _b("sender_track_suspended_before", 0, "talks over sanctions suspended by the vote"),
            sender_track_suspended_before,
        ),
        (
            _b("challenger_track_resumed", 1, "talks with the challenger resumed before the vote"),
            challenger_track_resumed,
        ),
        (
            _b("general_licence_reissued_before", 0, "general licence issued again by the vote"),
            general_licence_reissued_before,
        ),
        (
            _m("commitments_kept_share", "share", "share", 1, "promises kept over promises due"),
            commitments_kept_share,
        ),
        (
            _m("detection_lag_mean_days", "days", "days", -1, "mean lag from breach to detection"),
            detection_lag_mean_days,
        ),
        (
            _m("relief_share_eve", "share", "share", 0, "relief share one day before the vote"),
            _relief_share(-1.0),
        ),
        (
            _m("relief_share_30d", "share", "share", 0, "relief share 30 days after the vote"),
            _relief_share(30.0),
        ),
        (
            _m(
                "relief_share_inauguration", "share", "share", 0, "relief share on inauguration day"
            ),
            relief_share_inauguration,
        ),
        (
            _m(
                "relief_lost_musd",
                "number",
                "million USD",
                0,
                "relief lost against the as-of, to the horizon",
            ),
            relief_lost_musd,
        ),
        (
            _b(
                "licence_at_stake_ended",
                0,
                "the licence at stake was narrowed or wound down by the inauguration",
            ),
            licence_at_stake_ended,
        ),
        (
            _m("designations_total", "count", "names", 0, "names designated by the inauguration"),
            designations_total,
        ),
    )
}
