"""The court is asked by one side; it annuls for the challenger alone."""

from __future__ import annotations

import pytest

from sim.records.events import CourtAnnulled, CourtPetitioned
from sim.replicate.build import prepare_case
from sim.replicate.replicate import play
from sim.scenario.load import load
from tests.support.cases import FIXED

CONTESTED = (
    *FIXED,
    "support.lead_mean=0.3",
    "government.night=totals_only",
    "types.obedience=1.0",
    "types.loyalty=1.0",
    "seven_parties.contest=yes",
    "supreme_court.annul=yes",
)


@pytest.mark.parametrize(
    ("petitions", "annulled"), [(("government",), 0), (("seven_parties",), 1), ((), 0)]
)
def test_the_court_annuls_on_the_challengers_petition_alone(
    petitions: tuple[str, ...], annulled: int
) -> None:
    asked = [
        f"{side}.petition={'yes' if side in petitions else 'no'}"
        for side in ("government", "seven_parties")
    ]
    ledger = play(prepare_case(load("gambia-2016", (*CONTESTED, *asked)), alone=True), 1, 0).ledger

    assert tuple(e.by for e in ledger.of(CourtPetitioned)) == petitions
    assert len(ledger.of(CourtAnnulled)) == annulled
