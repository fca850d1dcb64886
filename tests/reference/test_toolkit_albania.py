"""The printed table of the election forensics toolkit for Albania 2013: 42
cells.
"""

import diptest
import numpy as np
import polars as pl
import pytest

from sim.models.forensics.digits import second_digit_mean, zero_five_share
from sim.models.forensics.dip import dip, dip_p
from sim.models.forensics.moments import kurtosis, skewness
from sim.rng import generator
from tests.support.large_files import large, needs

FILE = large("forensics/Albania2013.csv")
needs_file = needs("forensics/Albania2013.csv")
PRINTED = {
    "BERAT": (300, 4.244, 0.197, 0.217, 0.261, 3.474, 0.651),
    "DIBER": (258, 4.167, 0.221, 0.225, 1.685, 4.954, 0.000),
    "DURRES": (444, 4.572, 0.173, 0.194, 1.354, 3.211, 0.000),
    "ELBASAN": (516, 4.345, 0.217, 0.196, 1.500, 4.086, 0.000),
    "FIER": (558, 4.373, 0.208, 0.181, 1.582, 4.572, 0.000),
    "GJIROKASTER": (237, 4.549, 0.287, 0.228, 0.720, 2.166, 0.000),
}


@needs_file
@pytest.mark.parametrize("prefecture", sorted(PRINTED))
def test_the_seven_cells_of_a_prefecture(prefecture):
    table = pl.read_csv(FILE, encoding="latin1", null_values="NA", infer_schema_length=10000)
    here = table.filter(pl.col("Prefectures") == prefecture)
    ballots, registered = (
        here[name].to_numpy().astype(np.int64) for name in ("Ballots", "Registered")
    )
    turnout = np.minimum(ballots[registered > 0] / registered[registered > 0], 1.0)
    cells = (
        len(here),
        second_digit_mean(ballots),
        zero_five_share(np.rint(100 * turnout).astype(np.int64)),
        zero_five_share(ballots),
        skewness(turnout),
        kurtosis(turnout),
        dip_p(turnout),
    )
    assert cells[:6] == pytest.approx(PRINTED[prefecture][:6], abs=5.1e-4)
    # the printed p-values come from another simulation of the same law
    assert cells[6] == pytest.approx(PRINTED[prefecture][6], abs=2e-3)


@pytest.mark.parametrize("kind", range(4))
def test_the_dip_is_that_of_the_reference_package(kind):
    rng = generator(4, "test/dip")
    draws = (
        rng.random(137),
        np.round(rng.random(211), 2),
        np.concatenate([rng.normal(0, 1, 90), rng.normal(4, 1, 60)]),
        rng.integers(0, 6, 80) / 6,
    )
    assert dip(draws[kind]) == pytest.approx(diptest.dipstat(draws[kind]), abs=1e-12)
