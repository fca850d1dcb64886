"""Both errors of a mean over sets against numbers from outside: a published analysis of variance,
Wilson's interval, and all outcomes of a small case counted one by one.
"""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest

from sim.models.numbers.sets import Floats, beta_range, chance, two_errors

YIELDS = (
    (1545, 1440, 1440, 1520, 1580),
    (1540, 1555, 1490, 1560, 1495),
    (1595, 1550, 1605, 1510, 1560),
    (1445, 1440, 1595, 1465, 1545),
    (1595, 1630, 1515, 1635, 1625),
    (1520, 1455, 1450, 1480, 1445),
)
"""Yield of dyestuff, six batches of five (Davies 1947; Box and Tiao 1973, table 5.1.1): mean square
between 11271.5, within 2451.25, so 1764.05 between batches; the mean of all is 1527.5.
"""


def test_the_variance_between_batches_is_the_published_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.models.numbers.sets.LEAST_SETS", 6)
    values = np.array(YIELDS, dtype=float).ravel()

    found = two_errors(values, np.repeat(np.arange(6), 5))

    assert found.mean == 1527.5
    assert found.between is not None
    assert round(found.between**2, 2) == 1764.05
    assert round(found.error**2, 4) == round(11271.5 / 30, 4)


def test_unequal_sets_are_those_of_the_formula_by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.models.numbers.sets.LEAST_SETS", 2)

    found = two_errors(np.array([1.0, 3.0, 2.0, 8.0, 8.0]), np.array([0, 0, 0, 1, 1]))

    # means 2 and 8, within 2/3, between 3(2.4)^2 + 2(3.6)^2 = 43.2, n0 = 5 - 13/5 = 2.4
    assert found.between == pytest.approx(math.sqrt((43.2 - 2 / 3) / 2.4))
    assert found.error == pytest.approx(math.sqrt(2 * ((3 * 2.4) ** 2 + (2 * 3.6) ** 2)) / 5)


@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [
        (81, 263, 0.255, 0.366),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_an_interval_of_independent_replicates_is_the_published_one(
    successes: int, n: int, low: float, high: float
) -> None:
    """Newcombe (1998), Statistics in Medicine 17, table I, method 3, at 95 %."""
    ones = np.repeat([1.0, 0.0], [successes, n - successes])

    found = chance(two_errors(ones, None), 1.959963984540054)

    assert [found.low, found.high] == pytest.approx([low, high], abs=5e-4)


def test_the_two_errors_are_right_on_average_over_all_outcomes_of_a_small_case() -> None:
    """Twelve sets of two replicates; a set's chance is .2 or .6, as likely: s_b is .2 exactly."""
    pairs = [
        (x, y, 0.5 * (a if x else 1 - a) * (a if y else 1 - a))
        for a in (0.2, 0.6)
        for x, y in itertools.product((0, 1), repeat=2)
    ]
    weight = {(x, y): sum(w for u, v, w in pairs if (u, v) == (x, y)) for x, y, _ in pairs}
    rng = np.random.Generator(np.random.PCG64(1))
    keys = list(weight)
    sample = rng.choice(len(keys), size=(4000, 12), p=[weight[key] for key in keys])
    sets = np.repeat(np.arange(12), 2)
    squares, errors, means = [], [], []
    for row in sample:
        values = np.array([keys[k] for k in row], dtype=float).ravel()
        found = two_errors(values, sets)
        assert found.between is not None
        errors.append(found.error**2)
        means.append(found.mean)
        squares.append(signed(values))
        assert found.between**2 == pytest.approx(max(0.0, squares[-1]), abs=1e-12)

    assert np.mean(squares) == pytest.approx(0.04, abs=0.004)
    assert np.mean(errors) == pytest.approx(np.var(means), rel=0.06)


def signed(values: Floats) -> float:
    """Return the variance between sets before it is cut at 0: unbiased."""
    table = values.reshape(-1, 2)
    within = table.var(axis=1, ddof=1).mean()
    return float(table.mean(axis=1).var(ddof=1) - within / 2)


def test_equal_sets_leave_nothing_open_and_fixed_ones_say_nothing() -> None:
    ones = np.tile([1.0, 0.0, 1.0, 0.0], 12)

    drawn, fixed = (
        chance(two_errors(ones, sets), 1.645) for sets in (np.repeat(np.arange(12), 4), None)
    )

    assert (drawn.assumed, drawn.between, fixed.assumed) == ((0.5, 0.5), 0.0, None)
    assert (drawn.low, drawn.high) == (fixed.low, fixed.high)


def test_where_sets_are_all_or_nothing_the_assumptions_decide() -> None:
    found = chance(two_errors(np.repeat([1.0, 0.0], 48), np.repeat(np.arange(24), 4)), 1.645)

    assert found.decides
    assert found.assumed is not None
    assert found.assumed[1] > 0.999


@pytest.mark.parametrize(
    ("mean", "sd", "ends"), [(0.104, 0.142, (0.00, 0.42)), (0.202, 0.163, (0.01, 0.53))]
)
def test_the_range_is_that_of_the_worked_example(
    mean: float, sd: float, ends: tuple[float, float]
) -> None:
    low, high = beta_range(mean, sd)[0]

    assert (round(low, 2), round(high, 2)) == ends
