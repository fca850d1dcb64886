"""Integer percentages in the Russian elections of 2011 and 2018 (Kobak, Shpilkin and Pshenichnikov,
published excess).
"""

import zipfile

import numpy as np
import polars as pl
import pytest

from sim.estimators.register import ESTIMATORS
from sim.models.forensics.integer_percentages import (
    either_chance,
    integer_chance,
    is_integer,
    redrawn_counts,
    upper_tail,
)
from sim.models.forensics.moments import has_rate, kurtosis, log_vote_rate
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Sheets
from sim.records.seen.finding import INCONSISTENT
from sim.rng import generator
from tests.support.large_files import large, needs

needs_files = needs("forensics/russia/2011.csv.zip", "forensics/russia/2018.csv.zip")
LEADER = {2011: 26, 2018: 18}
PUBLISHED = {2011: (1003.5, 767.1, 449.3), 2018: (1708.8, 859.0, 1296.2)}


def columns(year):
    """(registered, given, received, leader) of all stations."""
    with (
        zipfile.ZipFile(large(f"forensics/russia/{year}.csv.zip")) as archive,
        archive.open(f"{year}.csv") as stream,
    ):
        table = pl.read_csv(stream.read(), infer_schema_length=10000)

    def total(*numbers):
        return sum(table[table.columns[c]].to_numpy().astype(np.int64) for c in numbers)

    return total(3), total(5, 6, 7), total(11, 12), total(LEADER[year])


def stations(year):
    """The same of the stations that pass the published filter."""
    registered, given, received, leader = columns(year)
    kept = (received > 0) & (registered >= 100)
    kept &= (given <= 0.99 * registered) & (leader <= 0.99 * received)
    return registered[kept], given[kept], received[kept], leader[kept]


@needs_files
@pytest.mark.parametrize("year", [2011, 2018])
def test_excess_is_within_ten_stations_of_the_published(year):
    registered, given, received, leader = stations(year)
    chances = (
        integer_chance(received, leader / received),
        integer_chance(registered, given / registered),
    )
    both = either_chance(*chances)
    seen = is_integer(leader, received), is_integer(given, registered)
    null = redrawn_counts(both, 1000, generator(7, "test/integer"))
    overall = float((seen[0] | seen[1]).sum() - null.mean())
    alone = [float(s.sum() - q.sum()) for s, q in zip(seen, chances, strict=True)]
    assert [overall, *alone] == [pytest.approx(value, abs=10) for value in PUBLISHED[year]]
    assert 100 < null.std() < 130
    assert upper_tail(float((seen[0] | seen[1]).sum()), both) < 1e-15


@needs_files
@pytest.mark.parametrize("year", [2011, 2018])
def test_the_estimator_finds_the_published_excess_of_the_leaders_share(year):
    """Sheets hold ballots found, not ballots issued: only the share's own excess is the paper's."""
    registered, _, received, leader = stations(year)
    votes = np.stack([leader, received - leader])
    table = np.arange(len(leader), dtype=np.int32)
    rows = Sheets(table, votes, np.zeros(len(leader), int), None, registered)
    evidence = Evidence(("leader", "rest"), None, None, None, Announced(None, rows=rows), target=0)
    made = ESTIMATORS["integer_percentages"](Monitoring())
    found = made.assess(evidence, generator(7, "test/integer"))
    assert (found.details["excess_share"], found.verdict) == (
        pytest.approx(PUBLISHED[year][1], abs=10),
        INCONSISTENT,
    )


@needs_files
@pytest.mark.parametrize(("year", "expected"), [(2011, 6.10), (2018, 5.27)])
def test_kurtosis_of_the_log_vote_rate_is_that_computed_elsewhere(year, expected):
    """All stations with 0 < W < N; half a vote added would give 6.25 and 5.59."""
    registered, _, _, leader = columns(year)
    use = has_rate(leader, registered)
    found = kurtosis(log_vote_rate(leader[use], registered[use]))
    assert found == pytest.approx(expected, abs=0.005)
