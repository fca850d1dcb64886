"""R8 and the compliance numbers of the commitment model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.strategy.table.commitment import (
    keeps_irreversible,
    lag_months,
    needed_patience,
    needed_patience_in_tranches,
)
from sim.models.strategy.table.promises import answer_lag_months, government_keeps, relief_kept
from sim.records.parameters.before.negotiation import Commitments, Negotiation
from tests.support.strategy_case import parameters

P = Negotiation()
CASE = parameters(negotiation__commitments__government_patience=0.90)
ISSUES = ("candidacies", "count_publication", "observation", "detentions")


@pytest.mark.parametrize(("lag", "patience"), [(1, 0.5), (3, 0.793701), (6, 0.890899)])
def test_r8_needed_patience(lag: float, patience: float) -> None:
    assert needed_patience(5, 3, 1, lag) == pytest.approx(patience, abs=1e-6)


@pytest.mark.parametrize(
    ("relief", "expected"), [(0.27, [0.07, 0.14, 0.52, 0.66]), (0.52, [0.17, 0.32, 0.76, 0.84])]
)
def test_compliance_of_a_government_that_expects_to_lose(
    relief: float, expected: list[float]
) -> None:
    lags = [answer_lag_months(CASE, issue, observer_strength=0.0) for issue in ISSUES]
    kept = [
        government_keeps(CASE, issue, lag, relief, 0.61064, 0.7)
        for issue, lag in zip(ISSUES, lags, strict=True)
    ]

    assert [round(x, 2) for x in kept] == expected


def test_one_of_two_tranches_of_relief_is_delivered_with_the_stated_probability() -> None:
    assert relief_kept(P, answer_lag_months(CASE, "energy_relief", 0.0)) == pytest.approx(
        0.844, abs=5e-4
    )


def test_a_mission_on_the_spot_halves_the_time_of_detection() -> None:
    assert (lag_months(14, 10, False), lag_months(14, 10, True)) == pytest.approx((0.8, 17 / 30))


def test_tranches_lower_the_patience_that_relief_needs() -> None:
    needed = [needed_patience_in_tranches(1.4, 2.0, k, 1.0) for k in (1, 2, 3, 4)]

    assert needed == pytest.approx([0.7, 0.35, 0.7 / 3, 0.175])


def test_more_tranches_make_the_next_one_more_likely_to_be_delivered() -> None:
    kept = [
        relief_kept(Negotiation(commitments=Commitments(tranches=k)), 11 / 30) for k in (1, 2, 3, 4)
    ]

    assert kept == sorted(kept)


@given(st.floats(0.1, 3), st.floats(0.01, 3), st.floats(0, 0.6), st.floats(0, 1))
def test_a_longer_lag_lowers_compliance_and_asks_for_more_patience(
    lag: float, more: float, relief: float, pi: float
) -> None:
    def kept(months: float) -> float:
        return keeps_irreversible(0.9, months, 1.2, relief, 0.61, 0.9, pi, 6.0)

    assert kept(lag + more) <= kept(lag)
    assert needed_patience(5, 3, 1, lag + more) >= needed_patience(5, 3, 1, lag)


@given(st.floats(0, 0.5), st.floats(0, 0.3), st.floats(0, 1))
def test_more_relief_to_lose_raises_compliance(relief: float, more: float, pi: float) -> None:
    low, high = (
        government_keeps(CASE, "observation", 0.37, r, 0.61, pi) for r in (relief, relief + more)
    )

    assert high >= low
