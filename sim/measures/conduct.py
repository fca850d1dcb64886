"""Outcomes of candidacies, of the conduct of the election and of election night, read off the
ledger (docs/model/strategy.md, section 10).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sim.measures.base import Compute, Played
from sim.records.events import (
    CandidateBarred,
    CandidateWithdrew,
    MeasureNotCarriedOut,
    MeasureTaken,
    NightDecision,
    PollsOpened,
    ResponseChosen,
    ResultAnnounced,
    SecondRoundCalled,
    SubstituteAdmitted,
    SurvivalExamined,
    TablesPublished,
    TransmissionStopped,
    UnityMoved,
    VotesCredited,
    WitnessesExcluded,
)
from sim.records.results.outcome import Measure, Value
from sim.records.vote.contest import winner_of

MEASURE_KEYS = (
    "bar_candidate",
    "postpone",
    "arrests",
    "block_accreditation",
    "withdraw_invitations",
    "detain_leader",
)
FULL_SHARE = 0.95
TABLES_HOURS_DAYS = 2.0


def held(played: Played) -> bool:
    """Return whether polls opened at all."""
    return bool(played.ledger.of(PollsOpened))


def closing(played: Played) -> float:
    """Return the day on which polls were due to close."""
    return played.hours.close


def poll_day(played: Played) -> float:
    """Return the day of the vote."""
    return played.poll_day


def vote_winner(played: Played) -> Value:
    """Return who got most votes cast; votes for a place on the ballot count for whoever they are
    credited to.
    """
    if played.truth is None:
        return "none"
    totals, contest = played.truth.cast.totals.copy(), played.contest
    credited = played.ledger.last(VotesCredited)
    if credited is not None:
        totals = credit(totals, contest.keys, contest.challenger, credited.credited_to)
    needed = 0.0 if second_round_called(played) else played.p.vote.share_needed
    return contest.role_of(winner_of(totals, needed))


def second_round_called(played: Played) -> bool:
    """Return whether the polls of a second round opened."""
    return any(e.round > 1 for e in played.ledger.of(PollsOpened))


def second_round_held(played: Played) -> Value:
    """Return whether there was a second round; None where the most votes win at once."""
    majority = played.p.vote.rule == "majority" and held(played)
    return second_round_called(played) if majority else None


def first_round_winner(played: Played) -> Value:
    """Return who led the first round as announced; None where the most votes win at once, or
    nothing was announced.
    """
    if second_round_held(played) is None:
        return None
    second = played.ledger.first(SecondRoundCalled)
    if second is None:
        first = played.ledger.first(ResultAnnounced)
        return None if first is None else first.winner
    row = winner_of(second.totals)
    camps = [entry.camp for entry in played.p.candidates.values()]
    roles = {"incumbent": "incumbent", "challenger": "opposition"}
    return "none" if row is None else roles.get(camps[row], "other")


def credit(
    totals: np.ndarray, keys: tuple[str, ...], challenger: int, credited_to: str
) -> np.ndarray:
    """Return the totals with a backed minor's votes joined to the challenger's place, or that place
    empty for nobody.
    """
    totals = totals.copy()
    if not credited_to:
        totals[challenger] = 0
    elif credited_to in keys and keys.index(credited_to) != challenger:
        row = keys.index(credited_to)
        totals[challenger] += totals[row]
        totals[row] = 0
    return totals


def announced_winner(played: Played) -> Value:
    """Return the winner of the authority's last announcement before the limit."""
    limit = played.poll_day + played.p.aftermath.limit_days
    said = [e.winner for e in played.ledger.of(ResultAnnounced) if e.day < limit]
    return said[-1] if said else "none"


def winner_matches(played: Played) -> Value:
    """Return whether announced and vote winner agree."""
    return announced_winner(played) == vote_winner(played) if held(played) else None


def election_held_on_day(played: Played) -> Value:
    """Return whether the vote was held on the scheduled day."""
    opened = played.ledger.first(PollsOpened)
    return opened is not None and 0 <= opened.day < 1


def first_result_delay_days(played: Played) -> Value:
    """Return days from the close to the first announcement."""
    first = played.ledger.first(ResultAnnounced)
    return None if first is None else first.day - closing(played)


def _tables_by(days: float, since: Callable[[Played], float]) -> Compute:
    def compute(played: Played) -> Value:
        if not held(played):
            return None
        limit = since(played) + days
        return any(
            e.share >= FULL_SHARE and e.day <= limit for e in played.ledger.of(TablesPublished)
        )

    return compute


def candidate_barred(played: Played) -> Value:
    """Return whether a candidate of the challenger was barred before the vote."""
    return any(e.day < played.poll_day for e in played.ledger.of(CandidateBarred))


def boycott(played: Played) -> Value:
    """Return whether the challenger called for a boycott that held on the day."""
    credited = played.ledger.last(VotesCredited)
    return credited is not None and credited.credited_to == ""


def boycott_called(played: Played) -> Value:
    """Return whether the challenger ever chose a boycott."""
    return any(e.option == "boycott" for e in played.ledger.of(ResponseChosen))


def substitute_admitted(played: Played) -> Value:
    """Return whether a substitute was admitted before the vote."""
    return any(e.day < played.poll_day for e in played.ledger.of(SubstituteAdmitted))


def n_on_ballot(played: Played) -> Value:
    """Return the candidates who could be voted for on the day: rows of the ballot without those who
    withdrew, and without the challenger's where nobody or a minor candidate carries its support.
    """
    if not held(played):
        return None
    gone = {e.name for e in played.ledger.of(CandidateWithdrew) if e.day < played.poll_day}
    credited = played.ledger.last(VotesCredited)
    minors = played.who.minors
    empty = credited is not None and credited.credited_to in ("", *minors)
    return len(played.contest.candidates) - len(gone) - empty


def unity(played: Played) -> Value:
    """Return how united the challenger's coalition was on the day of the vote."""
    moved = [e.value for e in played.ledger.of(UnityMoved) if e.day < played.poll_day]
    return moved[-1] if moved else played.p.candidacy.unity


def measures_done(played: Played) -> list[str]:
    """Return the measures taken, those left out that the authority refused to carry out."""
    refused = {(e.day, e.measure) for e in played.ledger.of(MeasureNotCarriedOut)}
    return [e.measure for e in played.ledger.of(MeasureTaken) if (e.day, e.measure) not in refused]


def n_measures(played: Played) -> Value:
    """Return measures taken before the vote."""
    return len(measures_done(played))


def _taken(key: str) -> Compute:
    def compute(played: Played) -> Value:
        return key in measures_done(played)

    return compute


def expulsion_share(played: Played) -> Value:
    """Return the share of tables at which witnesses were kept out."""
    last = played.ledger.last(WitnessesExcluded)
    return (0.0 if last is None else last.share) if held(played) else None


def transmission_stopped(played: Played) -> Value:
    """Return whether transmission was stopped."""
    return bool(played.ledger.of(TransmissionStopped)) if held(played) else None


def night_option(played: Played) -> Value:
    """Return the last option of election night."""
    last = played.ledger.last(NightDecision)
    return "none" if last is None else last.option


def lost_count_honoured(played: Played) -> Value:
    """Return whether the count that the government lost was announced; None if it was not behind in
    its own count.

    What the last announcement within the limit says decides, not what the government chose: an
    order that the authority refuses leaves the count.
    """
    if behind(played) is None:
        return None
    return announced_winner(played) not in ("incumbent", "none")


def behind(played: Played) -> NightDecision | None:
    """Return the last decision of a night on which the incumbent's own count showed a loss."""
    last = played.ledger.last(NightDecision)
    return None if last is None or last.internal_lead <= 0 else last


def best_reply_count(played: Played) -> Value:
    """Return whether honouring a lost count was worth most; None if it was not behind."""
    last = behind(played)
    return None if last is None else last.best_reply == "count"


def count_chosen(played: Played) -> Value:
    """Return whether the incumbent chose to honour a lost count; None if it was not behind."""
    last = behind(played)
    return None if last is None else last.option == "count"


def survival_believed(played: Played) -> Value:
    """Return the incumbent's odds that its override is survived; None without one."""
    last = played.ledger.last(SurvivalExamined)
    return None if last is None else last.believed


def survival_believed_true_types(played: Played) -> Value:
    """Return the same odds with the command and the copies as they were."""
    last = played.ledger.last(SurvivalExamined)
    return None if last is None else last.true_types


def _m(name: str, kind: str, unit: str, direction: int, definition: str) -> Measure:
    return Measure(name, "election", kind, unit, direction, definition)


def _b(name: str, direction: int, definition: str) -> Measure:
    return _m(name, "bool", "share", direction, definition)


CONDUCT: dict[str, tuple[Measure, Compute]] = {
    m.name: (m, compute)
    for m, compute in (
        (_m("vote_winner", "category", "key", 0, "who got most votes cast"), vote_winner),
        (
            _m(
                "announced_winner",
                "category",
                "key",
                0,
                "winner of the last announcement within 30 days",
            ),
            announced_winner,
        ),
        (
            _b(
                "winner_matches",
                1,
                "announced winner equals vote winner; false if none is announced",
            ),
            winner_matches,
        ),
        (
            _b(
                "second_round_held",
                0,
                "a second round was held; none where the most votes win at once",
            ),
            second_round_held,
        ),
        (
            _m(
                "first_round_winner",
                "category",
                "key",
                0,
                "who led the announced first round, elected or not",
            ),
            first_round_winner,
        ),
        (_b("election_held_on_day", 1, "held on the scheduled day"), election_held_on_day),
        (
            _m("first_result_delay_days", "days", "days", -1, "from the close to the first result"),
            first_result_delay_days,
        ),
        (
            _b("tables_within_48h", 1, "results by table out within 48 hours of the close"),
            _tables_by(TABLES_HOURS_DAYS, closing),
        ),
        (
            _b("tables_within_30d", 1, "results by table out within 30 days of the vote"),
            _tables_by(30.0, poll_day),
        ),
        (
            _b("candidate_barred", -1, "a candidate of the challenger barred before the vote"),
            candidate_barred,
        ),
        (_b("boycott", -1, "nobody carries the challenger's support on the day"), boycott),
        (_b("boycott_called", -1, "the challenger chose a boycott at some time"), boycott_called),
        (
            _b("substitute_admitted", 0, "a substitute admitted before the vote"),
            substitute_admitted,
        ),
        (_m("n_on_ballot", "count", "candidates", 0, "candidates one could vote for"), n_on_ballot),
        (_m("unity", "share", "share", 0, "unity of the challenger's coalition on the day"), unity),
        (_m("n_measures", "count", "measures", -1, "measures taken before the vote"), n_measures),
        *(
            (_b(f"measure_taken_{key}", -1, f"measure {key} taken before the vote"), _taken(key))
            for key in MEASURE_KEYS
        ),
        (
            _m("expulsion_share", "share", "share", -1, "tables at which witnesses were kept out"),
            expulsion_share,
        ),
        (_b("transmission_stopped", -1, "transmission of results stopped"), transmission_stopped),
        (_m("night_option", "category", "key", 0, "last option of election night"), night_option),
        (
            _b(
                "lost_count_honoured",
                1,
                "a count that the government lost was announced; none if it was not behind",
            ),
            lost_count_honoured,
        ),
        (
            _b(
                "best_reply_count",
                1,
                "honouring a lost count was the incumbent's best reply; none if it was not behind",
            ),
            best_reply_count,
        ),
        (
            _b(
                "count_chosen",
                1,
                "the incumbent chose to honour a lost count; none if it was not behind",
            ),
            count_chosen,
        ),
        (
            _m(
                "survival_believed",
                "share",
                "share",
                0,
                "incumbent's odds that its override of a lost count is survived",
            ),
            survival_believed,
        ),
        (
            _m(
                "survival_believed_true_types",
                "share",
                "share",
                0,
                "these odds with loyalty and copies as they were",
            ),
            survival_believed_true_types,
        ),
    )
}
