"""Manipulators who react to observers."""

import numpy as np
import pytest

from sim.manipulations.base import as_planned
from sim.manipulations.displacement import Displaced, nearby, redirected
from sim.manipulations.displacement import Parameters as Displacement
from sim.manipulations.vote_switching import Parameters as Settings
from sim.manipulations.vote_switching import VoteSwitching
from tests.support.chains import STREAMS, small_evening, stages, switched_on, without_witnesses

KNOWN = stages()["machine"][1]
EVEN = np.full(KNOWN.registered.size, 0.2, dtype=np.float32)
INCUMBENT = KNOWN.incumbent


def test_observed_tables_are_avoided_and_their_neighbours_get_more():
    f = redirected(EVEN, KNOWN, Displacement())
    close = nearby(KNOWN)
    assert sorted({round(float(x), 3) for x in f[KNOWN.observers]}) == [0.08]
    assert sorted({round(float(x), 3) for x in f[close]}) == [0.282, 0.29, 0.297, 0.305]


def test_neighbours_get_less_the_more_tables_are_observed_and_nothing_from_half_of_them_on():
    f = redirected(EVEN, KNOWN, Displacement(until=0.16))
    shares = np.bincount(KNOWN.zone, weights=KNOWN.observers) / np.bincount(KNOWN.zone)
    more = [round(float(f[nearby(KNOWN) & (KNOWN.zone == zone)][0]), 3) for zone in range(4)]

    assert shares.tolist() == [0.2, 0.175, 0.225, 0.15]
    assert more == [0.2, 0.2, 0.2, 0.209]


def test_without_observers_nothing_is_displaced():
    assert redirected(EVEN, without_witnesses(KNOWN), Displacement()).tolist() == EVEN.tolist()


@pytest.mark.parametrize("k", [0.2, 0.6, 0.9])
def test_conserving_keeps_the_expected_number_of_tables(k):
    f = redirected(EVEN, KNOWN, Displacement(k=k, conserve=True))
    assert float(f.sum()) == pytest.approx(float(EVEN.sum()), abs=0.01)


def test_conserving_stops_where_the_cap_of_one_binds():
    high = np.full(EVEN.size, 0.95, dtype=np.float32)
    f = redirected(high, KNOWN, Displacement(k=0.9, conserve=True))
    assert (float(f[nearby(KNOWN)].min()), bool(f.sum() < high.sum())) == (1.0, True)


def incumbent_votes(part):
    chain, known = stages()["machine"]
    return part.apply(chain, known, STREAMS, as_planned)[0].machine.votes[INCUMBENT]


def test_less_is_done_where_observed_and_more_nearby():
    plain = VoteSwitching(Settings(f=0.4))
    change = incumbent_votes(Displaced(plain, Displacement())).astype(np.int64) - incumbent_votes(
        plain
    )
    assert (change[KNOWN.observers].sum() < 0, change[nearby(KNOWN)].sum() > 0) == (True, True)


def test_observed_tables_alone_understate_what_is_done():
    on = switched_on(vote_switching={"f": 0.4, "slope": 0.0})
    on = on.model_copy(update={"displacement": Displacement(enabled=True)})
    run, done = small_evening(manipulations=on, blocks=40)
    seen = np.zeros(run.chain.tables, dtype=bool)
    seen[run.quick_count.table] = True
    assert done[0].touched[seen].mean() < 0.6 * done[0].touched.mean()
