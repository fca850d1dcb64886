"""One replicate's ledger as a dated story that a person can read, and as JSON lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from sim.ledger import Event
from sim.records import events as e

LEAVES_NOBODY = 10.0
"""A shift beyond it leaves the challenger's row empty (or fills it again): the number itself says
nothing.
"""
ROUTINE = (e.Decided, e.BeliefUpdated, e.SheetsTransmitted, e.SheetsScanned)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _points(lead: float) -> str:
    side = "the challenger" if lead > 0 else "the incumbent"
    return f"{side} by {abs(100 * lead):.1f} points"


NAMES = {"us": "US", "eu": "EU", "un": "UN"}


def _words(key: str) -> str:
    return " ".join(NAMES.get(word, word) for word in key.replace("_", " ").split(" "))


def _track(key: str) -> str:
    """Return "government-US" of "government_us"."""
    return _words(key).replace(" ", "-")


def _camp(key: str) -> str:
    return {"incumbent": "the incumbent", "opposition": "the opposition", "none": "nobody"}.get(
        key, _words(key)
    )


def _person(key: str) -> str:
    return _words(key).title()


def _voice(key: str) -> str:
    """Return "the US" of "us", "Martinez" of "martinez"."""
    blocks = {
        "us": "the US",
        "eu": "the EU",
        "allies": "allies abroad",
        "region_left": "the left of the region",
        "region_right": "the right of the region",
    }
    return blocks.get(key) or _person(key)


CAUSES = {"hazard": "", "meeting": "", "suspend_talks": " (the government leaves the table)"}


def _category(name: str) -> str:
    """Return "ballot stuffing" of "BallotStuffing"."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _promise(key: str) -> str:
    """Return a promise in words: "government-US 1: energy relief, part 2" of
    "government_us/1/energy_relief/2".
    """
    track, number, issue, part = key.split("/")
    return f"{_track(track)} {number}: {_words(issue)}" + (f", part {part}" if part != "0" else "")


def _occasion(key: str) -> str:
    return f"a promise ({_promise(key)})" if key.count("/") == 3 else _words(key).replace("/", " ")


def _shift(x: e.SupportShift) -> str:
    if abs(x.d_logit_gov) > LEAVES_NOBODY:
        away = "nobody carries the challenger's votes any more, most supporters stay at home"
        return (
            f"Support shifts ({_words(x.cause)}): "
            f"{away if x.d_logit_gov > 0 else 'the challenger has supporters again'}."
        )
    towards = "the incumbent" if x.d_logit_gov > 0 else "the challenger"
    return (
        f"Support shifts ({_words(x.cause)}) towards {towards}: {abs(x.d_logit_gov):.3f} on "
        "the logit."
    )


SENTENCES: dict[type[Event], Callable[[Any], str]] = {
    e.MeetingScheduled: lambda x: f"A meeting ({_track(x.track)}) is scheduled.",
    e.MeetingHeld: lambda x: f"The scheduled meeting ({_track(x.track)}) takes place.",
    e.MeetingCancelled: lambda x: f"The scheduled meeting ({_track(x.track)}) does not take place.",
    e.RoundHeld: lambda x: (
        f"A round of talks is held ({_track(x.track)}); "
        + (
            f"a package by {_words(x.model)} is on the table."
            if x.success
            else "no package comes out of it."
        )
    ),
    e.RoundFailed: lambda x: (
        f"The package is not signed: the perceived gains are {x.surplus_a:+.3f} and "
        f"{x.surplus_b:+.3f}, too small for one side."
    ),
    e.TrackMoved: lambda x: (
        f"The {_track(x.track)} track moves from {x.before} to "
        f"{x.after}{CAUSES.get(x.cause, f' ({_words(x.cause)})')}."
    ),
    e.AgreementSigned: lambda x: (
        f"An agreement is signed ({_track(x.track)}) with {x.n_commitments} commitments."
    ),
    e.CommitmentDue: lambda x: (
        f"A commitment of the {_words(x.party)} on {_words(x.issue)} falls due."
    ),
    e.CommitmentKept: lambda x: f"The commitment is kept ({_promise(x.commitment)}).",
    e.CommitmentBroken: lambda x: f"The commitment is broken ({_promise(x.commitment)}).",
    e.CommitmentLapsed: lambda x: f"The commitment lapses ({_promise(x.commitment)}).",
    e.BreachDetected: lambda x: (
        f"A breach is detected: {_occasion(x.occasion)} ({x.lag_days:.1f} days after it)."
    ),
    e.ThreatMade: lambda x: (
        f"The {_words(x.by)} threatens the {_words(x.against)} with sanctions over "
        f"{_occasion(x.over)}."
    ),
    e.TargetConceded: lambda x: f"The threatened side concedes over {_occasion(x.over)}.",
    e.ThreatCarriedOut: lambda x: (
        f"The threat over {_occasion(x.over)} is carried out: {_words(x.instrument)}."
    ),
    e.ThreatDropped: lambda x: f"The threat over {_occasion(x.over)} is not carried out.",
    e.LicenceIssued: lambda x: (
        f"Licence {x.key} is issued (worth {x.value:.0f} million USD a month)."
    ),
    e.LicenceRenewed: lambda x: f"Licence {x.key} is renewed.",
    e.LicenceAmended: lambda x: (
        f"Licence {x.key} is amended (now worth {x.value:.0f} million USD a month)."
    ),
    e.WindDownBegan: lambda x: f"The wind-down of licence {x.key} begins.",
    e.LicenceEnded: lambda x: f"Licence {x.key} ends.",
    e.DesignationsAdded: lambda x: f"{x.n_names} persons are designated.",
    e.ReliefChanged: lambda x: (
        f"Relief in force is now {_percent(x.relief_share)} of the reference value."
    ),
    e.PollPublished: lambda x: (
        f"A poll of the {_words(x.family)} family is published: {_points(x.lead)} (n = {x.n})."
    ),
    e.SupportShift: _shift,
    e.MeasureTaken: lambda x: f"The government takes a measure: {_words(x.measure)}.",
    e.MeasureNotCarriedOut: lambda x: f"An order is not carried out: {_words(x.measure)}.",
    e.MeasureUndone: lambda x: f"A measure is undone: {_words(x.measure)}.",
    e.CampaignOpened: lambda x: "The campaign opens.",
    e.CampaignClosed: lambda x: "The campaign closes.",
    e.ElectionPostponed: lambda x: f"The election is postponed to day {x.new_day:.0f}.",
    e.CandidateBarred: lambda x: f"The candidate {_person(x.name)} is barred.",
    e.CandidateReadmitted: lambda x: f"The candidate {_person(x.name)} is readmitted.",
    e.CandidateAdmitted: lambda x: f"The candidate {_person(x.name)} is admitted.",
    e.ResponseChosen: lambda x: f"The opposition's answer: {_words(x.option)}.",
    e.SubstituteNamed: lambda x: f"A substitute is named: {_person(x.name)}.",
    e.SubstituteAdmitted: lambda x: f"The substitute {_person(x.name)} is admitted.",
    e.SubstituteRefused: lambda x: f"The substitute {_person(x.name)} is refused.",
    e.CandidateWithdrew: lambda x: (
        f"{_person(x.name)} withdraws"
        + (f" and endorses {_person(x.endorses)}." if x.endorses else ".")
    ),
    e.VotesCredited: lambda x: (
        f"Votes on the ballot row of {_person(x.name)} are credited to "
        f"{_person(x.credited_to) or 'nobody'}."
    ),
    e.PollsOpened: lambda x: (
        f"{x.tables:,} polling tables open ({_percent(x.late_share)} of them late)."
    ),
    e.PollsClosed: lambda x: (
        f"Polls close; {_percent(x.late_share)} of the tables still have voters in line. In all: "
        f"{x.ballots:,} ballots, turnout {_percent(x.turnout_share)}."
    ),
    e.ManipulationApplied: lambda x: (
        f"[truth side] {_words(x.key)}"
        + (f" at {x.tables:,} tables" if x.tables else "")
        + (
            f": {x.votes_added:,} votes added, {x.votes_moved:,} moved to {_person(x.beneficiary)}."
            if x.votes_added or x.votes_moved
            else "."
        )
    ),
    e.WitnessesExcluded: lambda x: (
        f"Witnesses are kept out, or get no copy, at {_percent(x.share)} of the tables."
    ),
    e.TransmissionStopped: lambda x: "The transmission of results stops.",
    e.QuickCountReported: lambda x: (
        f"Quick count: {x.reports:,} reports in hand; estimate {_points(x.estimate)}."
    ),
    e.IncidentsReported: lambda x: (
        f"{x.reports:,} incident reports ({_words(x.source)}): {_category(x.category)}."
    ),
    e.NightDecision: lambda x: (
        f"The authority's decision (number {x.k + 1}): {_words(x.option)}; its own count shows "
        f"{_points(x.internal_lead)}."
    ),
    e.ResultAnnounced: lambda x: (
        f"Bulletin {x.number}: {_camp(x.winner)} is announced as winner ({_points(x.lead)}), "
        f"{_percent(x.share_counted)} counted, {'with' if x.tables_published else 'without'} "
        "results by table."
    ),
    e.TablesPublished: lambda x: f"Results by table are out for {_percent(x.share)} of the tables.",
    e.ResultAnnulled: lambda x: "The election is annulled.",
    e.FindingIssued: lambda x: (
        f"Finding by {_words(x.estimator)}: the announced result is {x.verdict} with its evidence."
        if x.verdict != "undecided"
        else f"Finding by {_words(x.estimator)}: undecided."
    ),
    e.SheetsPublished: lambda x: (
        f"The opposition publishes its copies ({_percent(x.copies_share)} of tables; "
        f"{_points(x.lead)})."
    ),
    e.ResultConceded: lambda x: f"The {_words(x.by)} concedes.",
    e.ResultContested: lambda x: f"The {_words(x.by)} contests the announced result.",
    e.CourtPetitioned: lambda x: f"The {_words(x.by)} petitions the court.",
    e.CourtRuled: lambda x: f"The court rules: {_words(x.ruling)}.",
    e.MissionStatement: lambda x: (
        f"Statement of the mission {_words(x.mission)}: {_words(x.verdict)}."
    ),
    e.Recognised: lambda x: f"Recognition by {_voice(x.by)}: {_camp(x.whom)}.",
    e.RecognitionWithheld: lambda x: f"Recognition by {_voice(x.by)}: of nobody so far.",
    e.CandidateExiled: lambda x: f"{_person(x.name)} goes into exile.",
    e.CandidateDetained: lambda x: f"{_person(x.name)} is detained.",
    e.ProtestDay: lambda x: f"{x.n_events:,} protests are counted.",
    e.RepressionLevel: lambda x: f"The level of repression is {x.level}.",
    e.DeathsReported: lambda x: f"{x.n:,} deaths are reported within 30 days.",
    e.ArrestsReported: lambda x: f"{x.n:,} arrests are reported within 30 days.",
    e.ForcesDefected: lambda x: "The command of the forces defects.",
    e.TransitionAgreed: lambda x: "A negotiated transition is agreed.",
    e.OfficeTaken: lambda x: f"The office is taken by: {_camp(x.holder)}.",
    e.Inaugurated: lambda x: f"Inauguration day: the office is held by {_camp(x.holder)}.",
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


def reports_in_one(events: Sequence[e.IncidentsReported]) -> str:
    """Return one sentence for the reports of one source at one moment: the most frequent categories
    by name.
    """
    most = sorted(events, key=lambda x: -x.reports)
    total, named = sum(x.reports for x in most), most[:3]
    words = ", ".join(f"{_words(_spaced(x.category))} {x.reports:,}" for x in named)
    rest = total - sum(x.reports for x in named)
    more = f", other categories {rest:,}" if rest else ""
    return f"{total:,} incident reports by {_words(most[0].source)}: {words}{more}."


def _spaced(category: str) -> str:
    return "".join(f" {c.lower()}" if c.isupper() else c for c in category).strip()


def story(events: Iterable[Event], election: dt.date, *, everything: bool = False) -> Iterator[str]:
    """Yield the dated lines; routine events (every decision, belief and hourly count) only with
    `everything`.

    Incident reports of one source at one moment make one line.
    """
    held: list[e.IncidentsReported] = []
    for event in events:
        if (
            isinstance(event, e.IncidentsReported)
            and not everything
            and (not held or held[0].source == event.source)
        ):
            held.append(event)
            continue
        if held:
            yield f"{moment(held[0].day, election)}  {reports_in_one(held)}"
            held = []
        if isinstance(event, e.IncidentsReported) and not everything:
            held.append(event)
        elif everything or not isinstance(event, ROUTINE):
            note = (
                " (fixed by the scenario)" if isinstance(event, e.Decided) and event.forced else ""
            )
            yield f"{moment(event.day, election)}  {sentence(event)}{note}"
    if held:
        yield f"{moment(held[0].day, election)}  {reports_in_one(held)}"


def json_lines(events: Iterable[Event]) -> Iterator[str]:
    """Yield one JSON object an event: its type, its day and its fields."""
    for event in events:
        yield json.dumps({"event": type(event).__name__, **asdict(event)}, ensure_ascii=False)
