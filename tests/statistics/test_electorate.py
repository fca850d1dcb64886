"""The electorate's distribution against the specified numbers; tolerances are four or more Monte
Carlo errors, seeds fixed.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from sim.models.electorate.electorate import spread
from sim.models.electorate.electorate_draws import ElectorateDraws, draw_electorate, words
from sim.models.electorate.geography import expit, geography, intercept
from sim.models.electorate.support import draw_national, theta_on, turnout_share
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.votes import ballot_shares, cast, intended
from sim.models.strategy.response import logistic
from sim.replicate.build import build_world, prepare_case
from sim.replicate.carried import Carried
from sim.rng import Streams, generator
from sim.scenario.load import load
from tests.support.electorate_case import ballot, contest, support, turnout, venezuela

ENTROPY = 20240702


@cache
def nationals():
    return [national(r) for r in range(4000)]


def national(replicate, **changes):
    streams = Streams(ENTROPY, replicate)
    return draw_national(streams, support(**changes), turnout(), ballot(), contest(), -26, 26)


@cache
def priors(alone):
    """Return the lead on the day of the vote in 2,000 replicates, drawn assumptions."""
    case = prepare_case(load("venezuela-2024", ("run.assumptions=drawn",)), alone=alone)
    carried, found = Carried(), []
    for r in range(2000):
        world = build_world(case, ENTROPY, r, carried)
        found.append(world.electorate.latent_lead(0.0))
    return np.array(found)


@cache
def world(replicate, theta=0.312, tau=0.60):
    frame, streams = venezuela(), Streams(ENTROPY, replicate)
    draws = draw_electorate(streams, frame, contest())
    p = spread(frame, draws, support(), turnout(), theta, tau, 0.62)
    ballots = intended(frame, p.turnout, draws)
    share = ballot_shares(contest(), ballot(), nationals()[replicate])
    return ballots, cast(contest(), ballots, share, p.incumbent, draws, count_table(428)).count


@pytest.mark.slow
@pytest.mark.parametrize("alone", [True, False])
def test_the_lead_on_the_day_lies_in_the_bands_joined_and_alone(alone):
    lead = priors(alone)
    assert 0.15 < (np.abs(lead) < 0.10).mean() < 0.25
    assert 0.75 < (lead > 0).mean() < 0.92


def test_the_lead_is_the_same_joined_and_alone():
    assert np.array_equal(priors(True), priors(False))


def test_the_prior_with_the_independent_family_alone_is_its_centre_and_a_t():
    """Median logistic(-0.976); the quartiles .741 scales of .26 from it, .12 more in squares."""
    theta = [theta_on(national(r, family_weight=0.0, walk_sd=0.0), 0) for r in range(4000)]
    assert np.median(theta) == pytest.approx(logistic(-0.976), abs=0.006)
    assert np.quantile(theta, 0.75) == pytest.approx(logistic(-0.976 + 0.21), abs=0.012)


def test_the_prior_predictive_of_turnout_is_the_printed_one():
    tau = [turnout_share(n) for n in nationals()]
    assert np.quantile(tau, [0.05, 0.50, 0.95]) == pytest.approx([0.475, 0.58, 0.67], abs=0.012)


@pytest.mark.parametrize("theta", [0.1, 0.312, 0.5, 0.8])
def test_the_realised_national_share_is_within_a_thousandth_of_theta(theta):
    for replicate in range(4):
        _, count = world(replicate, theta)
        incumbent, challenger = count.totals[0], count.totals[1]
        assert incumbent / (incumbent + challenger) == pytest.approx(theta, abs=0.001)


@pytest.mark.parametrize("tau", [0.3, 0.6, 0.85])
def test_realised_turnout_in_the_country_is_tau_and_abroad_its_own(tau):
    frame = venezuela()
    abroad = frame.centre_abroad[frame.centre]
    ballots, _ = world(0, 0.312, tau)
    assert ballots[~abroad].sum() / frame.registered[~abroad].sum() == pytest.approx(tau, abs=0.001)
    assert ballots[abroad].sum() / frame.registered[abroad].sum() == pytest.approx(0.62, abs=0.01)


def within_centre_dispersion(successes, trials, centre):
    """Return chi2/df of shares inside centres of two or more tables."""
    total, won = np.bincount(centre, trials), np.bincount(centre, successes)
    share = (won / total)[centre]
    tables = np.bincount(centre)
    use = (tables[centre] > 1) & (share > 0) & (share < 1)
    chi2 = (successes - trials * share)[use] ** 2 / (trials * share * (1 - share))[use]
    used = np.unique(centre[use])
    return float(chi2.sum() / (tables[used] - 1).sum())


def test_dispersion_inside_centres_is_that_of_2013():
    frame = venezuela()
    found = []
    for replicate in range(8):
        ballots, count = world(replicate)
        share = within_centre_dispersion(
            count.votes[0], count.votes[0] + count.votes[1], frame.centre
        )
        found.append((share, within_centre_dispersion(ballots, frame.registered, frame.centre)))
    share, come = np.mean(found, axis=0)
    assert share == pytest.approx(1.17, abs=0.03)
    assert come == pytest.approx(1.29, abs=0.04)


def test_small_candidates_and_invalid_votes_get_their_shares():
    expected = ballot_shares(contest(), ballot(), nationals()[1])
    _, count = world(1)
    found = np.append(count.totals[2:], count.invalid.sum()) / count.ballots.sum()
    z = (found - expected) / np.sqrt(expected / count.ballots.sum())
    assert np.abs(z).max() < 5


def test_the_intercept_reaches_its_share_to_one_in_a_million():
    frame = venezuela()
    weight = geography(frame).weight
    for share in (0.02, 0.3, 0.97):
        a = intercept(frame.centre_past, weight, share)
        assert float((expit(frame.centre_past + a) * weight).sum() / weight.sum()) == pytest.approx(
            share, abs=1e-6
        )


@pytest.mark.parametrize(
    ("of_support", "of_turnout"),
    [
        ({"rho": 0.4}, {}),
        ({"state_sd": 0.1}, {}),
        ({"centre_sd": 0.15}, {}),
        ({"table_dispersion": 1.4}, {}),
        ({}, {"state_sd": 0.3}),
        ({}, {"size_slope": 0.0}),
        ({}, {"support_slope": 0.2}),
        ({}, {"centre_sd": 0.15}),
        ({}, {"table_dispersion": 1.6}),
    ],
)
def test_every_parameter_of_the_geography_moves_the_tables(of_support, of_turnout):
    frame = venezuela()
    draws = draw_electorate(Streams(ENTROPY, 0), frame, contest())
    usual = spread(frame, draws, support(), turnout(), 0.3, 0.6, 0.62)
    moved = spread(frame, draws, support(**of_support), turnout(**of_turnout), 0.3, 0.6, 0.62)
    assert np.array_equal(usual.turnout, moved.turnout) == bool(of_support)
    assert not (of_support and np.array_equal(usual.incumbent, moved.incumbent))


def test_turnout_and_support_stay_finite_at_the_ends():
    frame = venezuela()
    draws = draw_electorate(Streams(ENTROPY, 0), frame, contest())
    p = spread(frame, draws, support(), turnout(), logistic(-6), logistic(5), 0.99)
    assert np.isfinite(p.turnout).all()
    assert np.isfinite(p.incumbent).all()


def test_counts_have_the_mean_and_variance_of_a_multinomial_draw():
    parties, lookup, tables, repeats = contest(), count_table(428), 200, 1500
    shares = np.array([0.003, 0.0085, 0.004, 0.005, 0.0065, 0.006, 0.015, 0.002, 0.0045])
    ballots = np.full(tables * repeats, 434, dtype=np.int32)
    frame = venezuela()
    draws = draw_electorate(Streams(ENTROPY, 0), frame, parties)
    rng = generator(ENTROPY, "test/multinomial")
    many = ElectorateDraws(
        draws.state,
        draws.centre,
        draws.table,
        draws.turnout,
        words(rng, 9, len(ballots)),
        rng.standard_normal((1, len(ballots)), dtype=np.float32),
    )
    count = cast(
        parties, ballots, shares, np.full(len(ballots), 0.3, np.float32), many, lookup
    ).count
    rest = 1 - shares.sum()
    law = np.concatenate([[rest * 0.3, rest * 0.7], shares])
    found = np.vstack([count.votes, count.invalid[None, :]])
    z = (found.mean(axis=1) - 434 * law) / np.sqrt(434 * law * (1 - law) / len(ballots))
    assert np.abs(z).max() < 4.5
    assert found.var(axis=1) / (434 * law * (1 - law)) == pytest.approx(np.ones(11), abs=0.02)
