"""Outcomes of what follows an announcement, read off the ledger (docs/model/strategy.md, section
10).
"""

from __future__ import annotations

from sim.ledger import Event
from sim.measures.base import Compute, Played
from sim.records.events import (
    ArrestsReported,
    CandidateDetained,
    CandidateExiled,
    CourtRuled,
    DeathsReported,
    Decided,
    ForcesDefected,
    Inaugurated,
    MissionStatement,
    OfficeTaken,
    ProtestDay,
    Recognised,
    ResultConceded,
    ResultContested,
    SheetsPublished,
    TransitionAgreed,
)
from sim.records.results.outcome import Measure, Value

SERIOUS_DEATHS = 10


def limit(played: Played) -> float:
    """Return the day of "+30"."""
    return played.poll_day + played.p.aftermath.limit_days


def office_holder_inauguration(played: Played) -> Value:
    """Return who holds the office once the inauguration is over."""
    day = played.inauguration
    taken = [e.holder for e in played.ledger.of(OfficeTaken) if e.day <= day]
    sworn = played.ledger.first(Inaugurated)
    return sworn.holder if sworn is not None else taken[-1] if taken else "incumbent"


def office_holder_horizon(played: Played) -> Value:
    """Return who holds the office at the horizon."""
    last = played.ledger.last(OfficeTaken)
    return "incumbent" if last is None else last.holder


def _happened(kind: type[Event]) -> Compute:
    def compute(played: Played) -> Value:
        return bool(played.ledger.of(kind))

    return compute


def _by_inauguration(*kinds: type[Event]) -> Compute:
    def compute(played: Played) -> Value:
        day = played.inauguration
        return any(e.day <= day for kind in kinds for e in played.ledger.of(kind))

    return compute


def protest_events(played: Played) -> Value:
    """Return protest events from the vote to "+30"."""
    days = (e for e in played.ledger.of(ProtestDay) if e.day <= limit(played))
    return sum(e.n_events for e in days if e.day >= played.poll_day)


def protest_events_before(played: Played) -> Value:
    """Return protest events before the vote."""
    return sum(e.n_events for e in played.ledger.of(ProtestDay) if e.day < played.poll_day)


def deaths_30d(played: Played) -> Value:
    """Return deaths to "+30"."""
    return sum(e.n for e in played.ledger.of(DeathsReported))


def arrests_30d(played: Played) -> Value:
    """Return arrests at protests to "+30"."""
    return sum(e.n for e in played.ledger.of(ArrestsReported))


def deaths_ge_10(played: Played) -> Value:
    """Return whether ten or more died."""
    return sum(e.n for e in played.ledger.of(DeathsReported)) >= SERIOUS_DEATHS


def _recognised(opposition: bool) -> Compute:
    def compute(played: Played) -> Value:
        by, end = played.who.recognisers, limit(played)
        found = (e for e in played.ledger.of(Recognised) if e.day <= end and e.by in by)
        return sum((e.whom == "opposition") == opposition for e in found)

    return compute


def sender_calls_challenger_30d(played: Played) -> Value:
    """Return whether the sanctioning country called the challenger the winner."""
    calling = set(played.who.critical) & set(played.who.senders)
    return any(
        e.by in calling and e.whom == "opposition" and e.day <= limit(played)
        for e in played.ledger.of(Recognised)
    )


def guarded_accept_30d(played: Played) -> Value:
    """Return whether a guarded state abroad accepted the announced winner."""
    guarded = played.who.guarded
    return any(e.by in guarded and e.day <= limit(played) for e in played.ledger.of(Recognised))


def minors_recognising(played: Played) -> Value:
    """Return minor candidates who recognised the announced winner."""
    return sum(e.by in played.who.minors for e in played.ledger.of(Recognised))


def court_certified_30d(played: Played) -> Value:
    """Return whether the court certified the announced result."""
    return any(
        e.ruling == "certified" and e.day <= limit(played) for e in played.ledger.of(CourtRuled)
    )


def region_asked_for_tables(played: Played) -> Value:
    """Return whether states of the region asked for results by table."""
    return any(
        e.decision == "ask_for_tables" and e.option == "yes" for e in played.ledger.of(Decided)
    )


def days_to_settlement(played: Played) -> Value:
    """Return days from the vote to the first of concession, ruling, transition and defection."""
    kinds: tuple[type[Event], ...] = (ResultConceded, CourtRuled, TransitionAgreed, ForcesDefected)
    days = [e.day for kind in kinds for e in played.ledger.of(kind)]
    return min(days) - played.poll_day if days else None


def missions_negative(played: Played) -> Value:
    """Return missions whose statement is negative."""
    return sum(e.verdict == "negative" for e in played.ledger.of(MissionStatement))


def first_statement_days(played: Played) -> Value:
    """Return days from the vote to the first statement of a mission."""
    first = played.ledger.first(MissionStatement)
    return None if first is None else first.day - played.poll_day


def _m(name: str, kind: str, unit: str, direction: int, definition: str) -> Measure:
    return Measure(name, "aftermath", kind, unit, direction, definition)


def _b(name: str, direction: int, definition: str) -> Measure:
    return _m(name, "bool", "share", direction, definition)


DEFECTION, TRANSITION = _by_inauguration(ForcesDefected), _by_inauguration(TransitionAgreed)
FATE = _by_inauguration(CandidateExiled, CandidateDetained)
FOR_ANNOUNCED, FOR_OPPOSITION = _recognised(False), _recognised(True)

AFTERMATH: dict[str, tuple[Measure, Compute]] = {
    m.name: (m, compute)
    for m, compute in (
        (
            _m(
                "office_holder_inauguration",
                "category",
                "key",
                0,
                "who holds the office after inauguration day",
            ),
            office_holder_inauguration,
        ),
        (
            _m(
                "office_holder_horizon", "category", "key", 0, "who holds the office at the horizon"
            ),
            office_holder_horizon,
        ),
        (
            _b("contested", -1, "the challenger contests the announcement"),
            _happened(ResultContested),
        ),
        (_b("opposition_conceded", 0, "the challenger concedes"), _happened(ResultConceded)),
        (
            _b("sheets_published", 1, "the challenger publishes its copies"),
            _happened(SheetsPublished),
        ),
        (
            _m("protest_events", "count", "events", -1, "protest events within 30 days"),
            protest_events,
        ),
        (
            _m("protest_events_before", "count", "events", -1, "protest events before the vote"),
            protest_events_before,
        ),
        (_m("deaths_30d", "count", "deaths", -1, "deaths within 30 days"), deaths_30d),
        (
            _m("arrests_30d", "count", "arrests", -1, "arrests at protests within 30 days"),
            arrests_30d,
        ),
        (_b("deaths_ge_10", -1, "ten or more deaths within 30 days"), deaths_ge_10),
        (_b("defection", 0, "the command of the forces defects by the inauguration"), DEFECTION),
        (_b("transition_agreed", 0, "a transition is negotiated by the inauguration"), TRANSITION),
        (
            _b(
                "candidate_exiled_or_detained",
                -1,
                "the candidate exiled or detained by the inauguration",
            ),
            FATE,
        ),
        (
            _b(
                "sender_calls_challenger_30d",
                0,
                "the sanctioning country calls the challenger winner within 30 days",
            ),
            sender_calls_challenger_30d,
        ),
        (
            _b(
                "guarded_accept_30d",
                0,
                "a guarded state abroad accepts the announced winner within 30 days",
            ),
            guarded_accept_30d,
        ),
        (
            _m(
                "states_for_announced_30d",
                "count",
                "blocks",
                0,
                "members abroad that recognise the announced winner, if not the challenger",
            ),
            FOR_ANNOUNCED,
        ),
        (
            _m(
                "states_for_opposition_30d",
                "count",
                "blocks",
                0,
                "members abroad that recognise the challenger",
            ),
            FOR_OPPOSITION,
        ),
        (
            _m(
                "minors_recognising",
                "count",
                "candidates",
                0,
                "minor candidates who recognise the announced winner",
            ),
            minors_recognising,
        ),
        (_b("court_certified_30d", 0, "the court certifies within 30 days"), court_certified_30d),
        (
            _b("region_asked_for_tables", 0, "states of the region ask for results by table"),
            region_asked_for_tables,
        ),
        (
            _m(
                "days_to_settlement",
                "days",
                "days",
                0,
                "vote to settlement: first of concession, ruling, transition, defection",
            ),
            days_to_settlement,
        ),
        (
            _m("missions_negative", "count", "missions", 0, "missions whose statement is negative"),
            missions_negative,
        ),
        (
            _m(
                "first_statement_days",
                "days",
                "days",
                -1,
                "vote to the first statement of a mission",
            ),
            first_statement_days,
        ),
    )
}
