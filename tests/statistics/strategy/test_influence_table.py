"""Walks the influence table of docs/model/strategy.md, section 12: changing a row alters the
column's events or probabilities.

Each marked cell names a change of the row and the ledger events in which the column shows it, on
the same random numbers.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from sim.ledger import Event
from sim.records import events as e
from sim.records.decisions.forcing import Forcing
from sim.replicate.build import Case, case_at
from sim.replicate.replicate import play
from tests.support.cases import case

ENTROPY = 0x1FF
REPLICATES = {True: 60, False: 8}
COLUMNS: dict[str, tuple[type[Event], ...]] = {
    "talks": (e.TrackMoved, e.RoundHeld, e.RoundFailed, e.AgreementSigned),
    "licences": (
        e.LicenceIssued,
        e.LicenceAmended,
        e.WindDownBegan,
        e.LicenceEnded,
        e.ReliefChanged,
        e.ThreatMade,
        e.ThreatCarriedOut,
        e.DesignationsAdded,
    ),
    "beliefs": (e.BeliefUpdated,),
    "measures": (e.MeasureTaken,),
    "night": (e.NightDecision,),
    "aftermath": (
        e.ResultContested,
        e.SheetsPublished,
        e.Recognised,
        e.DeathsReported,
        e.ProtestDay,
        e.ForcesDefected,
        e.CourtRuled,
        e.OfficeTaken,
    ),
    "electoral layer": (
        e.PollsOpened,
        e.PollsClosed,
        e.WitnessesExcluded,
        e.SheetsScanned,
        e.SheetsTransmitted,
        e.ResultAnnounced,
        e.TablesPublished,
        e.VotesCredited,
    ),
}
DECISIONS = {
    "measures": {
        "bar_candidate",
        "postpone",
        "arrests",
        "block_accreditation",
        "withdraw_invitations",
        "detain_leader",
        "transmission_stop",
    },
    "licences": {"threaten", "concede", "designate", "narrow_licence"},
    "aftermath": {"mobilise", "publish_sheets", "recognise", "call_winner", "defect", "repression"},
    "beliefs": {"call_winner"},
}
DEAL = {
    "negotiation.rates.talks_to_deal": 3.0,
    "negotiation.round_rate": 5.0,
    "negotiation.surplus_test": False,
    "negotiation.ballot_open": True,
    "issues.candidacies.temptation": 0.0,
}
SALIENCES = {
    "hard.candidacies": 1.0,
    "prag.candidacies": 1.0,
    "us.candidacies": 50.0,
    "us.count_publication": 5.0,
    "us.detentions": 5.0,
}
OPENING = {
    **DEAL,
    **{
        f"issue_space.actors.{key.replace('.', '.salience.')}": value
        for key, value in SALIENCES.items()
    },
}
"""A deal in which the candidacies, cheap to one side and dear to the other, are opened."""
NO_ENERGY = {f"licences.{key}.status": "ended" for key in ("GL41", "specific", "GL8")}
SURE_LOSER, SURE_WINNER = (
    {"cast.government.beliefs.lead_mean": 0.30},
    {"cast.government.beliefs.lead_mean": -0.30},
)


def force(actor: str, decision: str, option: str, day: float | None = None) -> Forcing:
    return Forcing(actor, decision, option, at=day)


Change = tuple[dict[str, Any], tuple[Forcing, ...]]
NOTHING: Change = ({}, ())
BAR: Change = ({}, (force("government", "bar_candidate", "yes", -24.0),))
COUNT: Change = ({}, (force("government", "night", "count"),))
TOTALS: Change = ({}, (force("government", "night", "totals_only"),))
FREE: Change = ({}, (force("government", "detain_leader", "no"),))
HELD: Change = ({}, (force("government", "detain_leader", "yes", -20.0),))
LEADER: Change = ({}, (force("electoral_authority", "admit_leader", "yes", -20.0),))
SPLIT, UNITED = ({"candidacy.unity": 0.4}, TOTALS[1]), ({"candidacy.unity": 1.0}, TOTALS[1])
GIVEN = (Forcing("us", "issue", "yes", at=-24.0, target="GL44"),)
SOON, LATE = (
    ({"sanctions.revenue_lag_days": 1.0}, GIVEN),
    ({"sanctions.revenue_lag_days": 90.0}, GIVEN),
)
STAY, GO = ({"candidacy.withdrawal_rate": 0.0}, ()), ({"candidacy.withdrawal_rate": 0.5}, ())
CELLS: list[tuple[str, str, bool, Change, Change]] = [
    ("talks", "licences", True, NOTHING, (DEAL, ())),
    ("talks", "measures", True, NOTHING, (DEAL, ())),
    ("talks", "night", True, NOTHING, (DEAL, ())),
    ("talks", "aftermath", True, NOTHING, (DEAL, ())),
    ("talks", "electoral layer", True, NOTHING, (OPENING, ())),
    ("licences", "talks", True, NOTHING, (NO_ENERGY, ())),
    ("revenue", "talks", True, SOON, LATE),
    ("licences", "measures", True, NOTHING, (NO_ENERGY, ())),
    ("licences", "night", True, NOTHING, (NO_ENERGY, ())),
    ("licences", "aftermath", True, NOTHING, (NO_ENERGY, ())),
    ("beliefs", "talks", True, (SURE_WINNER, ()), (SURE_LOSER, ())),
    ("beliefs", "measures", True, (SURE_WINNER, ()), (SURE_LOSER, ())),
    (
        "beliefs",
        "aftermath",
        True,
        ({"cast.citizens.beliefs.lead_mean": 0.3}, ()),
        ({"cast.citizens.beliefs.lead_mean": -0.3}, ()),
    ),
    ("measures", "talks", True, NOTHING, BAR),
    ("measures", "licences", True, NOTHING, BAR),
    ("measures", "beliefs", True, NOTHING, BAR),
    (
        "measures",
        "night",
        True,
        ({}, (force("government", "block_accreditation", "no"),)),
        ({}, (force("government", "block_accreditation", "yes"),)),
    ),
    (
        "measures",
        "aftermath",
        True,
        ({}, (force("government", "arrests", "no"),)),
        ({}, (force("government", "arrests", "yes"),)),
    ),
    ("measures", "electoral layer", False, NOTHING, BAR),
    ("detention", "licences", True, FREE, HELD),
    ("detention", "beliefs", True, FREE, HELD),
    ("detention", "aftermath", True, FREE, HELD),
    ("leader admitted", "beliefs", True, NOTHING, LEADER),
    ("leader admitted", "aftermath", True, NOTHING, LEADER),
    ("unity", "aftermath", True, SPLIT, UNITED),
    ("withdrawals", "beliefs", True, STAY, GO),
    ("withdrawals", "electoral layer", False, STAY, GO),
    ("night option", "talks", True, COUNT, TOTALS),
    ("night option", "licences", True, COUNT, TOTALS),
    ("night option", "aftermath", True, COUNT, TOTALS),
    ("night option", "electoral layer", False, COUNT, TOTALS),
    ("evidence", "beliefs", True, TOTALS, ({"surrogate.copies_mean": 0.30}, TOTALS[1])),
    ("evidence", "night", True, NOTHING, ({"conduct.broad_observation": True}, ())),
    ("evidence", "aftermath", True, TOTALS, ({"surrogate.copies_mean": 0.30}, TOTALS[1])),
    ("protest", "aftermath", True, TOTALS, ({"streets.immigrants_per_day": 200.0}, TOTALS[1])),
    ("electoral layer", "beliefs", False, NOTHING, ({"support.independent.mean_logit": -0.5}, ())),
    ("electoral layer", "measures", False, NOTHING, ({"support.independent.mean_logit": 0.8}, ())),
    ("electoral layer", "night", False, NOTHING, ({"support.independent.mean_logit": 0.8}, ())),
    ("electoral layer", "aftermath", False, NOTHING, ({"sheets.capacity_mean": 0.2}, ())),
]


@cache
def log(
    alone: bool, points: tuple[tuple[str, Any], ...], forcings: tuple[Forcing, ...], replicate: int
) -> tuple[Event, ...]:
    base: Case = case_at(case("venezuela-2024", alone=alone), dict(points))
    return tuple(play(replace(base, forcings=forcings), ENTROPY, replicate).ledger)


def seen(column: str, events: tuple[Event, ...]) -> list[str]:
    """Return what the column shows: its events, and the probabilities of its decisions."""
    asked = DECISIONS.get(column, set())
    chosen = [
        x
        for x in events
        if isinstance(x, COLUMNS[column]) or (isinstance(x, e.Decided) and x.decision in asked)
    ]
    return [
        repr(replace(x, option="", forced=False)) if isinstance(x, e.Decided) else repr(x)
        for x in chosen
    ]


@pytest.mark.parametrize(
    ("row", "column", "alone", "before", "after"), CELLS, ids=[f"{r}-{c}" for r, c, *_ in CELLS]
)
def test_a_row_moves_its_column(
    row: str, column: str, alone: bool, before: Change, after: Change
) -> None:
    for replicate in range(REPLICATES[alone]):
        pair = [
            seen(column, log(alone, tuple(points.items()), forcings, replicate))
            for points, forcings in (before, after)
        ]
        if pair[0] != pair[1]:
            return
    pytest.fail(f"{row} does not move {column}")
