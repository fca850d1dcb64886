"""Tests of rows on honest elections of national size, as the power study holds them."""

import numpy as np
import pytest

from sim.estimators.forensic.levels import LEVELS
from sim.estimators.register import ESTIMATORS, STREAM
from sim.models.forensics.design import design_of
from sim.models.forensics.rows import rows_of
from sim.power.elections import electorate, run_evening, vote
from sim.power.verdicts import EvidenceCache, evidence_at, tokens_at
from sim.power.worlds import PowerWorld
from sim.records.parameters.watching.forensics import Forensics
from sim.rng import Streams
from tests.support.cases import case
from tests.support.long_runs import cases

ENTROPY, ELECTIONS = 0x1234, cases(12, 5)
CHEAP = [key for key in LEVELS if key != "fingerprint_fit"]


def election(replicate):
    """Return the evidence of an honest national election, rows published, three days after."""
    e, honest, memory = (
        electorate(case("venezuela-2024"), ENTROPY, replicate),
        PowerWorld(),
        EvidenceCache(),
    )
    held = run_evening(e, vote(e, honest), honest, e.p)
    return e, evidence_at(e, held, honest, 72.0, tokens_at(held, honest, 72.0, memory), memory)


@pytest.mark.slow
def test_tests_of_rows_hold_one_percent_on_honest_national_elections():
    alarms = dict.fromkeys(CHEAP, 0)
    for number in range(ELECTIONS):
        e, evidence = election(number)
        settings = e.p.monitoring.model_copy(update={"forensics": _quick(e.p.monitoring)})
        for key in CHEAP:
            streams = Streams(ENTROPY, number)
            found = ESTIMATORS[key](settings).assess(evidence, streams(STREAM + key))
            alarms[key] += bool(found.details["alarm"])
    # P(Binomial(12, .01) > 2) = 2e-4, P(Binomial(5, .01) > 2) = 1e-5; one family of eight
    assert {key: n for key, n in alarms.items() if n > 2} == {}


def _quick(monitoring):
    return Forensics(**{**monitoring.forensics.model_dump(), "redraws": 40})


@pytest.mark.slow
def test_the_design_of_the_null_holds_region_past_share_and_size():
    rows = rows_of(election(0)[1])
    design = design_of(rows)
    size, past = np.log(rows.registered), np.log(rows.past_share / (1 - rows.past_share))
    left = [np.abs(design.residual(column)).max() for column in (size, past)]
    assert (max(left) < 1e-6, design.basis.shape[1], int(rows.region.max()) + 1) == (True, 6, 25)
