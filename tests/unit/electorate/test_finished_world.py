"""A finished world's arrays are given back at once, not when the collector of knots comes round."""

import gc
import weakref

from sim.replicate import replicate
from sim.replicate.build import prepare_case
from sim.scenario.load import load


def test_the_votes_of_a_replicate_are_gone_when_its_outcome_is_there(monkeypatch):
    seen, examine = [], replicate.measure

    def looking(world, case):
        seen.append(weakref.ref(world.electorate.truth.cast))
        return examine(world, case)

    monkeypatch.setattr(replicate, "measure", looking)
    gc.disable()
    try:
        outcome = replicate.run_replicate(prepare_case(load("bellmar")), 7, 0)
        assert (outcome.error, seen[0]()) == (None, None)
    finally:
        gc.enable()
