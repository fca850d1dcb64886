"""What holds in every run of the strategic layer, whatever is forced."""

from functools import cache
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import (
    CandidateBarred,
    OfficeTaken,
    Recognised,
    ResultAnnounced,
    ResultAnnulled,
    VotesCredited,
)
from sim.records.parameters.root import Parameters
from tests.support.standalone import outcomes_of
from tests.support.strategy_case import parameters, run

CASE = cache(parameters)


def base() -> Parameters:
    return CASE()


NIGHTS = ("count", "altered_tables", "totals_only", "annul", "delay")
worlds = st.builds(
    lambda replicate, bar, night: run(
        base(),
        replicate,
        (
            *((Forcing("government", "bar_candidate", "yes", at=bar),) if bar is not None else ()),
            *((Forcing("government", "night", night),) if night else ()),
        ),
    ),
    st.integers(0, 10_000),
    st.one_of(st.none(), st.sampled_from([-24.0, -12.5, -8.0, -0.7])),
    st.one_of(st.none(), st.sampled_from(NIGHTS)),
)
examples = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@examples
@given(worlds)
def test_nobody_recognises_before_an_announcement(world: World) -> None:
    announced = [e.day for kind in (ResultAnnounced, ResultAnnulled) for e in world.ledger.of(kind)]

    assert all(announced and e.day >= min(announced) for e in world.ledger.of(Recognised))


@examples
@given(worlds)
def test_votes_of_a_barred_candidate_are_credited_to_somebody_else_or_to_nobody(
    world: World,
) -> None:
    barred = {e.name for e in world.ledger.of(CandidateBarred)}
    credited = world.ledger.last(VotesCredited)

    if barred and world.conduct.statuses["gonzalez"] != "admitted":
        assert credited is not None
        assert credited.credited_to in {"platform_substitute", "marquez", "machado", ""}
        assert (credited.credited_to == "") == (world.conduct.carrier is None)


@examples
@given(worlds)
def test_the_office_has_exactly_one_holder_each_day(world: World) -> None:
    holders = ["incumbent", *(e.holder for e in world.ledger.of(OfficeTaken))]

    assert all(before != after for before, after in pairwise(holders))
    assert set(holders) <= {"incumbent", "opposition", "interim"}
    assert holders[-1] == world.aftermath.office_holder


@examples
@given(worlds)
def test_outcomes_are_finite_or_none(world: World) -> None:
    values = outcomes_of(world).values()

    assert all(
        value is None or isinstance(value, (bool, int, str)) or value == value for value in values
    )
