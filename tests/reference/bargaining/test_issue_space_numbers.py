"""The case's issue space: numbers of the specification's table (docs/model/strategy.md, section 3
and 'case numbers'), all within .05.
"""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from sim.models.bargaining.base import Round
from sim.models.bargaining.register import BARGAINING
from sim.models.strategy.table.issue_parties import actor_table, levels_now, party, row
from sim.models.strategy.table.resolution import bilateral, resolve, spatial, spatial_point
from sim.models.strategy.table.utilities import perceived_surplus, utility
from sim.records.parameters.before.issue_space import IssueSpace

FILE = Path(__file__).parents[3] / "seeds/venezuela-2024/parameters/issue_space.toml"


def without_sources(table):
    if isinstance(table, dict):
        return {key: without_sources(value) for key, value in table.items() if key != "source"}
    return tuple(table) if isinstance(table, list) else table


SPACE = IssueSpace.model_validate(without_sources(tomllib.loads(FILE.read_text())["issue_space"]))
START = row(SPACE, SPACE.status_quo)
ACTORS = actor_table(SPACE)


def a_round(track, trust_a=1.0, trust_b=1.0, ballot_open=False):
    levels = levels_now(SPACE, START, ballot_open)
    return Round(
        party(SPACE, track, "a", trust_a, 0.9),
        party(SPACE, track, "b", trust_b, 0.95),
        ACTORS,
        START,
        levels,
    )


def settled(key, *args, **options):
    found = resolve(key, a_round(*args, **options))
    return found.package, round(found.surplus_a, 4), round(found.surplus_b, 4)


def test_weighted_mean_and_end_of_the_spatial_model():
    assert np.allclose(
        spatial_point("weighted_mean", ACTORS),
        (58.20, 64.10, 63.71, 71.71, 69.78, 65.51),
        atol=0.05,
    )
    assert np.allclose(
        spatial_point("smp", ACTORS), (60.10, 65.69, 66.25, 75.05, 67.47, 69.54), atol=0.05
    )


def test_chances_of_the_actors_positions_at_the_start():
    chances = BARGAINING["smp"].resolve(spatial(ACTORS), 0).probabilities[0]
    found = dict(zip(ACTORS.names, chances.round(4).tolist(), strict=True))
    assert found == {
        "hard": 0.0236,
        "prag": 0.1088,
        "us": 0.1680,
        "platform": 0.0551,
        "minor": 0.3281,
        "qatar": 0.0913,
        "eu_and_region": 0.2127,
        "oil_companies": 0.0123,
    }


def test_the_composite_government():
    government = party(SPACE, "government_us", "a", 1.0, 0.9)
    assert [round(x, 2) for x in government.position] == [17.14, 18.0, 15.71, 15.0, 90.5, 86.0]
    assert government.salience == pytest.approx((21, 10, 21, 8, 20, 20))


def test_utilities_of_the_status_quo():
    sides = [
        party(SPACE, "government_us", "a", 1, 1),
        *(party(SPACE, t, "b", 1, 1) for t in SPACE.tracks),
    ]
    assert [round(utility(s.position, s.salience, START), 4) for s in sides] == [
        0.6090,
        0.5868,
        0.4400,
    ]


@pytest.mark.parametrize("ballot_open", [False, True])
def test_undiscounted_packages_are_the_same_with_and_without_the_cap(ballot_open):
    nash, ks, egalitarian = (
        settled(key, "government_us", ballot_open=ballot_open)
        for key in ("nash", "kalai_smorodinsky", "egalitarian")
    )
    assert nash == ((20, 80, 60, 80, 40, 80), 0.0650, 0.0842)
    assert ks == egalitarian == ((20, 60, 60, 100, 40, 80), 0.0690, 0.0789)


def test_perceived_packages_of_both_tracks():
    assert settled("nash", "government_us", 0.80, 0.45) == (
        (40, 40, 40, 100, 40, 60),
        0.0250,
        0.0182,
    )
    assert settled("nash", "government_platform", 0.50, 0.45) == (
        (40, 40, 40, 100, 80, 80),
        0.0490,
        0.0224,
    )


def test_more_trust_lets_both_gain_more():
    best = []
    for trust in (0.35, 0.40, 0.45, 0.60):
        grid = bilateral(a_round("government_us", 0.80, trust))
        best.append(round(float(np.minimum(grid.surplus_a, grid.surplus_b).max()), 4))
    assert best == [0.0105, 0.0147, 0.0205, 0.0295]


def test_the_whole_grid_has_46657_rows_and_the_cap_halves_it():
    sizes = [
        len(bilateral(a_round("government_us", ballot_open=open_)).surplus_a)
        for open_ in (True, False)
    ]
    assert sizes == [46657, 23329]


def test_the_election_of_packages_and_the_baseline_stay_below_the_cap():
    found = resolve("pce", a_round("government_us", 0.80, 0.45))
    assert [round(x, 2) for x in found.package] == [40.0, 64.1, 63.71, 71.71, 69.78, 65.51]
    assert found.baseline_package == found.package


def test_a_closed_issue_stays_at_the_status_quo():
    levels = levels_now(SPACE, START, False, ("candidacies", "observation"))
    game = Round(
        party(SPACE, "government_us", "a", 0.8, 0.9),
        party(SPACE, "government_us", "b", 0.45, 0.95),
        ACTORS,
        START,
        levels,
    )
    assert {
        resolve(key, game).package[:2]
        for key in ("nash", "smp", "pce", "weighted_mean", "rubinstein")
    } == {(40.0, 25.0)}


def test_the_surplus_of_the_chosen_row_is_that_of_its_package():
    game = a_round("government_platform", 0.50, 0.45)
    found = resolve("nash", game)
    assert found.surplus_a == pytest.approx(perceived_surplus(game.a, START, found.package))


CLASHES = [
    {"issues": ("one", "two")},
    {"status_quo": {"candidacies": 40.0}},
    {"caps_when_ballot_closed": {"x": 1.0}},
]


@pytest.mark.parametrize("change", CLASHES)
def test_a_space_whose_names_disagree_is_refused(change):
    with pytest.raises(ValueError, match=r"the issues are exactly|must name exactly|unknown issue"):
        IssueSpace.model_validate({**SPACE.model_dump(), **change})
