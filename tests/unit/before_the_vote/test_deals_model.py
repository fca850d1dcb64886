"""Packages valued by what they do to the night, on made-up nights small enough to count by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from sim.models.strategy.night.night_inputs import NightInputs, NightValues
from sim.models.strategy.table.deals import (
    NODES,
    WEIGHTS,
    Item,
    at_nodes,
    changes,
    gains,
    keeps,
    package,
    surpluses,
)

TRUSTS = (0.8, 0.5)
COPIES = [Item(0.0, True), Item(1.0, True, -0.02, 0.013)]
GUARANTEES = [Item(0.0, False), Item(0.25, False, 0.004, 0.008), Item(0.5, False, 0.009, 0.017)]
RELIEF = [Item(0.0, False), Item(2.0, False, -0.036, 0.003, (0.1, -0.12))]
ISSUES = [COPIES, GUARANTEES, RELIEF]


def test_the_nodes_of_a_belief_have_its_mean_and_nearly_its_variance() -> None:
    assert WEIGHTS.sum() == pytest.approx(1.0)
    assert pytest.approx((0.0, 0.99375)) == (WEIGHTS @ NODES, WEIGHTS @ NODES**2)


@pytest.mark.parametrize(
    ("item", "gain"),
    [(COPIES[1], (-0.02, 0.0065)), (GUARANTEES[2], (0.0072, 0.017)), (RELIEF[1], (0.0512, -0.117))],
)
def test_what_is_received_counts_by_trust_what_is_given_in_full(
    item: Item, gain: tuple[float, float]
) -> None:
    assert gains(item, TRUSTS) == pytest.approx(gain)


def test_all_packages_at_once_equal_packages_one_by_one() -> None:
    slow = [np.sum([gains(item, TRUSTS) for item in items], axis=0) for items in product(*ISSUES)]
    levels = [package(k, ISSUES) for k in range(12)]

    assert pytest.approx(np.array(slow)) == surpluses(ISSUES, TRUSTS).T
    assert levels == [tuple(item.level for item in items) for items in product(*ISSUES)]


def night(lead: float = 0.1) -> NightInputs:
    one, none = np.ones(1), np.zeros((1, 0))
    names = ("copies", "loyalty", "guarantees", "price", "opinion", "opinion_lead", "delays")
    more = ("stopped", "exit_cost", "value", "audited")
    numbers = dict.fromkeys((*names, *more), 0.0 * one)
    return NightInputs(lead=lead * one, **numbers, credibility=none, reach=none)


def count_or_fight(inputs: NightInputs) -> NightValues:
    """A toy: guarantees are what an honest count is worth, fighting is worth .4 and stands .6."""
    n = inputs.lead.size
    utility = np.column_stack([inputs.guarantees, np.full(n, 0.4), np.zeros(n), np.zeros(n)])
    same = np.full((n, 3), 0.6)
    return NightValues(utility, same, 1 - same, 0 * same, same, same, same)


def guaranteed(inputs: NightInputs) -> NightInputs:
    return replace(inputs, guarantees=inputs.guarantees + 0.9)


def test_an_item_is_worth_what_it_changes_where_the_incumbent_is_behind() -> None:
    nodes = at_nodes(night(), 0.0, 0.1)
    v, vo = changes(nodes, [nodes, guaranteed(nodes)], count_or_fight)

    assert v == pytest.approx([0.65 + 0.35 * 0.4, 0.65 + 0.35 * 0.4, 0.65 + 0.35 * 0.9])
    assert vo == pytest.approx([0.35 * 0.4, 0.35 * 0.4, 0.35])


def test_temptation_decides_who_keeps() -> None:
    kept = [keeps(0.9, 1.0, 0.05, dv, 40.0) for dv in (0.0, -0.045, -0.1)]

    assert kept == pytest.approx([0.8581, 0.5, 0.0998], abs=1e-4)
