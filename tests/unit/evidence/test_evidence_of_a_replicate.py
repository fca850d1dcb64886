"""What observers see of a replicate: the list of tables with padded entries, and each part of it
only once.
"""

import numpy as np
import pytest

from sim.processes.world import closing_day
from sim.replicate.build import prepare_case
from sim.replicate.replicate import play
from sim.scenario.load import load

PADDED = ("manipulations.register_padding.enabled=true", "manipulations.register_padding.f=0.5")


def held(*overrides):
    world = play(prepare_case(load("bellmar", overrides)), 7, 0)
    return world.electorate, closing_day(world)


@pytest.mark.parametrize(("overrides", "padded"), [((), False), (PADDED, True)])
def test_the_published_list_is_the_register_of_the_polling_day(overrides, padded):
    electorate, close = held(*overrides)
    listed = electorate.evidence(close + 1).frame.registered
    assert np.array_equal(listed, electorate.standing.day.chain.registered)
    assert bool((listed > electorate.given.register.registered).any()) == padded


def test_what_has_not_changed_between_two_hours_is_the_same_object():
    electorate, close = held()
    early, late = electorate.evidence(close + 20), electorate.evidence(close + 21)
    same = [
        getattr(early, part) is getattr(late, part)
        for part in ("frame", "sheets", "quick_count", "incidents", "boxes")
    ]
    assert same == [True] * 5


def test_of_two_hours_of_the_evening_the_later_one_shows_more():
    electorate, close = held()
    early, late = electorate.evidence(close + 2 / 24), electorate.evidence(close + 8 / 24)
    assert early.sheets.table.size < late.sheets.table.size
    assert early.quick_count.reported.sum() < late.quick_count.reported.sum()
