"""Risk-limiting audits against published sizes and unit values."""

import csv
import gzip
import io
import math

import numpy as np
import pytest

from sim.models.audit import alpha, batch_polling, bravo, macro, supersimple
from sim.models.audit.alpha import ShrinkTrunc
from sim.models.audit.kaplan import kaplan_markov, kaplan_wald
from sim.models.audit.splits import fisher
from sim.models.audit.supersimple import Discrepancies
from sim.rng import generator
from tests.support.large_files import large, needs

NAME = "venezuela/ve2024_mesa_clean.csv.gz"
FILE = large(NAME)
needs_file = needs(NAME)


@pytest.fixture(scope="module")
def votes():
    with gzip.open(FILE) as stream:
        rows = [
            row
            for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8"))
            if row["source"] == "V2"
        ]
    valid = np.array([int(row["valid"]) for row in rows])
    big = [np.array([int(row[name]) for row in rows]) for name in ("gonzalez", "maduro")]
    return np.array([*big, valid - big[0] - big[1]])


def test_bravo_average_sample_numbers_at_ten_per_cent():
    shares = (0.70, 0.65, 0.60, 0.58, 0.55, 0.54, 0.53, 0.52, 0.51, 0.505)
    assert [bravo.expected_ballots(s, 1 - s, 0.1) for s in shares] == [
        31,
        54,
        119,
        185,
        470,
        731,
        1295,
        2902,
        11562,
        46151,
    ]


def test_bravo_rounds_of_arlo():
    cases = [(0.40, 0.32, 0.9), (0.36, 0.32, 0.9), (0.52, 0.47, 0.9), (0.36, 0.32, 0.6)]
    sizes = [bravo.round_ballots(w, r, 0.1, q) for w, r, q in cases]
    assert sizes == [1599, 6067, 5657, pytest.approx(2476, abs=1)]


def test_bravo_simulated_mean_lies_near_the_formula():
    drawn = generator(3, "test/bravo").random((400, 1200)) < 0.6
    risks = [bravo.attained_risk(np.where(row, 1, -1).astype(np.int8), 0.6, 0.4) for row in drawn]
    needed = [alpha.draws_needed(risk, 0.1) or 1200 for risk in risks]
    assert np.mean(needed) == pytest.approx(118.1, abs=4 * np.std(needed) / 20)


def test_alpha_with_eta_fixed_needs_8_and_14_draws():
    fixed = ShrinkTrunc(0.75, d=math.inf)
    ones, most = alpha.p_values(np.ones(30), fixed), alpha.p_values(np.full(30, 0.75), fixed)
    assert [alpha.draws_needed(p, 0.05) for p in (ones, most)] == [8, 14]


def test_alpha_that_learns_needs_7():
    assert alpha.draws_needed(alpha.p_values(np.ones(30), ShrinkTrunc(0.75, d=10)), 0.05) == 7


def test_alpha_on_ballots_with_eta_fixed_is_bravo():
    ballots = np.where(generator(1, "test/alpha").random(300) < 0.55, 1, -1).astype(np.int8)
    ours = alpha.p_values((ballots + 1) / 2, ShrinkTrunc(0.55, d=math.inf))
    assert ours == pytest.approx(bravo.attained_risk(ballots, 0.55, 0.45))


def test_alpha_without_replacement_knows_when_the_null_is_impossible():
    p = alpha.p_values(np.ones(60), ShrinkTrunc(0.6), population=100)
    assert (p[-1], p[10] < p[5]) == (0.0, True)


def test_kaplan_markov_and_kaplan_wald_on_five_ones():
    ones = np.ones(5)
    assert kaplan_markov(ones, 0.1)[-1] == pytest.approx((1.1 / 0.6) ** -5)
    assert kaplan_wald(ones, 0.1)[-1] == pytest.approx(1.9**-5)


def test_arlo_batches_of_three_contests():
    # U = 21, 11 and 23/3; Arlo adds one batch to the least number
    least = [macro.batches_needed(total, 0.25) for total in (21, 11, 23 / 3)]
    assert [n + 1 for n in least] == [30, 16, 11]
    assert macro.attained_risk(np.zeros(30), 21)[-1] == pytest.approx((20 / 21) ** 30)


def test_arlo_next_rounds_after_four_clean_batches_and_five_that_lose_the_margin():
    clean = [float(macro.log_risk(np.zeros(4), u)[-1]) for u in (21, 11, 23 / 3)]
    more = [macro.batches_needed(u, 0.25, p) for u, p in zip((21, 11, 23 / 3), clean, strict=True)]
    assert [n + 1 for n in more] == [26, 12, 7]
    spoilt = float(macro.log_risk(np.r_[np.zeros(4), np.full(5, 1 / 21)], 21)[-1])
    assert macro.batches_needed(21, 0.25, spoilt) + 1 == 26


def test_super_simple_needs_479_ballots_at_a_margin_of_one_per_cent():
    assert supersimple.ballots_needed(0.01, 0.1) == 479
    assert supersimple.attained_risk(479, 0.01) <= 0.1


ARLO = {"A": (20_000, 100_000), "B": (6000, 60_000), "C": (5400, 36_000), "D": (2000, 15_000)}


def test_super_simple_risks_of_arlo():
    cases = zip((27, 54, 36, 40), ARLO.values(), strict=True)
    risks = [supersimple.attained_risk(n, lead / cast) for n, (lead, cast) in cases]
    assert [round(p, 5) for p in risks] == [0.06507, 0.06973, 0.0674, 0.07048]
    one, two = (
        supersimple.attained_risk(27, 0.2, Discrepancies(**d)) for d in ({"o1": 1}, {"o2": 1})
    )
    assert (one, two) == (pytest.approx(0.12534, abs=1e-3), 1.0)


def test_comparison_sizes_at_expected_rates():
    # hybrid audit example 1 of SUITE (2018), and Stark's STAT 157 example (125, and none)
    cases = [
        (2000 / 110_000, 0.1, {}, 263),
        (2000 / 110_000, 0.1, {"o1": 0.001}, 284),
        (10_000 / 110_000, 0.1, {"o2": 0.012}, 430),
        (389_000 / 2_000_000, 0.05, {"o1": 0.001}, 31),
        (0.05, 0.05, {"o1": 0.001, "u1": 0.001}, 125),
        (0.05, 0.05, {"o1": 0.05}, None),
    ]
    found = [supersimple.ballots_at_rates(m, a, Discrepancies(**r)) for m, a, r, _ in cases]
    assert found == [expected for *_, expected in cases]


def test_fishers_combination():
    half = [fisher(n * math.log(0.5), n) for n in (2, 10)]
    assert [round(p, 4) for p in half] == [0.5966, 0.8374]


@needs_file
def test_macro_on_the_venezuelan_sheets_as_reported_results(votes):
    bound = float(macro.bounds(votes[:2], votes.sum(axis=0), 0).sum())
    assert round(bound, 4) == 3.7305
    assert [macro.batches_needed(bound, a) for a in (0.1, 0.05, 0.01)] == [8, 10, 15]


@needs_file
def test_batch_polling_of_sheets_without_tables(votes):
    x = batch_polling.assorter(votes[0], votes[1], 833)
    sizes = batch_polling.sheet_sizes(
        x, 30_026, (0.05, 1e-3, 1e-6, 1e-9), ShrinkTrunc(0.6), 100, generator(5, "test/poll")
    )
    assert list(sizes) == [pytest.approx(n, rel=0.08) for n in (82, 190, 383, 576)]


@needs_file
def test_the_claim_of_the_sheets_hangs_on_the_cap_of_the_missing(votes):
    x = batch_polling.assorter(votes[0], votes[1], 833)
    by_cap = {cap: batch_polling.worst_mean(x, 4953, cap, 833) for cap in (434.2, 663, 710, 833)}
    assert round(by_cap[833], 4) == 0.4972
    assert [cap for cap, mean in by_cap.items() if mean > 0.5] == [434.2, 663, 710]
