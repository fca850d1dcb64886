"""Coverage of the quick count's interval under random loss, and its speed."""

import time

import numpy as np
import pytest

from sim.estimators.quick_count.quick_count_normal_no_pooling import posterior
from sim.estimators.quick_count.quick_count_ratio import QuickCountRatio
from sim.records.evidence import Evidence
from sim.records.parameters.monitoring import Monitoring
from sim.rng import generator
from tests.contracts.estimator_worlds import drawn_sample, honest_world


def coverage(replicates, bayes):
    """Share of 95 % intervals of the lead that hold the truth, over redrawn samples with 19 %
    random loss.
    """
    world = honest_world(0, tables=6000)
    stratum, votes = world.frame.stratum, world.announced.rows.votes
    truth = (votes[0] - votes[1]).sum() / votes.sum()
    hits = 0
    for n in range(replicates):
        rng = generator(11, "test/coverage", n)
        sample = drawn_sample(rng, stratum, votes, world.frame.registered, 600, 0.19)
        if bayes:
            drawn = posterior(sample, sample.reported, 2, 1000, rng, world.frame)[1]
            low, high = np.quantile(drawn[:, 0] - drawn[:, 1], [0.025, 0.975])
        else:
            finding = QuickCountRatio(Monitoring()).assess(
                Evidence(world.candidates, None, None, sample, None, incumbent=1, challenger=0), rng
            )
            low, high = finding.low, finding.high
        hits += bool(low <= truth <= high)
    return hits / replicates


@pytest.mark.slow
@pytest.mark.parametrize("bayes", [False, True])
def test_interval_coverage_under_random_loss_at_2000_replicates(bayes):
    assert 0.93 <= coverage(2000, bayes) <= 0.97


def test_interval_coverage_under_random_loss_at_200_replicates():
    # .95 +- 4.5 Monte Carlo errors
    assert 0.88 <= coverage(200, False) <= 1.0


@pytest.mark.parametrize(("sampled", "seconds"), [(1500, 0.005), (30_026, 0.015)])
def test_a_quick_count_in_30_026_tables_takes_under_5_ms_and_one_of_all_of_them_under_15(
    sampled, seconds
):
    world = honest_world(0, tables=30_026, sampled=sampled, loss=0.19)
    bare = Evidence(world.candidates, world.frame, None, world.quick_count, world.announced)
    estimator, rng, best = QuickCountRatio(Monitoring()), generator(1, "test"), 1.0
    for _ in range(30):
        start = time.perf_counter()
        estimator.assess(bare, rng)
        best = min(best, time.perf_counter() - start)
    assert best < seconds
