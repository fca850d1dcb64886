"""Comparative statics of docs/model/strategy.md, section 12 that no other file tests, each with the
paper whose sign it is.

Where the others are: 1 Przeworski2015, 2 EscribaFolchWright2010, 3 Magaloni2010, 4
SimpserDonno2012, 12 Fearon2011: properties/test_night_statics.py; 21 and 22:
test_strategy_comparative_statics.py; 13 Allen2005 and
the rates of 14 Beardsley2008: test_talks_statics.py; 15 and 16 Fearon1998:
test_commitment_published.py; imposition in 8 LacyNiou2004 and 9 Walentek2021:
test_threat_game_published.py.
"""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import pytest

from sim.models.bargaining.rubinstein import first_share
from sim.models.strategy.conduct import expulsion_utilities, measure_logit
from sim.models.strategy.response import choice_probabilities, logistic
from sim.models.strategy.table.issue_parties import levels_now, party, row
from sim.models.strategy.table.promises import government_keeps
from sim.models.strategy.table.utilities import grid_surpluses
from sim.models.strategy.threat_game import Responses, price_of_breach, solve, stakes
from sim.processes import beliefs
from sim.processes.before import negotiation, sanctions
from sim.processes.world import World
from sim.records import events as e
from sim.records.decisions.forcing import Forcing
from sim.records.parameters.before.sanctions import ThreatGame
from tests.support.quiet_world import quiet_world
from tests.support.strategy_case import parameters, run

P = parameters()
RELIEF = (0.0, 0.27, 0.52)
Game = tuple[Responses, float]


def game(relief: float = 0.27, **changes: float) -> Game:
    """Return (responses of the threat game, price of a breach)."""
    at = stakes(ThreatGame(**changes), relief)
    return solve(at), price_of_breach(solve(at), at.target_cost)


def bar_chance(price: float, pi: float = 0.7) -> float:
    terms = P.conduct.measures.bar_candidate
    assert terms is not None
    return logistic(measure_logit(terms, pi, price, P.conduct.rationality))


def rising(values: list[float]) -> bool:
    return all(a < b for a, b in itertools.pairwise(values))


def test_6_more_relief_to_lose_moderates() -> None:
    """Donno2013: bar down; honour, compliance and concession up."""
    found = [game(relief) for relief in RELIEF]
    kept = [
        government_keeps(P, "detentions", 0.5, r, f[0].impose, 0.7)
        for r, f in zip(RELIEF, found, strict=True)
    ]

    assert rising([-bar_chance(price) for _, price in found])
    assert rising(kept)
    assert rising([responses.concede for responses, _ in found])


def test_7_sanctions_that_work_more_often_deter() -> None:
    """Drezner2003: threat and imposition up, bar down."""
    (seldom, low), (often, high) = game(works_share=0.25), game(works_share=0.40)

    assert (often.threaten > seldom.threaten, often.impose > seldom.impose) == (True, True)
    assert bar_chance(high) < bar_chance(low)


def test_8_sanctions_that_cost_the_sender_more_deter_less() -> None:
    """LacyNiou2004: imposition down, bar up."""
    (cheap, high), (dear, low) = game(sender_cost=0.30), game(sender_cost=0.60)

    assert dear.impose < cheap.impose
    assert bar_chance(low) > bar_chance(high)


def test_9_and_10_audience_costs_and_the_targets_cost() -> None:
    """Walentek2021: imposition up in a. LacyNiou2004: concession and threat up in the target's
    cost.
    """
    assert rising([game(audience_cost=a)[0].impose for a in (0.0, 0.2, 0.5)])
    assert rising([game(relief)[0].concede for relief in RELIEF])
    assert rising([game(relief)[0].threaten for relief in RELIEF])


def last_pi(world: World) -> float:
    seen = [x for x in world.ledger.of(e.BeliefUpdated) if x.actor == "government" and x.day < -3.0]
    return seen[-1].mean / seen[-1].sd


def test_11_a_stronger_opponent_is_feared_more_in_every_replicate() -> None:
    """EgorovSonin2021: popular incumbents hold fair elections."""
    weak, strong = (
        [run(parameters(support__lead_mean=lead, support__lead_sd=0.34), r) for r in range(12)]
        for lead in (0.0, 0.30)
    )

    assert [last_pi(b) > last_pi(a) for a, b in zip(weak, strong, strict=True)] == [True] * 12
    assert rising([bar_chance(0.169, pi) for pi in (0.13, 0.71, 0.87)])


def agreements(replicates: int = 60, **changes: Any) -> int:
    p, found = (
        parameters(
            negotiation__surplus_test=False, negotiation__rates__talks_to_deal=0.5, **changes
        ),
        0,
    )
    for replicate in range(replicates):
        world = quiet_world(
            p, beliefs.start, negotiation.start, sanctions.start, replicate=replicate
        )
        world.env.run(until=0)
        found += bool(world.ledger.of(e.AgreementSigned))
    return found


@pytest.mark.slow
def test_14_a_mediator_brings_more_agreements() -> None:
    """Beardsley2008; that its deals are less durable is a rate, tested in test_talks_statics.py."""
    without, with_one = (
        agreements(negotiation__tracks__government_us__mediator_share=share) for share in (0.0, 1.0)
    )

    assert with_one > without


def test_17_more_trust_never_lowers_the_best_package() -> None:
    """Powell2006: the greatest smaller surplus of a package rises with the trust in what is
    received.
    """
    space = P.issue_space
    quo = row(space, space.status_quo)
    levels = levels_now(space, quo, ballot_open=False)
    best = []
    for trust in (0.3, 0.45, 0.6, 0.75, 0.9):
        a, b = (
            grid_surpluses(party(space, "government_us", side, trust, 0.9), quo, levels)
            for side in ("a", "b")
        )
        best.append(float(np.minimum(a, b).max()))

    assert best == sorted(best)
    assert best[-1] > best[0]


def test_18_the_patient_first_mover_takes_more() -> None:
    """Rubinstein1982."""
    assert rising([first_share(d1, 0.95) for d1 in (0.7, 0.8, 0.9, 0.98)])


@pytest.mark.parametrize(("broad", "scrutiny"), [(True, 0.15), (False, 0.45)])
def test_5_and_19_who_is_watched_shuts_out_fewer_witnesses(broad: bool, scrutiny: float) -> None:
    """Hyde2011 (broad observation) and Little2015 (monitoring costlier): expulsion down; with
    observers honour up.
    """
    p = P.conduct.expulsion

    def mean_share(now: bool, cost: float) -> float:
        utilities = expulsion_utilities(p.levels, 0.7, now, p.model_copy(update={"scrutiny": cost}))
        return float(np.dot(choice_probabilities(utilities, p.rationality), p.levels))

    assert mean_share(broad, scrutiny) < mean_share(False, 0.15)


@pytest.mark.slow
def test_20_witnesses_shut_out_make_altered_tables_cheaper() -> None:
    """Fearon2011: without public evidence E, publication and honour fall and altered tables
    rise.
    """
    inside, out = (
        [
            run(
                P,
                r,
                (
                    Forcing("government", "expulsion", level),
                    Forcing("government", "postpone", "no"),
                ),
            )
            for r in range(16)
        ]
        for level in ("0", "0.6")
    )
    nights = [
        (a.ledger.of(e.NightDecision)[0], b.ledger.of(e.NightDecision)[0])
        for a, b in zip(inside, out, strict=True)
    ]
    lost = [
        (a.probabilities, b.probabilities)
        for a, b in nights
        if a.internal_lead > 0 and a.internal_lead == b.internal_lead
    ]

    assert len(lost) >= 10
    honoured, altered = (sum(b[i] - a[i] for a, b in lost) for i in (0, 1))
    assert honoured <= 0 < altered
    assert sum(bool(w.ledger.of(e.SheetsPublished)) for w in out) < sum(
        bool(w.ledger.of(e.SheetsPublished)) for w in inside
    )
