"""The quick count's sample: nested, proportional, the same for every scenario."""

import numpy as np
import pytest

from sim.models.quick_count.sampling import allocation, draw_sample, planned, strata_of
from sim.records.parameters.watching.quick_count import QuickCountParameters as Design
from sim.rng import Streams
from tests.support.registers import small_register

REGISTER = small_register()
STREAMS = Streams(1, 0)
DESIGNS = [{}, {"by_zone": True}, {"allocation": "neyman"}, {"strata": 1}, {"design": "two_stage"}]


def tables(n, streams=STREAMS, **options):
    return draw_sample(REGISTER, Design(n=n, **options), streams).table.tolist()


@pytest.mark.parametrize("options", DESIGNS)
def test_a_larger_sample_contains_the_smaller(options):
    sizes = (20, 33, 50, 64)
    samples = [set(tables(n, **options)) for n in sizes]
    assert [len(s) for s in samples] == list(sizes)
    assert samples[0] < samples[1] < samples[2] < samples[3]


def test_a_sample_of_everything_is_the_register():
    assert tables(5000) == list(range(320))


def test_two_stages_take_one_table_of_a_centre():
    centres = REGISTER.centre[tables(60, design="two_stage")]
    assert np.unique(centres).size == 60


def test_strata_are_equal_classes_of_past_support():
    strata = strata_of(REGISTER, 8, False)
    past = REGISTER.centre_past[REGISTER.centre]
    assert (int(strata.tables.sum()), bool((abs(strata.tables - 40) <= 13).all())) == (320, True)
    assert [
        past[rows].max() <= past[following].min()
        for rows, following in zip(strata.members[:-1], strata.members[1:], strict=True)
    ] == [True] * 7


def test_webster_allocation_of_a_worked_case():
    caps = np.array([100, 100, 100, 2])
    assert allocation(np.array([53.0, 24.0, 23.0, 40.0]), caps, 7).tolist() == [3, 1, 1, 2]
    assert allocation(np.array([53.0, 24.0, 23.0]), caps[:3], 7).tolist() == [3, 2, 2]


def test_no_stratum_is_left_out_of_the_design_while_there_are_tables_for_all():
    weights, caps = np.array([1.0, 900.0, 2.0, 90.0]), np.array([1, 900, 2, 90])
    assert [allocation(weights, caps, n).tolist() for n in (1, 4, 9)] == [
        [0, 1, 0, 0],
        [1, 1, 1, 1],
        [1, 6, 1, 1],
    ]


def test_neyman_gives_more_to_strata_that_vary_more():
    wide = planned(REGISTER, Design(n=80, allocation="neyman"))
    assert (int(wide.sum()), wide.tolist() != planned(REGISTER, Design(n=80)).tolist()) == (
        80,
        True,
    )


@pytest.mark.parametrize("design", ["stratified", "two_stage"])
def test_every_table_has_the_same_chance(design):
    hits, n, replicates = np.zeros(320), 8, 1500
    for replicate in range(replicates):
        hits[tables(n, Streams(2, replicate), design=design, strata=1)] += 1
    sizes = np.bincount(REGISTER.centre)[REGISTER.centre]
    expected = replicates * n / 320
    slack = (
        0.10 * expected if design == "two_stage" else 0.0
    )  # sequential Poisson is equal to first order only
    for size in np.unique(sizes):
        group = hits[sizes == size]
        assert group.mean() == pytest.approx(
            expected, abs=5 * np.sqrt(expected / group.size) + slack
        )
