"""A third large candidate who wins the count is announced, and takes the office."""

from __future__ import annotations

from sim.processes.world import World
from sim.records.events import Decided, NightDecision, OfficeTaken, ResultAnnounced
from sim.replicate.build import prepare_case
from sim.replicate.replicate import play
from sim.scenario.load import load
from tests.support.cases import FIXED

THIRD = ("candidates.kandeh.large_share=0.6", *FIXED)


def played(*overrides: str, alone: bool = False) -> World:
    return play(prepare_case(load("gambia-2016", (*THIRD, *overrides)), alone=alone), 1, 0)


def decided(world: World, decision: str) -> list[str]:
    return [e.option for e in world.ledger.of(Decided) if e.decision == decision]


def test_the_office_goes_to_whoever_was_announced() -> None:
    for alone in (False, True):
        world = played('night.options=["count"]', "government.handover=yes", alone=alone)
        said, taken = world.ledger.of(ResultAnnounced)[-1], world.ledger.of(OfficeTaken)

        assert (said.winner, [e.holder for e in taken]) == ("other", ["other"])


def test_a_handover_that_is_refused_is_decided_in_the_open() -> None:
    world = played('night.options=["count"]', "government.handover=no")

    assert (decided(world, "handover"), world.aftermath.office_holder) == (["no"], "incumbent")


def test_the_incumbent_knows_that_a_third_is_ahead() -> None:
    for alone in (False, True):
        world = played("support.lead_mean=-0.3", "support.lead_sd=0.0", alone=alone)
        night = world.ledger.of(NightDecision)[0]

        assert (night.internal_lead > 0.2, len(night.best_reply) > 0) == (True, True)


def test_an_override_puts_the_incumbent_before_the_third() -> None:
    for option in ("altered_tables", "totals_only"):
        for alone in (False, True):
            world = played(f"government.night={option}", "types.obedience=1.0", alone=alone)

            assert world.ledger.of(ResultAnnounced)[0].winner == "incumbent"


def test_the_challenger_does_not_contest_what_its_copies_show_it_lost() -> None:
    world = played('night.options=["count"]', "support.lead_mean=0.1", "support.lead_sd=0.0")

    assert (decided(world, "contest"), decided(world, "petition")) == (["no"], [])
