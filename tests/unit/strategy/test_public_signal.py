"""The public signal: worked values of the specification, and signs that must hold everywhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.models.strategy.after.signal import (
    PublicEvidence,
    belief,
    log_odds,
    outrage,
    prior_log_odds,
)
from sim.records.parameters.after.signal import Signal

MEDIANS = Signal()
SHARES = st.floats(0, 1)


def test_the_prior_carries_the_polls_over() -> None:
    assert float(prior_log_odds(0.85, MEDIANS)) == pytest.approx(0.5408, abs=5e-5)


@pytest.mark.parametrize(
    ("published", "lead", "verdicts", "tables", "altered", "z"),
    [
        (0.7, 0.3, 0.0, 0, 0, 2.8158),
        (0.7, 0.3, 1.6, 1, 0, 5.1158),
        (0.0, 0.0, -1.6, -1, 1, -1.7592),
        (0.3, -0.05, 0.0, 0, 0, 0.0533),
    ],
)
def test_evidence_adds_in_log_odds(
    published: float, lead: float, verdicts: float, tables: int, altered: int, z: float
) -> None:
    evidence = PublicEvidence(published, lead, verdicts, tables, altered)

    assert float(log_odds(0.54076, evidence, MEDIANS)) == pytest.approx(z, abs=5e-5)


@given(prior=st.floats(-3, 3), verdicts=st.floats(-3, 3), more=st.floats(0, 2))
def test_a_statement_more_never_calms(prior: float, verdicts: float, more: float) -> None:
    less, worse = (
        belief(prior, log_odds(prior, PublicEvidence(verdicts=v), MEDIANS), False, MEDIANS)
        for v in (verdicts, verdicts + more)
    )

    assert worse >= less


def test_an_annulled_vote_is_taken_for_a_lost_one_whatever_the_evidence() -> None:
    assert belief(0.5, np.array([-9.0, 9.0]), True, MEDIANS).tolist() == [0.775, 0.775]


def test_few_published_copies_leave_the_lead_to_the_polls() -> None:
    found = outrage(1.0, np.array([0.09, 0.10]), 0.30, 0.15, MEDIANS)

    assert found.tolist() == [0.5, 1.0]


@given(convinced=SHARES, published=SHARES, lead=st.floats(-1, 1), opinion=st.floats(-1, 1))
def test_outrage_is_never_more_than_belief(
    convinced: float, published: float, lead: float, opinion: float
) -> None:
    assert 0 <= float(outrage(convinced, published, lead, opinion, MEDIANS)) <= convinced
