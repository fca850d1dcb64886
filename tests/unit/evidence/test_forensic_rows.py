"""Which candidate, which rows and which centres the forensic tests look at."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimators.register import ESTIMATORS
from sim.models.forensics.rows import numbered, rows_of
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Frame, Sheets
from sim.records.seen.finding import UNDECIDED
from sim.rng import generator
from tests.contracts.estimator_worlds import honest_world

INSIDE = ("centre_hypergeometric", "turnout_share_slope")


def small(target=None, totals=(10, 90, 50), votes=((30, 40), (20, 10), (25, 30))):
    """Two tables, three candidates; the totals announce B although A has most votes on the rows."""
    rows = Sheets(np.arange(2, dtype=np.int32), np.array(votes), np.zeros(2, int))
    said = Announced(np.array(totals), rows=rows)
    return Evidence(("A", "B", "C"), None, None, None, said, target=target)


def looked_at(evidence):
    rows = rows_of(evidence)
    return evidence.candidates[rows.target_row] + evidence.candidates[rows.other_row]


def test_the_announced_winner_is_looked_at_and_the_strongest_other_on_the_rows_stands_beside_it():
    assert looked_at(small()) == "BA"


def test_without_totals_the_largest_on_the_rows_is_looked_at():
    assert looked_at(small(totals=(0, 0, 0))) == "AC"


def test_a_chosen_candidate_is_looked_at():
    assert looked_at(small(target=2)) == "CA"


def grouped(size, regions=1):
    """600 tables in groups of `size`, dealt over so many regions table by table."""
    world = honest_world(3, tables=600)
    n = np.arange(600, dtype=np.int32)
    frame = replace(world.frame, centre=n // size, region=(n % regions).astype(np.int32))
    return replace(world, frame=frame)


@pytest.mark.parametrize(
    ("evidence", "why"),
    [
        (grouped(40), "the groups given as centres hold up to 40 tables"),
        (grouped(4, regions=2), "the groups given as centres lie in several regions"),
        (grouped(1), "the file does not say which tables share a centre"),
        (replace(grouped(4), frame=None), "the file does not say which tables share a centre"),
    ],
)
@pytest.mark.parametrize("key", INSIDE)
def test_without_polling_centres_no_test_compares_inside_them_and_says_why(key, evidence, why):
    found = ESTIMATORS[key](Monitoring()).assess(evidence, generator(1, "test"))
    assert (found.verdict, found.estimate, why in found.statement) == (UNDECIDED, None, True)


def test_groups_of_twelve_tables_in_one_place_are_centres():
    assert rows_of(grouped(12)).no_centres == ""


def test_a_tenth_of_the_rows_of_a_town_does_not_make_it_a_centre():
    world = grouped(60)
    kept = np.arange(0, 600, 10, dtype=np.int32)
    rows = world.announced.rows
    few = Sheets(kept, rows.votes[:, kept], rows.invalid[kept])
    thin = replace(world, announced=replace(world.announced, rows=few))
    assert "hold up to 60 tables" in rows_of(thin).no_centres


def test_one_large_group_among_centres_is_left_out():
    centre = np.concatenate([np.arange(580) // 4, np.full(20, 200)]).astype(np.int32)
    world = grouped(4)
    frame = Frame(world.frame.registered, centre, np.zeros(600, np.int32))
    sizes = np.bincount(rows_of(replace(world, frame=frame)).centre)
    assert (int(sizes.max()), int((sizes == 1).sum())) == (4, 20)


def test_groups_are_numbered_as_they_come():
    assert numbered(np.array([7, 7, 2, 9, 2])).tolist() == [0, 0, 1, 2, 1]


def test_a_region_for_each_table_is_no_region():
    world = grouped(4)
    alone = replace(world.frame, region=np.arange(600, dtype=np.int32))
    of_ten = replace(world.frame, region=(np.arange(600) // 12).astype(np.int32))
    regions = [int(rows_of(replace(world, frame=f)).region.max()) + 1 for f in (alone, of_ten)]
    assert regions == [1, 50]
