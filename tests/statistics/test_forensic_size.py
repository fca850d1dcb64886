"""Size on honest worlds, and recovery of the fingerprint's parameters from data sets of its own
generator.
"""

import numpy as np
import pytest

from sim.estimators.register import ESTIMATORS, FORENSIC
from sim.fieldwork.multiple_testing import holm
from sim.models.forensics.klimek import NAMES, log_density
from sim.models.forensics.klimek_fit import fit_fingerprint
from sim.records.parameters.watching.forensics import Forensics
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Frame, Sheets
from sim.rng import Streams, generator
from tests.support.long_runs import cases

ALPHA, WORLDS, TABLES = 0.05, cases(1000, 300), 360
SETTINGS = Monitoring(alpha=ALPHA, forensics=Forensics(redraws=40, klimek_redraws=9))
CHEAP = [key for key in FORENSIC if key != "fingerprint_fit"]
# 3.9 standard errors above alpha: one family of nine comparisons and Holm's at 1e-3 together
MOST = WORLDS * ALPHA + 3.9 * (WORLDS * ALPHA * (1 - ALPHA)) ** 0.5
FITS = cases(200, 60)
MOST_FITS = FITS * ALPHA + 3.9 * (FITS * ALPHA * (1 - ALPHA)) ** 0.5


def honest(number, tables=TABLES):
    """Turnout and support: region, history, size, centre (three tables each) and table effects, all
    normal; binomial votes.
    """
    rng = generator(11, "test/size", number)
    centres, n = tables // 3, tables
    centre = np.repeat(np.arange(centres), 3)
    region = np.arange(centres) * 6 // centres
    past, past_turnout = rng.normal(0, 0.7, centres), rng.normal(0.5, 0.25, centres)
    registered = rng.integers(300, 900, centres)[centre]

    def share(mean, slope, earlier, centre_sd, table_sd, size_slope):
        by_region = mean + 0.2 * rng.standard_normal(6)[region]
        score = (by_region + slope * earlier + centre_sd * rng.standard_normal(centres))[centre]
        score = score + size_slope * np.log(registered / 600)
        return 1 / (1 + np.exp(-score - table_sd * rng.standard_normal(n)))

    ballots = rng.binomial(registered, share(0.4, 0.6, past_turnout, 0.15, 0.05, -0.2))
    lead = rng.binomial(ballots, share(0.5, 0.8, past, 0.25, 0.02, 0.4))
    second = rng.binomial(ballots - lead, share(2.0, 0.0, past, 0.1, 0.0, 0.0))
    votes = np.stack([second, lead, ballots - lead - second]).astype(np.int64)
    earlier, earlier_turnout = 1 / (1 + np.exp(-past)), 1 / (1 + np.exp(-past_turnout))
    frame = Frame(
        registered,
        centre.astype(np.int32),
        region[centre].astype(np.int32),
        None,
        earlier[centre],
        earlier_turnout[centre],
    )
    rows = Sheets(
        np.arange(n, dtype=np.int32), votes, np.zeros(n, dtype=np.int64), None, registered
    )
    return Evidence(
        ("A", "B", "C"), frame, None, None, Announced(votes.sum(axis=1), rows=rows, tables=n)
    )


def p_values(evidence, number, keys=CHEAP, settings=SETTINGS):
    streams = Streams(number, 0)
    found = [ESTIMATORS[key](settings).assess(evidence, streams(key)) for key in keys]
    return [f.details["null_p"] for f in found]


def alarms(worlds):
    """(per test, Holm) numbers of worlds with an alarm."""
    p = np.array([p_values(honest(number), number) for number in range(worlds)])
    return dict(zip(CHEAP, (p <= ALPHA).sum(axis=0).tolist(), strict=True)), int(
        sum(min(holm(row)) <= ALPHA for row in p)
    )


@pytest.mark.slow
def test_each_test_alone_and_the_family_hold_their_level_on_honest_worlds():
    alone, family = alarms(WORLDS)
    assert {key: count for key, count in alone.items() if count > MOST} == {}
    assert family <= MOST


def test_the_level_holds_on_a_few_honest_worlds():
    alone, family = alarms(12)
    # P(Binomial(12, .05) > 5) = 2e-5
    assert max(*alone.values(), family) <= 5


@pytest.mark.slow
def test_the_fingerprint_holds_its_level_on_honest_worlds():
    p = [p_values(honest(number), number, ["fingerprint_fit"])[0] for number in range(FITS)]
    assert sum(value <= ALPHA for value in p) <= MOST_FITS


TRUE = (0.6, 0.08, 0.5, 0.1, 0.2, 0.3, 0.03, 1.5)


def data_set(number, tables=2000, true=TRUE):
    """Klimek's generator: (winner, others, registered); W' = W + x (N - W - O) + x^alpha O, O' = O
    - x^alpha O.
    """
    a, s_a, v, s_v, spread, f_i, f_e, alpha = true
    rng = generator(5, "test/klimek", number)
    registered = rng.integers(300, 1000, tables)

    def cut(mean, sd):
        drawn = rng.normal(mean, sd, 4 * tables)
        return drawn[(drawn >= 0) & (drawn <= 1)][:tables]

    turnout, share, u, z = cut(a, s_a), cut(v, s_v), rng.random(tables), rng.standard_normal(tables)
    x = np.where(
        u < f_e,
        np.maximum(1 - np.abs(0.075 * z), 0),
        np.where(u < f_e + f_i, np.minimum(0.99, np.abs(spread * z)), 0),
    )
    winner, others = registered * turnout * share, registered * turnout * (1 - share)
    taken = np.where(x > 0, x**alpha, 0) * others
    winner, others = winner + x * (registered - winner - others) + taken, others - taken
    winner = np.rint(winner)
    return winner, np.minimum(np.rint(others), registered - winner), registered.astype(float)


def covered(worlds):
    fits = [fit_fingerprint(*data_set(number)) for number in range(worlds)]
    return {
        name: sum(f.low[name] <= value <= f.high[name] for f in fits)
        for name, value in zip(NAMES, TRUE, strict=True)
    }


@pytest.mark.slow
def test_intervals_cover_the_fingerprints_parameters_on_its_own_data_sets():
    """Of nominal 95 % intervals as many hold the truth, less 3.2 standard errors."""
    counts, fewest = covered(FITS), 0.95 * FITS - 3.2 * (FITS * 0.95 * 0.05) ** 0.5
    assert {
        name: n
        for name, n in counts.items()
        if name in ("incremental_share", "extreme_share", "alpha") and n < fewest
    } == {}


def test_a_fit_finds_what_the_generator_was_given():
    fit = fit_fingerprint(*data_set(3))
    assert [fit.estimate[name] for name in ("turnout", "share", "extreme_share")] == pytest.approx(
        [0.6, 0.5, 0.03], abs=0.02
    )
    assert (fit.low["incremental_share"] < 0.3 < fit.high["incremental_share"], fit.gain > 50) == (
        True,
        True,
    )


def test_an_honest_data_set_gains_nothing_and_its_intervals_reach_zero():
    fit = fit_fingerprint(*data_set(4, true=(0.6, 0.08, 0.4, 0.1, 0.2, 0.0, 0.0, 1.5)))
    assert (fit.gain < 3, fit.low["incremental_share"], fit.low["extreme_share"]) == (
        True,
        0.0,
        0.0,
    )


@pytest.mark.parametrize("number", [3, 5, 6])
def test_a_fit_is_at_least_as_likely_as_the_truth(number):
    winner, others, registered = data_set(number)
    fit = fit_fingerprint(winner, others, registered, None)
    r = np.clip((registered - winner - others) / registered, 1e-3, 1 - 1e-3)
    o = np.clip(others / registered, 1e-4, 1 - r)
    a, s_a, v, s_v, spread, f_i, f_e, alpha = TRUE
    shares = [np.log(f_i / (1 - f_e - f_i)), np.log(f_e / (1 - f_e))]
    truth = np.array([a, np.log(s_a), v, np.log(s_v), np.log(spread), *shares, np.log(alpha)])
    e = [fit.estimate[name] for name in NAMES]
    given = np.log(e[5] / (1 - e[6] - e[5])), np.log(e[6] / (1 - e[6]))
    found = np.array([e[0], np.log(e[1]), e[2], np.log(e[3]), np.log(e[4]), *given, np.log(e[7])])
    assert log_density(found, r, o).sum() >= log_density(truth, r, o).sum() - 1
