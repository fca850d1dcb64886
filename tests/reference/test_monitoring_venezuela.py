"""Published and computed numbers on the Venezuelan sheets of 2024 and the two bulletins."""

import csv
import gzip
import io

import numpy as np
import pytest

from sim.estimators.forensic.rounded_percentages import (
    RoundedPercentages,
    grid_gaps,
    lattice_probability,
)
from sim.estimators.sheets.missing_tables_bounds import MissingTablesBounds
from sim.estimators.sheets.totals_impossibility import TotalsImpossibility
from sim.models.quick_count.ratio import ratio_estimate
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Sheets
from sim.rng import generator
from tests.support.large_files import large, needs

NAME = "venezuela/ve2024_mesa_clean.csv.gz"
FILE = large(NAME)
FIRST = np.array([5_150_092, 4_445_978, 462_704])
SECOND = np.array([6_408_844, 5_326_104, 600_936])
needs_file = needs(NAME)


@pytest.fixture(scope="module")
def sheets():
    with gzip.open(FILE) as stream:
        rows = [
            row
            for row in csv.DictReader(io.TextIOWrapper(stream, "utf-8"))
            if row["source"] == "V2"
        ]
    valid = np.array([int(row["valid"]) for row in rows])
    big = [np.array([int(row[name]) for row in rows]) for name in ("maduro", "gonzalez")]
    registered = np.array([int(row["registered_mesa"] or 0) for row in rows])
    table = np.arange(len(rows), dtype=np.int32)
    return Sheets(
        table,
        np.array([*big, valid - big[0] - big[1]]),
        np.zeros(len(rows), dtype=np.int64),
        None,
        registered,
    )


def evidence(totals, share_counted, held=None):
    announced = Announced(totals, share_counted=share_counted, registered=21_321_805, tables=30_026)
    return Evidence(
        ("Maduro", "González", "others"), None, held, None, announced, incumbent=0, challenger=1
    )


def assess(estimator, totals, share_counted, held=None):
    return estimator(Monitoring()).assess(
        evidence(totals, share_counted, held), generator(1, "test")
    )


def test_first_bulletin_lies_within_a_vote_of_one_decimal_shares():
    gaps = grid_gaps(FIRST, int(FIRST.sum()), 0.001)
    assert [round(float(g), 3) for g in gaps] == [-0.288, -0.108, 0.396]
    assert round(1 / lattice_probability(int(FIRST.sum()), 0.001, 2)) == 101_178_934


def test_first_bulletin_is_not_like_sums_of_counted_votes_and_the_second_is():
    first, second = (
        assess(RoundedPercentages, FIRST, 0.8),
        assess(RoundedPercentages, SECOND, 0.9687),
    )
    assert (first.verdict, round(first.details["one_in"]), second.verdict, second.p_value) == (
        "inconsistent",
        101_178_934,
        "consistent",
        None,
    )


def test_ten_candidates_of_the_second_bulletin_show_no_pattern():
    ten = np.array([6408844, 5326104, 152360, 116421, 92903, 84231, 64452, 40902, 29611, 20056])
    announced = Announced(ten)
    finding = RoundedPercentages(Monitoring(share_grids=(0.001, 0.0001, 0.01))).assess(
        Evidence(tuple("abcdefghij"), None, None, None, announced), generator(1, "test")
    )
    assert (int(ten.sum()), finding.verdict) == (12_335_884, "consistent")


@needs_file
@pytest.mark.parametrize(
    ("totals", "counted", "above"), [(FIRST, 0.8, 2_857_502), (SECOND, 0.9687, 1_977_376)]
)
def test_sheets_in_hand_exceed_the_bulletin(sheets, totals, counted, above):
    finding = assess(TotalsImpossibility, totals, counted, sheets)
    assert (finding.estimate, finding.verdict) == (above, "inconsistent")


@needs_file
def test_the_uncounted_tables_of_the_first_bulletin_explain_less_than_its_excess(sheets):
    room = assess(TotalsImpossibility, FIRST, 0.8, sheets).details
    assert (room["uncounted_tables"], room["most_uncounted_votes"]["González"] < 2_857_502) == (
        6156,
        True,
    )


@needs_file
def test_missing_tables_need_805_net_votes_each(sheets):
    finding = assess(MissingTablesBounds, SECOND, 0.9687, sheets)
    d = finding.details
    assert (
        d["missing_tables"],
        d["lead_votes"],
        round(d["net_votes_per_missing_table_to_flip"], 3),
    ) == (4953, 3_987_338, 805.035)
    scaled, plain = d["caps"]["announced_scaled"], d["caps"]["announced"]
    assert [
        round(100 * v, 2) for v in (scaled["worst_share_leader"], scaled["worst_share_rival"])
    ] == [57.35, 40.55]
    assert [
        round(100 * v, 2) for v in (plain["worst_share_leader"], plain["worst_share_rival"])
    ] == [59.21, 38.63]
    assert {name: cap["can_flip"] for name, cap in d["caps"].items()} == {
        "mean": False,
        "turnout": False,
        "register": False,
        "largest": True,
        "announced": False,
        "announced_scaled": False,
    }


@needs_file
def test_design_effect_of_a_plain_sample_of_997_tables_is_about_35(sheets):
    y, x = sheets.votes[1:2].astype(float), sheets.votes.sum(axis=0).astype(float)
    n, N = 997, len(x)
    full = ratio_estimate(y, x, np.zeros(N, dtype=int), np.array([1e12]))
    p, one = float(full.ratio[0]), float(full.variance[0])
    variance = one * N / n * (1 - n / N)
    effect = variance / (p * (1 - p) / (n * x.mean()))
    assert (round(100 * variance**0.5, 3), effect) == (
        pytest.approx(0.422, rel=0.03),
        pytest.approx(34.9, rel=0.03),
    )
