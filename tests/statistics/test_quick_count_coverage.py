"""Coverage of the quick count's intervals under random loss and in thin strata, and its speed."""

import time
from functools import cache

import numpy as np
import pytest

from sim.estimators.quick_count.quick_count_ratio import QuickCountRatio
from sim.estimators.register import ESTIMATORS
from sim.models.quick_count.normal_no_pooling import posterior
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, Frame, QuickCount
from sim.replicate.build import prepare_case
from sim.replicate.replicate import play
from sim.rng import generator
from sim.scenario.load import load
from tests.contracts.estimator_worlds import drawn_sample, honest_world
from tests.support.long_runs import cases


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


REDRAWN = cases(2000, 600)
WITHIN = 0.02 * (2000 / REDRAWN) ** 0.5
"""Four Monte Carlo errors of a coverage of .95: .02 at 2,000 replicates."""
SINGLES = 0.3
"""Part of the strata of which one table alone reports."""
SETTINGS = Monitoring(min_sample_tables=2, posterior_draws=300)


@cache
def venezuela():
    """Return (register, votes (3, M) of the two leaders and the rest) of one simulated election."""
    world = play(prepare_case(load("venezuela-2024")), 0x5EED20240702, 0)
    votes = world.electorate.truth.cast.votes.astype(np.int64)
    first, second = np.argsort(-votes.sum(axis=1))[:2]
    rest = votes.sum(axis=0) - votes[first] - votes[second]
    return world.register, np.stack([votes[first], votes[second], rest])


@cache
def strata_of_the_country(kind):
    """Return the stratum of each table: 128 zones, or 25 states by eight classes of past share."""
    register, _ = venezuela()
    past = register.centre_past[register.centre]
    label = register.centre_zone[register.centre].astype(np.int64)
    if kind == "states":
        eighth = np.argsort(np.argsort(past, kind="stable"), kind="stable") * 8 // len(past)
        label = register.centre_state[register.centre] * 8 + eighth
    stratum = np.unique(label, return_inverse=True)[1].astype(np.int32)
    frame = Frame(
        register.registered.astype(np.int64),
        register.centre,
        np.zeros(len(past), dtype=np.int32),
        stratum,
        1 / (1 + np.exp(-past)),
    )
    return (
        frame,
        np.bincount(stratum),
        [np.flatnonzero(stratum == h) for h in range(max(stratum) + 1)],
    )


def returns_with_singles(kind, n, rng):
    """Return a proportional sample of about n tables, of which three strata in ten return one."""
    frame, size, members = strata_of_the_country(kind)
    take = np.clip(np.round(n * size / size.sum()), 2, size).astype(int)
    singles = rng.permutation(len(size))[: round(SINGLES * len(size))]
    drawn, kept = [], []
    for h, rows in enumerate(members):
        chosen = rows[rng.permutation(len(rows))[: take[h]]]
        drawn.append(chosen)
        kept.append(np.arange(len(chosen)) < (1 if h in singles else len(chosen)))
    table, reported = np.concatenate(drawn).astype(np.int32), np.concatenate(kept)
    return QuickCount(
        table,
        frame.stratum[table],
        reported,
        venezuela()[1][:, table] * reported,
        np.zeros(len(table), dtype=np.int64),
        np.where(reported, 1.0, np.inf),
        size,
    )


def national_coverage(key, kind, n, replicates):
    """Return (coverage, bias, sd of the estimate, mean half-width / 1.96)."""
    votes, frame = venezuela()[1], strata_of_the_country(kind)[0]
    truth = float((votes[0] - votes[1]).sum() / votes.sum())
    rows = []
    for number in range(replicates):
        rng = generator(12, "test/singles", number)
        sample = returns_with_singles(kind, n, rng)
        seen = Evidence(("A", "B", "rest"), frame, None, sample, None, incumbent=1, challenger=0)
        found = ESTIMATORS[key](SETTINGS).assess(seen, rng)
        rows.append((found.estimate, found.low, found.high))
    estimate, low, high = np.array(rows).T
    covered = float(((low <= truth) & (truth <= high)).mean())
    return covered, estimate.mean() - truth, estimate.std(), (high - low).mean() / 3.92


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "kind", "n"),
    [
        ("quick_count_ratio", "zones", 400),
        ("quick_count_ratio", "states", 1500),
        ("quick_count_cluster", "zones", 400),
        ("quick_count_normal_no_pooling", "zones", 400),
        ("quick_count_normal_no_pooling", "states", 1500),
    ],
)
def test_coverage_in_the_country_with_three_strata_in_ten_at_one_return(key, kind, n):
    covered, bias, sd, _ = national_coverage(key, kind, n, REDRAWN)
    assert abs(covered - 0.95) <= WITHIN
    assert abs(bias) < (0.07 + 3 / REDRAWN**0.5 / 2) * sd


@pytest.mark.slow
def test_the_form_without_strata_covers_too_often_where_strata_tell_much():
    # two thirds of the differences between tables lie between these strata, and it leaves that out
    assert national_coverage("quick_count_cluster", "states", 1500, 300)[0] > 0.99


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
