"""How a replicate came out, in one paragraph: vote, announcement, contest, abroad, office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sim.ledger import Event, Ledger
from sim.names import Names, counted, listed
from sim.output.story.lines import date_of
from sim.records import events as e
from sim.records.results.outcome import Value


def ending(
    ledger: Ledger, values: Mapping[str, Value], election: dt.date, names: Names | None = None
) -> str:
    """Return the closing paragraph of a story. values: the outcomes of the replicate."""
    n = names or Names()
    parts = (_ballot(ledger, n), _vote(ledger, values, n), _contest(ledger, n), _abroad(ledger, n))
    rest = (_street(ledger), *_office(ledger, election, n))
    return "How it came out: " + " ".join(part for part in (*parts, *rest) if part)


def _ballot(ledger: Ledger, n: Names) -> str:
    again = {x.name: x.day for x in ledger.of(e.CandidateReadmitted)}
    barred = [x.name for x in ledger.of(e.CandidateBarred) if again.get(x.name, -1e9) < x.day]
    if not barred:
        return ""
    answer = ledger.last(e.ResponseChosen)
    boycott = " and the vote boycotted" if answer and answer.option == "boycott" else ""
    return f"{listed([n.person(name) for name in barred])} was barred{boycott};"


def _vote(ledger: Ledger, values: Mapping[str, Value], n: Names) -> str:
    won, said = values.get("vote_winner"), ledger.last(e.ResultAnnounced)
    if not ledger.of(e.PollsClosed):
        return "no vote was held."
    lead = values.get("lead_true_share")
    by = _margin(str(won), lead)
    voted = f"{n.camp(str(won))} won the vote{by}"
    if ledger.of(e.ResultAnnulled):
        return f"{voted}; the election was annulled in the night."
    if said is None:
        return f"{voted}; nobody was announced as winner."
    same = " and was" if said.winner == won else f"; {n.camp(said.winner)} was"
    return f"{voted}{same} announced as winner{_margin(said.winner, said.lead)}."


def _margin(winner: str, lead: Value) -> str:
    """Return by how much incumbent or challenger is ahead of the other; nothing of a third one."""
    told = isinstance(lead, float) and winner in ("incumbent", "opposition")
    return f" by {abs(100 * lead):.1f} points" if told and isinstance(lead, float) else ""


def _contest(ledger: Ledger, n: Names) -> str:
    contested, conceded = ledger.first(e.ResultContested), ledger.first(e.ResultConceded)
    if conceded is not None:
        return f"It was conceded by {n.voice(conceded.by)}."
    if contested is None:
        return "Nobody contested it." if ledger.of(e.ResultAnnounced) else ""
    asked = ledger.first(e.CourtPetitioned)
    by = f"It was contested by {n.voice(contested.by)}"
    if asked is None:
        return f"{by}; nobody went to court."
    ruled = ledger.first(e.CourtRuled)
    court = "did not rule" if ruled is None else f"ruled: {n.words(ruled.ruling)}"
    court = "annulled the vote" if ledger.of(e.CourtAnnulled) else court
    return f"{by}; the court, asked by {n.voice(asked.by)}, {court}."


def _abroad(ledger: Ledger, n: Names) -> str:
    withheld = [n.voice(x.by) for x in ledger.of(e.RecognitionWithheld)]
    both = {
        whom: [n.voice(x.by) for x in ledger.of(e.Recognised) if x.whom == whom]
        for whom in dict.fromkeys(x.whom for x in ledger.of(e.Recognised))
    }
    said = [f"of {n.camp(whom)} by {listed(by)}" for whom, by in both.items()]
    said += [f"of nobody by {listed(withheld)}"] if withheld else []
    return f"Recognition: {'; '.join(said)}." if said else ""


def _street(ledger: Ledger) -> str:
    protests = sum(x.n_events for x in ledger.of(e.ProtestDay))
    if not protests:
        return ""
    deaths, arrests = ledger.last(e.DeathsReported), ledger.last(e.ArrestsReported)
    told = [counted(protests, "protest")]
    told += [counted(deaths.n, "death")] if deaths else []
    told += [counted(arrests.n, "arrest")] if arrests else []
    return f"{listed(told)}.".capitalize()


def _office(ledger: Ledger, election: dt.date, n: Names) -> Iterator[str]:
    """Yield why the office changed hands, and who holds it."""
    left: list[Event] = [*ledger.of(e.ForcesDefected), *ledger.of(e.TransitionAgreed)]
    if left:
        yield f"On {date_of(left[0].day, election)}: {_small(left[0].says(n))}"
    sworn = ledger.last(e.Inaugurated)
    for taken in ledger.of(e.OfficeTaken):
        yield f"On {date_of(taken.day, election)} the office went to {n.camp(taken.holder)}."
    if sworn is not None:
        yield f"On inauguration day the office was held by {n.camp(sworn.holder)}."


def _small(text: str) -> str:
    return text[0].lower() + text[1:]
