"""A range without width is luck that hides the assumptions; it is never printed as certainty."""

from __future__ import annotations

from dataclasses import replace

import sim
from sim.output.tables.assumed import assumption_table, assumption_words
from sim.records.results.assumptions import AssumedRange, Assumptions


def test_equal_bounds_read_none_seen() -> None:
    one = AssumedRange("vote_winner", "opposition", "share", 0.775, 0.775, 0.775, False, 0.6, ())
    table = assumption_table(Assumptions("bellmar", 40, 10, 3, (one,)))
    assert table.rows[0][2] == "none seen"


def test_the_note_below_a_table_says_what_none_seen_means() -> None:
    run = sim.run("bellmar", replicates=8, jobs=1, overrides=["run.assumptions=drawn"])
    line = replace(run.summary()[0], assumed_low=0.5, assumed_high=0.5)
    wide = replace(line, assumed_high=0.6)
    notes = [any("luck" in w for w in assumption_words(run.resolved, [x])) for x in (line, wide)]
    assert notes == [True, False]
