"""Families of who acts: parties, members abroad and observers."""

from __future__ import annotations

from collections.abc import Sequence

from sim.measures.base import Played
from sim.measures.families.base import Family, Member, yes_no
from sim.records.events import (
    Decided,
    MissionStatement,
    Recognised,
    ResultAnnounced,
    ResultConceded,
    ResultContested,
)
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import Value

NOBODY = "nobody"


def _having(role: str, p: Parameters) -> Sequence[str]:
    return tuple(key for key, member in p.cast.items() if role in member.roles)


def _parties(p: Parameters) -> Sequence[str]:
    return (*_having("incumbent", p), *_having("challenger", p))


def _blocks(p: Parameters) -> Sequence[str]:
    return _having("recogniser", p)


def _patient(p: Parameters) -> Sequence[str]:
    return tuple(key for key in _blocks(p) if p.cast[key].recogniser.stance == "patient")


def _observers(p: Parameters) -> Sequence[str]:
    return _having("observer", p)


def recognised(played: Played, key: str) -> Value:
    """Return whom a member recognises by the horizon, as `announced_winner` calls them, or nobody;
    None where nothing was announced.
    """
    if not played.ledger.of(ResultAnnounced):
        return None
    found = [e.whom for e in played.ledger.of(Recognised) if e.by == key]
    return found[-1] if found else NOBODY


def asked_for_tables(played: Played, key: str) -> Value:
    """Return whether a member asked for results by table; None where it was not in question."""
    asked = [e for e in played.ledger.of(Decided) if e.decision == "ask_for_tables"]
    mine = [e.option == "yes" for e in asked if e.actor == key]
    return any(mine) if mine else None


def verdict(played: Played, key: str) -> Value:
    """Return an observer's verdict: positive, negative, or none where it stated nothing."""
    said = [e.verdict for e in played.ledger.of(MissionStatement) if e.mission == key]
    return said[-1] if said else "none"


def statement_days(played: Played, key: str) -> Value:
    """Return days from the vote to an observer's statement; None where it stated nothing."""
    said = [e.day for e in played.ledger.of(MissionStatement) if e.mission == key]
    return said[0] - played.poll_day if said else None


def contested(played: Played, key: str) -> Value:
    """Return whether a party contested the announcement."""
    return any(e.by == key for e in played.ledger.of(ResultContested))


def conceded(played: Played, key: str) -> Value:
    """Return whether a party conceded."""
    return any(e.by == key for e in played.ledger.of(ResultConceded))


def _row(played: Played, key: str) -> int | None:
    """Return the ballot row of a party's candidate; None where it has none."""
    who, contest = played.who, played.contest
    if key == who.incumbent:
        return contest.incumbent
    return contest.challenger if who.challengers[:1] == (key,) else None


def vote_share(played: Played, key: str) -> Value:
    """Return the share of the valid votes cast for a party's candidate."""
    row = _row(played, key)
    if played.truth is None or row is None:
        return None
    totals = played.truth.cast.totals
    return float(totals[row] / totals.sum()) if totals.sum() else None


def announced_share(played: Played, key: str) -> Value:
    """Return the share of the valid votes announced for a party's candidate."""
    row = _row(played, key)
    bulletins = () if played.claim is None else played.claim.bulletins
    if row is None or not bulletins or not bulletins[-1].totals.sum():
        return None
    return float(bulletins[-1].totals[row] / bulletins[-1].totals.sum())


PARTIES = Family(
    "party",
    "party",
    "election",
    _parties,
    (
        Member("vote_share", "share", "share", 0, "share of the valid votes cast", vote_share),
        Member("announced_share", "share", "share", 0, "share announced", announced_share),
        yes_no("contested", 0, "it contests the announcement", contested),
        yes_no("conceded", 0, "it concedes", conceded),
    ),
)
BLOCKS = Family(
    "block",
    "member abroad",
    "aftermath",
    _blocks,
    (Member("recognised", "category", "key", 0, "whom it recognises", recognised),),
)
PATIENT = Family(
    "block",
    "member abroad",
    "aftermath",
    _patient,
    (yes_no("asked_for_tables", 1, "it asks for results by table", asked_for_tables),),
)
OBSERVERS = Family(
    "observer",
    "observer",
    "aftermath",
    _observers,
    (
        Member("verdict", "category", "key", 0, "what it states", verdict),
        Member("statement_days", "days", "days", 0, "days to its statement", statement_days),
    ),
)
