"""How many ballots the deciding method draws, beside the best published for the same contest.

Means to a risk limit of 5 % with reports that are right (Stark 2023, ALPHA, tables 2 to 5): the
smallest of all methods and settings in the table, which no single one of them reaches everywhere.
"""

from __future__ import annotations

import numpy as np
import pytest

from sim.fieldwork.audit.ballots import learning_rule
from sim.models.audit import alpha, rounds
from sim.rng import generator

pytestmark = pytest.mark.slow

RUNS = 300
WITHIN = 1.2
WITHOUT_BLANKS = {0.51: 7702, 0.52: 3512, 0.55: 578, 0.6: 181, 0.64: 85, 0.7: 38}
WITH_BLANKS = {
    (0.52, 0.1): 2819, (0.52, 0.75): 5455, (0.55, 0.1): 604, (0.55, 0.25): 744, (0.55, 0.5): 1030,
    (0.55, 0.75): 1840, (0.6, 0.1): 172, (0.6, 0.5): 295, (0.6, 0.75): 555, (0.7, 0.1): 41,
    (0.7, 0.5): 75, (0.7, 0.75): 152,
}  # fmt: skip
WITH_REPLACEMENT = {0.52: (3590, 30_000), 0.55: (598, 8000), 0.6: (149, 2000), 0.7: (39, 600)}
"""BRAVO, the best where ballots go back; and how many draws are simulated at most."""


def needed(theta, blank, cast, draws, replaced, rng):
    w, r = round(cast * theta * (1 - blank)), round(cast * (1 - theta) * (1 - blank))
    rule, population = learning_rule(w, r), None if replaced else cast
    pool = np.repeat([1.0, 0.0, 0.5], [w, r, cast - w - r])
    x = rng.choice(pool, draws) if replaced else rng.permutation(pool)
    return alpha.draws_needed(alpha.p_values(x, rule, population=population), 0.05) or draws


def mean_less_error(*args):
    rng = generator(7, "test/audit power")
    found = [needed(*args, rng) for _ in range(RUNS)]
    return float(np.mean(found) - 2 * np.std(found) / np.sqrt(RUNS))


@pytest.mark.parametrize(("theta", "best"), WITHOUT_BLANKS.items())
def test_twenty_thousand_ballots_without_replacement(theta, best):
    assert mean_less_error(theta, 0, 20_000, 20_000, False) <= WITHIN * best


@pytest.mark.parametrize(("contest", "best"), WITH_BLANKS.items())
def test_ten_thousand_ballots_some_of_them_blank(contest, best):
    assert mean_less_error(*contest, 10_000, 10_000, False) <= WITHIN * best


@pytest.mark.parametrize(("theta", "best"), WITH_REPLACEMENT.items())
def test_ballots_that_go_back(theta, best):
    assert mean_less_error(theta, 0, 100_000, best[1], True) <= WITHIN * best[0]


def test_the_plan_simulates_in_blocks_what_single_ballots_give():
    rng = generator(8, "test/audit blocks")
    one = np.median([needed(0.52, 0.1, 10_000, 10_000, False, rng) for _ in range(RUNS)])
    at = rounds.Standing(10_000, 4680, 4320)
    blocks = rounds.further_ballots(at, learning_rule(4680, 4320), 0.05, RUNS, 10_000, rng)
    assert float(np.median(blocks)) == pytest.approx(one, rel=0.1)
