"""What a historian would not believe of a played replicate: each rule returns what breaks it.

Days are days of the clock, 0 = 00:00 of the scheduled vote. A moment without an hour (00:00) is a
day, not a night: what the model reviews once a week or a day carries it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.ledger import Event
from sim.processes.world import World, closing_day
from sim.records import events as e
from sim.records.parameters.cast import observers_of

Rule = Callable[[World], list[str]]
DAYTIME = 8.0, 20.0
WEEK = 7.0


def said(event: Event) -> str:
    """Return an event and when it was, in short."""
    return f"{event.day:.2f} {event}"


def first_day(world: World, *kinds: type[Event]) -> float:
    """Return the day of the first event of these types, infinity where there is none."""
    return min((x.day for kind in kinds for x in world.ledger.of(kind)), default=math.inf)


def over_since(world: World) -> float:
    """Return since when the incumbent has announced its own defeat, or is on its way out."""
    lost = [x.day for x in world.ledger.of(e.ResultAnnounced)[:1] if x.winner == "opposition"]
    return min([*lost, first_day(world, e.ForcesDefected, e.TransitionAgreed, e.OfficeTaken)])


def sent_away(world: World) -> list[str]:
    """A mission speaks that is absent, or whose invitation was withdrawn and not given again."""
    taken = [x for x in world.ledger.of(e.MeasureTaken) if x.measure == "withdraw_invitations"]
    undone = [x for x in world.ledger.of(e.MeasureUndone) if x.measure == "withdraw_invitations"]
    again = undone or world.conduct.broad_observation
    missions, gone = observers_of(world.p.cast), bool(taken) and not again
    return [
        said(x)
        for x in world.ledger.of(e.MissionStatement)
        if missions[x.mission].presence == "absent" or (gone and missions[x.mission].invited)
    ]


def stopped_late(world: World) -> list[str]:
    """Transmission stops after the first bulletin."""
    out = first_day(world, e.ResultAnnounced, e.ResultAnnulled)
    return [said(x) for x in world.ledger.of(e.TransmissionStopped) if x.day > out]


def lame_signatures(world: World) -> list[str]:
    """Somebody signs with, or licenses, an incumbent that is on its way out."""
    kinds = (e.AgreementSigned, e.LicenceIssued)
    over = over_since(world)
    return [said(x) for kind in kinds for x in world.ledger.of(kind) if x.day > over]


def idle_threats(world: World) -> list[str]:
    """A threat over what is over: a lame duck, a vote that was held, a bar that was lifted."""
    over, held = over_since(world), first_day(world, e.PollsOpened)
    lifted = first_day(world, e.CandidateReadmitted)
    kinds = (e.ThreatMade, e.ThreatCarriedOut, e.TargetConceded)
    threats = [x for kind in kinds for x in world.ledger.of(kind)]
    of_the_vote = ("bar_candidate", "postpone", "withdraw_invitations")
    return [said(x) for x in threats if x.day > over] + [
        said(x)
        for x in threats
        if (x.over.split("/")[0] in of_the_vote and x.day >= held)
        or (x.over in ("bar_candidate", "substitute_refused") and x.day > lifted)
    ]


def causeless_falls(world: World) -> list[str]:
    """The command leaves for a cause that is not there."""
    found = []
    for fall in world.ledger.of(e.ForcesDefected):
        week = [x.n_events for x in world.ledger.of(e.ProtestDay) if 0 <= fall.day - x.day <= WEEK]
        beliefs = [x.belief for x in world.ledger.of(e.SignalMoved) if x.day <= fall.day]
        there = {
            "protest": sum(week) >= 10,
            "belief": bool(beliefs) and beliefs[-1] > world.p.command.belief_reference,
            "recognition": any(x.day <= fall.day for x in world.ledger.of(e.RecognitionIndex)),
        }
        began = min(first_day(world, e.ResultContested), first_day(world, e.OutcryBegan))
        if not there.get(fall.cause, True) or fall.day < began:
            found.append(said(fall))
    return found


def a_moved_vote(world: World) -> list[str]:
    """A postponed vote falls on another day of the week, or lacks what every vote has."""
    moved, found = world.ledger.of(e.ElectionPostponed), []
    if not moved or not world.conduct.held:
        return []
    day, rules = world.conduct.poll_day, world.p.calendar
    if day % WEEK:
        found.append(f"voted on day {day}, another day of the week")
    polls = [x for x in world.ledger.of(e.PollPublished) if day - 3 <= x.day]
    after = (e.PollsClosed, e.NightDecision, e.IncidentsReported, e.FindingIssued)
    found += [said(x) for x in polls if rules.poll_ban is not None]
    found += [f"no {kind.__name__}" for kind in after if not world.ledger.of(kind)]
    found += [said(x) for kind in after for x in world.ledger.of(kind) if x.day < day]
    return found


def out_of_hours(world: World) -> list[str]:
    """Who has an office acts at night: rounds, threats, petitions, rulings, statements, polls."""
    kinds = (e.RoundHeld, e.ThreatMade, e.ThreatCarriedOut, e.TargetConceded, e.CourtPetitioned)
    more = (e.CourtRuled, e.CourtAnnulled, e.MissionStatement, e.PollPublished, e.Recognised)
    at_once = {
        x.day for kind in (e.ResultAnnounced, e.ResultAnnulled) for x in world.ledger.of(kind)
    }
    return [
        said(x)
        for kind in (*kinds, *more, e.RecognitionWithheld)
        for x in world.ledger.of(kind)
        if x.day not in at_once and not DAYTIME[0] <= round(24 * (x.day % 1), 6) <= DAYTIME[1]
    ]


def weekend_rounds(world: World) -> list[str]:
    """A round of talks, a petition, a ruling or a sanction on a Saturday or a Sunday."""
    weekday = world.p.vote.days[0].weekday()
    kinds = (e.RoundHeld, e.CourtPetitioned, e.CourtRuled, e.CourtAnnulled, e.DesignationsAdded)
    found = [x for kind in kinds for x in world.ledger.of(kind)]
    return [said(x) for x in found if (math.floor(x.day) + weekday) % 7 > 4]


def late_outlooks(world: World) -> list[str]:
    """The command still reckons with holding out after it left, or after a way out was agreed."""
    gone = first_day(world, e.ForcesDefected, e.TransitionAgreed, e.OfficeTaken)
    return [said(x) for x in world.ledger.of(e.OutlookMoved) if x.day > gone]


def late_recognition(world: World) -> list[str]:
    """Members abroad still weigh the announcement after somebody else took the office."""
    said_on = first_day(world, e.ResultAnnounced, e.ResultAnnulled)
    winners = [x.winner for x in world.ledger.of(e.ResultAnnounced)[:1]]
    later = [x for x in world.ledger.of(e.OfficeTaken) if x.day > said_on]
    taken = min((x.day for x in later if x.holder not in winners), default=math.inf)
    kinds = (e.Recognised, e.RecognitionWithheld)
    return [said(x) for kind in kinds for x in world.ledger.of(kind) if x.day > taken]


def hasty_answers(world: World) -> list[str]:
    """A threat is answered, or a petition ruled on, on the very day."""
    threats = {x.over: x.day for x in world.ledger.of(e.ThreatMade)}
    answers = (e.ThreatCarriedOut, e.ThreatDropped, e.TargetConceded)
    given = [x for kind in answers for x in world.ledger.of(kind)]
    found = [said(x) for x in given if x.day - threats[x.over] < 1]
    asked = first_day(world, e.CourtPetitioned)
    rulings = [x for kind in (e.CourtRuled, e.CourtAnnulled) for x in world.ledger.of(kind)]
    return found + [said(x) for x in rulings if x.day - asked < 1]


def blind_praise(world: World) -> list[str]:
    """A mission praises a boycotted vote without a word on its conditions, or a contested result of
    which no tables are out yet, without a count of its own.
    """
    contested, boycott = bool(world.ledger.of(e.ResultContested)), world.conduct.boycott
    critics = {x.observer for x in world.ledger.of(e.ConditionsCriticised)}
    late = closing_day(world) + world.p.missions.rows_limit_days
    unchecked = min(first_day(world, e.TablesPublished), late) if contested else -math.inf
    missions = observers_of(world.p.cast)
    praise = [x for x in world.ledger.of(e.MissionStatement) if x.verdict == "positive"]
    return [
        said(x)
        for x in praise
        if (boycott and x.mission not in critics)
        or (x.day < unchecked and not counts(missions[x.mission].estimators))
    ]


def counts(estimators: tuple[str, ...]) -> bool:
    """Return whether a mission has a quick count of its own."""
    return any(name.startswith("quick_count") for name in estimators)


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        sent_away,
        stopped_late,
        lame_signatures,
        idle_threats,
        causeless_falls,
        a_moved_vote,
        out_of_hours,
        weekend_rounds,
        late_outlooks,
        late_recognition,
        hasty_answers,
        blind_praise,
    )
}
