"""Protest before the vote: what begins it, what it does, and when it ends."""

from __future__ import annotations

from statistics import mean

import pytest

from sim.processes.before.outcry import cause_of
from sim.processes.world import World, record
from sim.records.decisions.forcing import Forcing
from sim.records.events import (
    BreachDetected,
    CandidateReadmitted,
    ElectionPostponed,
    ForcesDefected,
    OfficeTaken,
    OutcryBegan,
    ProtestDay,
    ResultContested,
    TargetConceded,
)
from tests.support.standalone import outcomes_of, standalone_world
from tests.support.strategy_case import ENTROPY, HONEST, parameters, run

P = parameters(**HONEST, candidacy__withdrawal_rate=0.0)


def force(decision: str, option: str, actor: str = "government", **more: object) -> Forcing:
    return Forcing(actor, decision, option, **more)  # type: ignore[arg-type]


BAR = force("bar_candidate", "yes", at=-20.0)
REFUSED = (
    force("response", "substitute", "platform"),
    force("admit_substitute", "no", "electoral_authority"),
)


def causes(world: World) -> list[tuple[float, str]]:
    return [(round(e.day, 2), e.cause) for e in world.ledger.of(OutcryBegan)]


def before(world: World) -> int:
    value = outcomes_of(world)["protest_events_before"]
    assert isinstance(value, int)
    return value


@pytest.mark.parametrize(
    ("forcings", "begun"),
    [
        ((), []),
        ((BAR, force("response", "substitute", "platform")), [(-20.0, "bar_candidate")]),
        (
            (BAR, force("response", "boycott", "platform")),
            [(-20.0, "bar_candidate"), (-19.0, "boycott")],
        ),
        ((force("postpone", "yes", at=-10.0),), [(-10.0, "postpone")]),
        ((force("detain_leader", "yes", at=-9.0),), [(-9.0, "detention")]),
    ],
)
def test_what_provokes_people(forcings: tuple[Forcing, ...], begun: list[object]) -> None:
    admit = force("admit_substitute", "yes", "electoral_authority")

    assert causes(run(P, forcings=(*forcings, admit))) == begun


def test_a_refused_substitute_provokes_people_and_is_a_breach() -> None:
    world = run(P, forcings=(BAR, *REFUSED))
    breaches = [e.occasion for e in world.ledger.of(BreachDetected)]

    assert causes(world)[:2] == [(-20.0, "bar_candidate"), (-18.0, "substitute_refused")]
    assert breaches[:2] == ["bar_candidate", "substitute_refused"]
    assert cause_of(ElectionPostponed(-5.0, 0.0), 60.0) == ""


def test_an_outcry_is_larger_where_more_are_outraged_and_none_where_nobody_is() -> None:
    sizes = []
    for outcry in (0.0, 0.1, 0.5):
        p = parameters(**HONEST, streets__outcry=outcry)
        sizes.append(mean(before(run(p, replicate, (BAR,))) for replicate in range(40)))

    assert sizes[0] == 0
    assert 3 * sizes[1] < sizes[2]


def test_a_united_coalition_calls_people_to_the_streets_more_often() -> None:
    sizes = []
    for unity in (0.0, 1.0):
        p = parameters(**HONEST, candidacy__unity=unity)
        sizes.append([before(run(p, replicate, (BAR,))) for replicate in range(40)])

    assert all(low <= high for low, high in zip(*sizes, strict=True))
    assert sum(sizes[0]) < sum(sizes[1])


def test_an_outcry_ends_when_its_cause_is_undone() -> None:
    world = standalone_world(P, ENTROPY, 3, (BAR, force("response", "endorse", "platform")))
    world.env.run(until=-15.0)
    record(world, TargetConceded(world.env.now, "substitute_refused"))
    world.env.run(until=0.0)

    assert [e.day for e in world.ledger.of(CandidateReadmitted)] == [-15.0]
    assert max(e.day for e in world.ledger.of(ProtestDay)) <= -15.0


def test_a_contested_announcement_ends_an_outcry_and_protests_are_counted_apart() -> None:
    stolen = (BAR, *REFUSED[:1], force("admit_substitute", "yes", "electoral_authority"))
    p = parameters(candidacy__withdrawal_rate=0.0)
    forced = (*stolen, force("night", "totals_only"), force("contest", "yes", "platform"))
    world = run(p, 2, forced)
    contested = world.ledger.of(ResultContested)[0].day
    days = [e.day for e in world.ledger.of(ProtestDay)]

    total = sum(e.n_events for e in world.ledger.of(ProtestDay) if e.day <= 30.0)
    assert len(days) == len(set(days)) or contested in days
    assert before(world) + outcomes_of(world)["protest_events"] == total  # type: ignore[operator]


def test_a_command_that_leaves_before_the_vote_leaves_the_count_to_others() -> None:
    p = parameters(command__base_rate=0.3, streets__outcry=0.5, types__frailty=3.0)
    world = next(
        w
        for w in (run(p, r, (BAR,)) for r in range(40))
        if fell(w) and outcomes_of(w)["vote_winner"]
    )
    outcomes = outcomes_of(world)

    assert world.ledger.of(OfficeTaken)[0].day < 0.0
    assert outcomes["night_option"] == "count"
    assert outcomes["office_holder_inauguration"] == outcomes["announced_winner"]


def fell(world: World) -> bool:
    first = world.ledger.first(ForcesDefected)
    return first is not None and first.day < -10.5
