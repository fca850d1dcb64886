"""Which forensic tests may give a verdict, and what the others say instead."""

from dataclasses import replace

import numpy as np
import pytest

from sim.estimators.forensic.base import how_often
from sim.estimators.forensic.levels import LEVELS, Level, why_no_verdict
from sim.estimators.register import ESTIMATORS, FORENSIC
from sim.records.parameters.watching.forensics import Forensics
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.finding import CONSISTENT, UNDECIDED
from sim.rng import generator
from tests.contracts.estimator_worlds import honest_world

SETTINGS = Monitoring(alpha=0.01, forensics=Forensics(redraws=40, klimek_redraws=9))


def assess(key, evidence):
    return ESTIMATORS[key](SETTINGS).assess(evidence, generator(1, "test"))


def test_every_test_of_rows_has_a_measured_level():
    held = [level.elections for level in LEVELS.values() if level.held]
    assert (set(LEVELS), min(held)) == (set(FORENSIC), 200)


def test_two_hundred_elections_allow_four_alarms_at_one_percent_and_no_real_file_any():
    held = [Level(200, n, 3, 0).held for n in (4, 5)] + [Level(200, 0, 3, 1).held]
    assert held == [True, False, False]


@pytest.mark.parametrize("key", ["share_moments", "fingerprint_fit"])
def test_a_test_above_its_level_shows_its_false_alarms_and_neither_verdict_nor_p_value(key):
    found = assess(key, honest_world(3, tables=600))
    assert (found.verdict, found.p_value, why_no_verdict(key) in found.statement) == (
        UNDECIDED,
        None,
        True,
    )


def test_a_test_that_holds_its_level_gives_a_verdict():
    assert assess("last_digit", honest_world(3, tables=600)).verdict == CONSISTENT


def stuffed(world, share):
    """Votes added for the winner up to nearly all voters at a share of the tables."""
    rows, rng = world.announced.rows, generator(2, "test/stuffed")
    winner, votes = int(rows.votes.sum(axis=1).argmax()), rows.votes.copy()
    here = rng.random(votes.shape[1]) < share
    votes[winner] += np.where(here, (0.9 * (rows.registered - votes.sum(axis=0))).astype(int), 0)
    out = replace(rows, votes=votes)
    return replace(world, announced=replace(world.announced, rows=out, totals=votes.sum(axis=1)))


@pytest.mark.parametrize("share", [0.0, 0.2])
def test_no_share_of_stuffed_tables_is_printed_while_honest_files_fit_as_stuffed_too(share):
    world = honest_world(3, tables=600)
    rows = replace(world.announced.rows, registered=world.frame.registered)
    world = replace(world, announced=replace(world.announced, rows=rows))
    found = assess("fingerprint_fit", stuffed(world, share))
    shown = [found.estimate, found.low, found.high, "estimate" in found.details]
    assert (shown, found.details["alarm"], "none is stated" in found.statement) == (
        [None, None, None, False],
        share > 0,
        True,
    )


def test_the_second_digit_gives_no_verdict_where_earlier_results_are_unknown():
    world = honest_world(3, tables=600)
    past = replace(world.frame, past_share=np.full(600, 0.5))
    verdicts = [
        assess("second_digit", replace(world, frame=f)).verdict for f in (world.frame, past)
    ]
    assert verdicts == [UNDECIDED, CONSISTENT]


@pytest.mark.parametrize("key", FORENSIC)
def test_an_estimate_has_a_unit_and_a_reading_of_its_own(key):
    made = ESTIMATORS[key](SETTINGS)
    assert (made.unit not in ("", "1"), len(made.quantity) > 20) == (True, True)


def test_what_would_settle_it_is_said_of_each_test_in_its_own_words():
    world = honest_world(3, tables=600)
    past = replace(world, frame=replace(world.frame, past_share=np.full(600, 0.5)))
    said = [assess(key, past).changes_if for key in FORENSIC if key != "fingerprint_fit"]
    assert len(set(said)) >= 6


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (0.5, "in 50 % of cases"),
        (0.0037, "about once in 270"),
        (1e-9, "less than once in a million"),
    ],
)
def test_a_chance_is_said_in_words(p, words):
    assert how_often(p) == words
