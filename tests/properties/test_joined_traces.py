"""What holds in every trace of the joined model."""

from __future__ import annotations

import numpy as np
import pytest

from sim.records import events as e
from tests.support.cases import world

TRACES = [
    (name, r)
    for name in (
        "venezuela-2024",
        "gonzalez_barred",
        "gonzalez_barred_late",
        "boycott",
        "machado_admitted",
        "totals_only",
        "transition_guarantees",
        "full_snapback",
        "postponed",
        "honest_count",
    )
    for r in range(4)
]


@pytest.mark.parametrize(("name", "replicate"), TRACES)
def test_nobody_recognises_before_an_announcement(name: str, replicate: int) -> None:
    ledger = world(name, replicate).ledger
    spoken = [x.day for kind in (e.ResultAnnounced, e.ResultAnnulled) for x in ledger.of(kind)]
    first = min(spoken, default=float("inf"))

    assert [x for x in ledger.of(e.Recognised) if x.day < first] == []


@pytest.mark.parametrize(("name", "replicate"), TRACES)
def test_no_licence_ends_twice(name: str, replicate: int) -> None:
    state: dict[str, str] = {}
    for event in world(name, replicate).ledger:
        if isinstance(event, e.LicenceEnded):
            assert state.get(event.key) != "ended"
            state[event.key] = "ended"
        if isinstance(event, e.LicenceIssued):
            state[event.key] = "in_force"


@pytest.mark.parametrize(("name", "replicate"), TRACES)
def test_votes_of_a_barred_candidate_go_to_a_substitute_or_to_nobody(
    name: str, replicate: int
) -> None:
    ledger = world(name, replicate).ledger
    barred = {x.name for x in ledger.of(e.CandidateBarred)} - {
        x.name for x in ledger.of(e.CandidateReadmitted)
    }
    last = [x.credited_to for x in ledger.of(e.VotesCredited)][-1:]

    assert [name for name in last if name in barred] == []


@pytest.mark.parametrize(("name", "replicate"), TRACES)
def test_office_has_one_holder_each_day(name: str, replicate: int) -> None:
    played = world(name, replicate)
    taken = played.ledger.of(e.OfficeTaken)

    assert len({x.day for x in taken}) == len(taken)
    assert [x.holder for x in played.ledger.of(e.Inaugurated)] in (
        ["incumbent"],
        ["opposition"],
        ["interim"],
    )


@pytest.mark.parametrize(("name", "replicate"), TRACES[:24])
def test_votes_ballots_and_register_are_conserved(name: str, replicate: int) -> None:
    standing = world(name, replicate).electorate.standing
    if standing is None:
        return
    truth, chain = standing.day.truth, standing.day.chain

    assert np.array_equal(truth.cast.ballots + truth.left, truth.intended)
    assert (truth.intended <= truth.registered).all()
    assert (chain.sheet.votes >= 0).all()
    assert not (chain.copy_held & ~chain.copy_obtained).any()


@pytest.mark.parametrize("replicate", range(4))
def test_an_honest_world_shows_no_manipulation_and_announces_what_was_tabulated(
    replicate: int,
) -> None:
    played = world("honest_count", replicate)
    standing = played.electorate.standing
    assert standing is not None
    day, bulletin = standing.day, standing.bulletins[-1]
    received = day.chain.transmitted_minute <= day.chain.hours.minute_of(bulletin.day)

    assert played.ledger.of(e.ManipulationApplied) == []
    assert np.array_equal(bulletin.totals, day.truth.cast.votes[:, received].sum(axis=1))
