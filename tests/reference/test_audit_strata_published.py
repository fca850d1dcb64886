"""Stratified audits against the published numbers of SUITE (Ottoboni, Stark, Lindeman and McBurnett
2018) and of the audit of Kalamazoo, Michigan (2018).
"""

import numpy as np
import pytest

from sim.models.audit.splits import combined, worst_split
from sim.models.audit.strata import Comparison, Polling
from sim.models.audit.supersimple import Discrepancies

MACHINE = Comparison(10_000, 4550 - 4950, 500)
HAND = Polling(1000, 750, 150, 187, 37, 26)


def p(stratum, c):
    return float(np.exp(stratum.log_p(np.array([float(c)])))[0])


def test_p_values_of_both_strata_in_the_fisher_notebook():
    # lambda .3 and .7 of a margin of 200 votes
    assert p(MACHINE, 60) == pytest.approx(0.23557770396261943, rel=1e-9)
    assert p(HAND, 140) == pytest.approx(0.006068185147942991, rel=1e-6)
    assert combined([MACHINE, HAND], [60, 140]) == pytest.approx(0.010793531242678012, rel=1e-6)


def test_the_largest_p_value_of_the_fisher_notebook():
    grid = range(-1400, 601, 10)  # its steps of .05 of the margin
    largest = max(combined([MACHINE, HAND], [c, 200 - c]) for c in grid)
    assert largest == pytest.approx(0.07049896663377597, rel=1e-9)


def test_the_search_over_whole_votes_finds_a_little_more_than_the_grid():
    found = worst_split([MACHINE, HAND], 200)
    assert (found.exact, found.split, round(found.p, 6)) == (True, (158, 42), 0.070561)
    near = [combined([MACHINE, HAND], [c, 200 - c]) for c in range(100, 220)]
    assert found.p == max(near)


def test_the_measured_risk_of_kalamazoo():
    # 8 of 5,294 absentee ballots compared, 32 of 22,372 others polled: 23 Whitmer, 8 Schuette
    strata = [Comparison(5294, 3765 - 1349, 8), Polling(22_372, 16_934, 4220, 23, 8, 1)]
    found = worst_split(strata, 3765 + 16_934 - 1349 - 4220)
    assert found.p == pytest.approx(0.03741402419787909, rel=1e-7)


@pytest.mark.parametrize(
    ("ballots", "winner", "loser", "wins", "losses", "others", "published"),
    [
        (1000, 500, 450, 50, 50, 0, 1.0),
        (1000, 600, 400, 60, 40, 0, 0.10693399),
        (1000, 500, 450, 110, 100, 40, 1.0),
        (10, 5, 4, 2, 2, 0, 1.0),
        (10, 6, 4, 3, 1, 0, 0.625),
        (10, 6, 4, 2, 1, 0, 0.83333333),
        (215_000, 100_000, 90_000, 2000, 1800, 500, 0.004640183723708297),
    ],
)
def test_likelihood_ratios_of_drawn_ballots(
    ballots, winner, loser, wins, losses, others, published
):
    # the notebook on the ballot-polling test, and the test cases of Arlo
    stratum = Polling(ballots, winner, loser, wins, losses, others)
    assert p(stratum, winner - loser) == pytest.approx(published, abs=5e-7)


def test_the_tied_election_of_the_second_example_is_not_confirmed():
    strata = [
        Comparison(1_900_000, 20_000, 7600, Discrepancies(o2=38)),
        Polling(100_000, 51_000, 49_000, 200, 200, 0),
    ]
    assert worst_split(strata, 22_000).p == 1.0


def test_the_first_sample_of_the_second_example_is_enough_when_it_is_as_reported():
    # 3,800 and 200 ballots give .0424 on the published grid of .05 of the margin
    strata = [Comparison(1_900_000, 20_000, 3800), Polling(100_000, 51_000, 49_000, 102, 98, 0)]
    assert worst_split(strata, 22_000).p == pytest.approx(0.04238731352954417, rel=0.01)
