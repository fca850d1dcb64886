import numpy as np

from sim.rng import generator
from sim.studies.equivalence import difference


def test_a_known_shift_is_called_different() -> None:
    a, noise = generator(1, "a").normal(size=400), generator(1, "noise").normal(size=400)

    assert (
        difference(a, a + 0.5 + noise, 0.1, 0.05, paired=True, binary=False).verdict == "different"
    )


def test_equal_columns_are_equal() -> None:
    a = generator(1, "a").normal(size=50)

    result = difference(a, a.copy(), 0.1, 0.05, paired=True, binary=False)

    assert (result.verdict, result.low, result.high, result.within) == ("equal", 0.0, 0.0, True)


def test_a_constant_difference_is_said_with_its_size_and_has_no_variance_ratio() -> None:
    a = generator(1, "a").normal(size=50)

    result = difference(a, a + 0.1, 0.02, 0.05, paired=True, binary=False)

    assert (result.verdict, round(result.low, 9), round(result.high, 9), result.variance_ratio) == (
        "constant shift",
        0.1,
        0.1,
        None,
    )
    assert (
        result.differs,
        difference(a, a + 0.1, 0.2, 0.05, paired=True, binary=False).within,
    ) == (True, True)


def test_a_constant_difference_in_two_replicates_decides_nothing_and_says_how_many_would() -> None:
    result = difference(
        np.array([1.0, 2.0]), np.array([2.0, 3.0]), 0.1, 0.05, paired=True, binary=False
    )

    assert (result.verdict, result.more, result.low) == ("undecided", 4, -np.inf)  # 2 / 2^6 = .03


def test_constant_samples_of_two_replicates_each_decide_nothing() -> None:
    a, b = np.zeros(2), np.ones(2)
    verdicts = [difference(a, b, 0.1, 0.05, paired=False, binary=False).verdict]
    verdicts += [
        difference(np.zeros(n), np.ones(n), 0.1, 0.05, paired=False, binary=False).verdict
        for n in (3, 4, 2000)
    ]

    assert verdicts == ["undecided", "undecided", "different", "different"]  # 2 / C(8, 4) = .029


def test_the_same_values_in_other_replicates_are_distributed_alike() -> None:
    a = np.array([0.0, 1.0, 0.0, 1.0, 0.0])

    assert [
        difference(a, np.roll(a, 1), 0.02, 0.05, paired=p, binary=True).verdict
        for p in (True, False)
    ] == ["alike", "alike"]


def test_few_discordant_pairs_leave_it_undecided_and_say_how_many_more() -> None:
    a = np.zeros(60)
    b = a.copy()
    b[:3] = 1

    result = difference(a, b, 0.02, 0.05, paired=True, binary=True)

    assert result.verdict == "undecided"
    assert result.more is not None
    assert 10 < result.more < 2000


def test_pairing_reports_how_much_variance_it_saves() -> None:
    luck = generator(2, "luck").normal(size=1000)
    noise = generator(2, "noise").normal(size=1000)

    ratio = difference(
        luck, luck + 0.1 * noise, 0.1, 0.05, paired=True, binary=False
    ).variance_ratio

    assert ratio is not None
    assert 150 < ratio < 260


def test_independent_runs_of_one_law_are_called_different_at_most_at_the_stated_rate() -> None:
    calls = 0
    for trial in range(400):
        rng = generator(3, "null", trial)
        a, b = (rng.random(150) < 0.3).astype(float), (rng.random(150) < 0.3).astype(float)
        calls += difference(a, b, 0.001, 0.05, paired=False, binary=True).verdict == "different"

    assert calls <= 0.05 * 400 + 3.1 * np.sqrt(400 * 0.05 * 0.95)
