"""R14: beliefs about a lead behind biased polls."""

import numpy as np
import pytest

from sim.models.numbers.kalman import OBSERVES, belief_challenger_leads, prior, shifted_lead, update
from sim.processes.columns import Belief


def test_r14_one_unbiased_poll_halves_the_variance() -> None:
    mean, cov = update(*prior((0, 0, 0), (1, 0, 0)), OBSERVES["independent"], 1.0, 1.0)

    assert (mean[0], cov[0, 0]) == pytest.approx((0.5, 0.5))


def test_r14_a_poll_of_unknown_bias_counts_for_less() -> None:
    mean, cov = update(*prior((0, 0, 0), (1, 1, 0)), OBSERVES["independent"], 1.0, 1.0)

    assert (mean[0], cov[0, 0]) == pytest.approx((1 / 3, 2 / 3))


def test_r14_no_number_of_polls_of_one_family_gives_certainty() -> None:
    mean, cov = prior((0, 0, 0), (1, 1, 0))
    for _ in range(5000):
        mean, cov = update(mean, cov, OBSERVES["independent"], 1.0, 1.0)

    assert cov[0, 0] == pytest.approx(0.5, abs=1e-3)


def test_several_believers_at_once_learn_what_each_would_learn_alone() -> None:
    priors = [prior((0.1 * i, 0.0, -0.3), (0.1 + 0.05 * i, 0.1, 0.2)) for i in range(3)]
    alone = [update(m, c, OBSERVES["government"], -0.4, 0.0036) for m, c in priors]
    means, covs = update(
        np.array([m for m, _ in priors]),
        np.array([c for _, c in priors]),
        OBSERVES["government"],
        -0.4,
        0.0036,
    )

    assert np.allclose(means, [m for m, _ in alone], atol=1e-15)
    assert np.allclose(covs, [c for _, c in alone], atol=1e-15)


def test_the_default_prior_of_the_truth_gives_the_stated_chance_that_the_challenger_leads() -> None:
    assert belief_challenger_leads(Belief(*prior((0.20, 0, 0), (0.16, 1, 1)))) == pytest.approx(
        0.89, abs=0.005
    )


def test_a_transfer_of_nine_tenths_moves_a_believed_lead_as_it_moves_shares() -> None:
    gov, opp, minor, tau = 0.37, 0.57, 0.06, 0.9
    total = gov + tau * opp + minor
    moved = shifted_lead(opp - gov, minor, -np.log(tau), -np.log(total))

    assert moved == pytest.approx((tau * opp - gov) / total)
