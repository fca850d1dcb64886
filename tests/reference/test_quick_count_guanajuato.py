"""Guanajuato 2012: 100 published samples, estimates and loss scenarios (tereom/quickcountmx;
Anzarut, Gonzalez, Ortiz).
"""

import csv
import gzip
import io
import zipfile

import numpy as np
import pytest

from sim.estimators.quick_count.quick_count_ratio import QuickCountRatio, estimate
from sim.models.quick_count.normal_no_pooling import posterior
from sim.models.quick_count.ratio import ratio_estimate
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence, QuickCount
from sim.rng import generator
from tests.support.large_files import large, needs

FOLDER = large("forensics/mexico/gto_2012.csv.gz").parent
pytestmark = needs("forensics/mexico/gto_2012.csv.gz", "forensics/mexico/gto_2012_samples.zip")
PARTIES = ("pri_pvem", "pan_na", "prd", "pt", "mc", "otros")
TRUTH = {
    "pan_na": 48.0251,
    "pri_pvem": 40.9843,
    "prd": 5.1513,
    "pt": 1.2432,
    "mc": 0.9270,
    "otros": 3.6691,
}


def rows_of(stream):
    return list(csv.DictReader(io.TextIOWrapper(stream, encoding="utf-8")))


@pytest.fixture(scope="module")
def frame():
    with gzip.open(FOLDER / "gto_2012.csv.gz") as stream:
        rows = rows_of(stream)
    stratum = np.array([int(float(row["distrito_loc_17"])) - 1 for row in rows])
    return stratum, np.array([float(row["ln_total"]) for row in rows])


@pytest.fixture(scope="module")
def samples(frame):
    stratum, size = frame
    out = {}
    with zipfile.ZipFile(FOLDER / "gto_2012_samples.zip") as archive:
        for name in archive.namelist():
            rows = rows_of(archive.open(name))
            out[name[9:-4]] = QuickCount(
                table=np.array([int(row["casilla_id"]) - 1 for row in rows], dtype=np.int32),
                stratum=np.array([int(row["distrito_loc_17"]) - 1 for row in rows], dtype=np.int32),
                reported=np.ones(len(rows), dtype=bool),
                votes=np.array([[int(float(row[p])) for row in rows] for p in PARTIES]),
                invalid=np.zeros(len(rows), dtype=np.int64),
                hours=np.zeros(len(rows)),
                stratum_tables=np.bincount(stratum),
                stratum_weight=np.bincount(stratum, size),
                registered=np.array([int(float(row["ln_total"])) for row in rows]),
            )
    return out


def published(name):
    if name == "complete_ratio":
        return list(csv.DictReader((FOLDER / "complete_ratio.csv").read_text().splitlines()))
    with zipfile.ZipFile(FOLDER / "gto_2012_estimates.zip") as archive:
        return rows_of(archive.open(f"{name}.csv"))


def scores(estimates, low, high, truth):
    """Bias, RMSE, coverage and length of intervals, in points."""
    error = np.asarray(estimates) - truth
    covered = (np.asarray(low) <= truth) & (truth <= np.asarray(high))
    length = np.mean(np.asarray(high) - np.asarray(low))
    return [
        round(float(v), 3) for v in (error.mean(), (error**2).mean() ** 0.5, covered.mean(), length)
    ]


def everything(sample):
    return np.ones(len(sample.table), dtype=bool)


def test_all_600_published_ratio_estimates_are_reproduced(samples):
    rows = published("complete_ratio")
    mine = {n: estimate(s, everything(s), 2).ratio for n, s in samples.items()}
    worst = max(
        abs(100 * mine[row["n_sample"]][PARTIES.index(row["party"])] - float(row["est"]))
        for row in rows
    )
    assert (len(rows), worst < 1e-9) == (600, True)


def test_mean_standard_error_of_the_leader_is_within_3_percent_of_the_published_bootstrap(samples):
    errors = [
        100 * float(estimate(s, everything(s), 2).variance[1]) ** 0.5 for s in samples.values()
    ]
    assert float(np.mean(errors)) == pytest.approx(0.391, rel=0.03)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("complete_ratio", [0.008, 0.428, 0.94, 1.531]),
        ("complete_nnp", [0.008, 0.425, 0.95, 1.56]),
        ("missing_polls_2012_trends_ratio", [0.015, 0.472, 0.93, 1.66]),
        ("missing_polls_2012_2030_ratio", [0.055, 0.610, 0.91, 2.13]),
        ("missing_strata_pan_ratio", [-0.006, 0.670, 0.84, 1.75]),
        ("missing_polls_pan_ratio", [0.643, 0.800, 0.64, 1.62]),
        ("missing_polls_pan_nnp", [0.649, 0.802, 0.65, 1.68]),
    ],
)
def test_published_estimates_have_the_published_bias_coverage_and_length(name, expected):
    rows = [row for row in published(name) if row["party"] == "pan_na"]
    columns = [[float(row[key]) for row in rows] for key in ("est", "LI", "LS")]
    assert scores(*columns, TRUTH["pan_na"]) == pytest.approx(expected, abs=0.006)


def test_our_interval_has_the_published_bias_and_coverage_on_the_same_samples(samples):
    fits = [estimate(s, everything(s), 2) for s in samples.values()]
    centre = np.array([100 * fit.ratio[1] for fit in fits])
    width = np.array([196 * fit.variance[1] ** 0.5 for fit in fits])
    bias, rmse, coverage, length = scores(centre, centre - width, centre + width, TRUTH["pan_na"])
    assert (bias, rmse) == (0.008, 0.428)
    assert 0.89 <= coverage <= 0.97
    assert abs(length - 1.531) < 0.04


def test_loss_in_proportion_to_the_rivals_share_biases_ratio_and_posterior_alike(samples):
    rng = generator(7, "test/loss")
    centre, width, bayes = [], [], []
    for sample in samples.values():
        share = sample.votes[1] / np.maximum(sample.votes.sum(axis=0), 1)
        chance = 0.15 * (1 - share) / (1 - share).mean()
        kept = rng.random(len(share)) >= chance
        fit = estimate(sample, kept, 2)
        centre.append(100 * fit.ratio[1])
        width.append(196 * fit.variance[1] ** 0.5)
        bayes.append(100 * posterior(sample, kept, 2, 200, rng)[0][1])
    c, w = np.array(centre), np.array(width)
    bias, _, coverage, _ = scores(c, c - w, c + w, TRUTH["pan_na"])
    assert bias == pytest.approx(0.28, abs=0.06)
    assert np.mean(bayes) - TRUTH["pan_na"] == pytest.approx(bias, abs=0.05)
    assert coverage < 0.92


def test_no_pooling_posterior_is_that_of_the_published_study(samples):
    rows = {row["n_sample"]: row for row in published("complete_nnp") if row["party"] == "pan_na"}
    rng = generator(7, "test/nnp")
    gaps, lengths = [], []
    for name, sample in samples.items():
        shares, draws, _ = posterior(sample, everything(sample), 2, 500, rng)
        gaps.append(100 * shares[1] - float(rows[name]["est"]))
        lengths.append(100 * float(np.diff(np.quantile(draws[:, 1], [0.025, 0.975]))[0]))
    assert (max(map(abs, gaps)) < 0.1, float(np.mean(lengths))) == (
        True,
        pytest.approx(1.56, abs=0.04),
    )


def test_the_whole_frame_gives_the_published_truth(frame):
    with gzip.open(FOLDER / "gto_2012.csv.gz") as stream:
        rows = rows_of(stream)
    y = np.array([[float(row[p]) for row in rows] for p in PARTIES])
    full = ratio_estimate(y, y.sum(axis=0), frame[0], np.bincount(frame[0]).astype(float))
    assert {p: round(100 * float(r), 4) for p, r in zip(PARTIES, full.ratio, strict=True)} == TRUTH
    assert full.variance.max() < 1e-20


def test_the_finding_speaks_of_the_leader_and_of_its_lead(samples):
    evidence = Evidence(PARTIES, None, None, samples["1"], None)
    finding = QuickCountRatio(Monitoring()).assess(evidence, generator(1, "test"))
    assert (finding.quantity, round(finding.estimate, 6)) == (
        "lead of pan_na over pri_pvem, share of valid votes",
        round((48.112187285495935 - 41.11068457575241) / 100, 6),
    )
