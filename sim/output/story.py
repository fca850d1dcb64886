"""One replicate's ledger as a dated story that a person can read, and as JSON lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from typing import Any

from sim.ledger import Event
from sim.records import events as e

ROUTINE = (e.Decided, e.BeliefUpdated, e.SheetsTransmitted, e.SheetsScanned)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _points(lead: float) -> str:
    side = "the challenger" if lead > 0 else "the incumbent"
    return f"{side} by {abs(100 * lead):.1f} points"


def _words(key: str) -> str:
    return key.replace("_", " ")


SENTENCES: dict[type[Event], Callable[[Any], str]] = {
    e.MeetingScheduled: lambda x: f"A meeting of the track {_words(x.track)} is scheduled.",
    e.MeetingHeld: lambda x: f"The scheduled meeting of the track {_words(x.track)} takes place.",
    e.MeetingCancelled: lambda x: f"The scheduled meeting of the track {_words(x.track)} does not take place.",
    e.RoundHeld: lambda x: (
        f"A round of talks is held ({_words(x.track)}); "
        + (f"a package by {_words(x.model)} is on the table." if x.success else "no package comes out of it.")
    ),
    e.RoundFailed: lambda x: (
        f"The package is not signed: the perceived gains are {x.surplus_a:+.3f} and {x.surplus_b:+.3f}, too small for one side."
    ),
    e.TrackMoved: lambda x: f"The track {_words(x.track)} moves from {x.before} to {x.after} ({_words(x.cause)}).",
    e.AgreementSigned: lambda x: f"An agreement is signed ({_words(x.track)}) with {x.n_commitments} commitments.",
    e.CommitmentDue: lambda x: f"A commitment of {_words(x.party)} on {_words(x.issue)} falls due.",
    e.CommitmentKept: lambda x: f"The commitment {x.commitment} is kept.",
    e.CommitmentBroken: lambda x: f"The commitment {x.commitment} is broken.",
    e.CommitmentLapsed: lambda x: f"The commitment {x.commitment} lapses.",
    e.BreachDetected: lambda x: f"A breach is detected: {_words(x.occasion)} ({x.lag_days:.1f} days after it).",
    e.ThreatMade: lambda x: f"{_words(x.by)} threatens {_words(x.against)} with sanctions over {_words(x.over)}.",
    e.TargetConceded: lambda x: f"The threatened side concedes over {_words(x.over)}.",
    e.ThreatCarriedOut: lambda x: f"The threat over {_words(x.over)} is carried out: {_words(x.instrument)}.",
    e.ThreatDropped: lambda x: f"The threat over {_words(x.over)} is dropped.",
    e.LicenceIssued: lambda x: f"Licence {x.key} is issued (worth {x.value:.0f} million USD a month).",
    e.LicenceRenewed: lambda x: f"Licence {x.key} is renewed.",
    e.LicenceAmended: lambda x: f"Licence {x.key} is amended (now worth {x.value:.0f} million USD a month).",
    e.WindDownBegan: lambda x: f"The wind-down of licence {x.key} begins.",
    e.LicenceEnded: lambda x: f"Licence {x.key} ends.",
    e.DesignationsAdded: lambda x: f"{x.n_names} persons are designated.",
    e.ReliefChanged: lambda x: f"Relief in force is now {_percent(x.relief_share)} of the reference value.",
    e.PollPublished: lambda x: f"A poll of the {_words(x.family)} family is published: {_points(x.lead)} (n = {x.n}).",
    e.SupportShift: lambda x: f"Support shifts ({_words(x.cause)}): {x.d_logit_gov:+.3f} on the incumbent's logit.",
    e.MeasureTaken: lambda x: f"The government takes a measure: {_words(x.measure)}.",
    e.MeasureNotCarriedOut: lambda x: f"An order is not carried out: {_words(x.measure)}.",
    e.MeasureUndone: lambda x: f"A measure is undone: {_words(x.measure)}.",
    e.ElectionPostponed: lambda x: f"The election is postponed to day {x.new_day:.0f}.",
    e.CandidateBarred: lambda x: f"The candidate {_words(x.name)} is barred.",
    e.CandidateReadmitted: lambda x: f"The candidate {_words(x.name)} is readmitted.",
    e.CandidateAdmitted: lambda x: f"The candidate {_words(x.name)} is admitted.",
    e.ResponseChosen: lambda x: f"The opposition's answer: {_words(x.option)}.",
    e.SubstituteNamed: lambda x: f"A substitute is named: {_words(x.name)}.",
    e.SubstituteAdmitted: lambda x: f"The substitute {_words(x.name)} is admitted.",
    e.SubstituteRefused: lambda x: f"The substitute {_words(x.name)} is refused.",
    e.CandidateWithdrew: lambda x: (
        f"{_words(x.name)} withdraws" + (f" and endorses {_words(x.endorses)}." if x.endorses else ".")
    ),
    e.VotesCredited: lambda x: (
        f"Votes on the ballot row of {_words(x.name)} are credited to {_words(x.credited_to) or 'nobody'}."
    ),
    e.PollsOpened: lambda x: f"{x.tables:,} polling tables open ({_percent(x.late_share)} of them late).",
    e.PollsClosed: lambda x: f"The last table closes: {x.ballots:,} ballots, turnout {_percent(x.turnout_share)}.",
    e.ManipulationApplied: lambda x: (
        f"[truth side] {_words(x.key)} at {x.tables:,} tables: {x.votes_added:,} votes added, "
        f"{x.votes_moved:,} moved to {_words(x.beneficiary)}."
    ),
    e.WitnessesExcluded: lambda x: f"Witnesses are kept out, or get no copy, at {_percent(x.share)} of the tables.",
    e.TransmissionStopped: lambda x: "The transmission of results stops.",
    e.QuickCountReported: lambda x: f"Quick count: {x.reports:,} reports in hand; estimate {_points(x.estimate)}.",
    e.IncidentsReported: lambda x: f"{x.reports:,} incident reports ({_words(x.source)}): {x.category}.",
    e.NightDecision: lambda x: (
        f"The authority's decision (number {x.k + 1}): {_words(x.option)}; its own count shows {_points(x.internal_lead)}."
    ),
    e.ResultAnnounced: lambda x: (
        f"Bulletin {x.number}: {_words(x.winner)} is announced as winner ({_points(x.lead)}), "
        f"{_percent(x.share_counted)} counted, {'with' if x.tables_published else 'without'} results by table."
    ),
    e.TablesPublished: lambda x: f"Results by table are out for {_percent(x.share)} of the tables.",
    e.ResultAnnulled: lambda x: "The election is annulled.",
    e.FindingIssued: lambda x: (
        f"Finding by {_words(x.estimator)}: the announced result is {x.verdict} with its evidence."
        if x.verdict != "undecided"
        else f"Finding by {_words(x.estimator)}: undecided."
    ),
    e.SheetsPublished: lambda x: (
        f"The opposition publishes its copies ({_percent(x.copies_share)} of tables; {_points(x.lead)})."
    ),
    e.ResultConceded: lambda x: f"{_words(x.by)} concedes.",
    e.ResultContested: lambda x: f"{_words(x.by)} contests the announced result.",
    e.CourtPetitioned: lambda x: f"{_words(x.by)} petitions the court.",
    e.CourtRuled: lambda x: f"The court rules: {_words(x.ruling)}.",
    e.MissionStatement: lambda x: f"Statement of the mission {_words(x.mission)}: {_words(x.verdict)}.",
    e.Recognised: lambda x: f"{_words(x.by)} recognises {_words(x.whom)}.",
    e.RecognitionWithheld: lambda x: f"{_words(x.by)} withholds recognition.",
    e.CandidateExiled: lambda x: f"{_words(x.name)} goes into exile.",
    e.CandidateDetained: lambda x: f"{_words(x.name)} is detained.",
    e.ProtestDay: lambda x: f"{x.n_events:,} protests are counted.",
    e.RepressionLevel: lambda x: f"The level of repression is {x.level}.",
    e.DeathsReported: lambda x: f"{x.n:,} deaths are reported within 30 days.",
    e.ArrestsReported: lambda x: f"{x.n:,} arrests are reported within 30 days.",
    e.ForcesDefected: lambda x: "The command of the forces defects.",
    e.TransitionAgreed: lambda x: "A negotiated transition is agreed.",
    e.OfficeTaken: lambda x: f"The office is taken by: {_words(x.holder)}.",
    e.Inaugurated: lambda x: f"Inauguration: {_words(x.holder)}.",
}


def moment(day: float, election: dt.date) -> str:
    """Return the local date and time of a house day."""
    when = dt.datetime.combine(election, dt.time()) + dt.timedelta(days=day)
    return when.strftime("%a %d %b %Y %H:%M")


def sentence(event: Event) -> str:
    """Return one event as a sentence; unknown ones by their fields."""
    write = SENTENCES.get(type(event))
    if write is not None:
        text = write(event)
        return text[0].upper() + text[1:]
    fields = ", ".join(f"{key} {value}" for key, value in asdict(event).items() if key != "day")
    return f"{type(event).__name__}({fields})"


def story(events: Iterable[Event], election: dt.date, *, everything: bool = False) -> Iterator[str]:
    """Yield the dated lines; routine events (every decision, belief and hourly count) only with `everything`."""
    for event in events:
        if everything or not isinstance(event, ROUTINE):
            note = " (fixed by the scenario)" if isinstance(event, e.Decided) and event.forced else ""
            yield f"{moment(event.day, election)}  {sentence(event)}{note}"


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object an event: its type, its day and its fields."""
    for event in events:
        yield json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False)
