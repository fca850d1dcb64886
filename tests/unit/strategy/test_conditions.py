"""What observers criticise beside the count."""

from __future__ import annotations

import pytest

from sim.processes.after.aftermath import verdict_mean
from sim.records.decisions.forcing import Forcing
from sim.records.events import ConditionsCriticised, MissionStatement
from tests.support.strategy_case import HONEST, parameters, run

P = parameters(**HONEST, candidacy__withdrawal_rate=0.0)
BAR = Forcing("government", "bar_candidate", "yes", at=-20.0)
POSITIVE = tuple(
    Forcing(key, "statement", "positive") for key in ("carter", "un_panel", "domestic", "eu")
)


@pytest.mark.parametrize(
    ("forcings", "criticised"),
    [
        ((), set()),
        ((Forcing("government", "postpone", "yes", at=-9.0),), {"postpone"}),
        ((BAR, Forcing("platform", "response", "boycott")), {"bar_candidate", "boycott"}),
        (
            (BAR, Forcing("electoral_authority", "admit_substitute", "no")),
            {"bar_candidate", "substitute_refused"},
        ),
    ],
)
def test_a_bar_a_refusal_a_postponement_and_a_boycott_are_criticised(
    forcings: tuple[Forcing, ...], criticised: set[str]
) -> None:
    endorse = Forcing("platform", "response", "endorse", at=-18.5)
    world = run(P, forcings=(*forcings, *POSITIVE, endorse))
    said = {event.over for event in world.ledger.of(ConditionsCriticised)}
    spoke = {event.mission for event in world.ledger.of(MissionStatement)}

    assert said == criticised
    assert {event.observer for event in world.ledger.of(ConditionsCriticised)} <= spoke


def test_criticism_weighs_less_than_a_statement() -> None:
    worlds = [run(P, forcings=(*forced, *POSITIVE)) for forced in ((), (BAR, *YES))]

    assert [round(verdict_mean(world), 4) for world in worlds] == [-1.0, -0.5385]


YES = (
    Forcing("platform", "response", "substitute"),
    Forcing("electoral_authority", "admit_substitute", "yes"),
)
