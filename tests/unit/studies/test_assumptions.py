from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.errors import InputError
from sim.models.polling_day.queue_surface import polling_day
from sim.output.tables.notices import line, notices
from sim.records.parameters.vote.day import Day, Surface
from sim.records.results.assumptions import AssumedRange, Assumptions, Mover
from sim.replicate.build import case_at, prepare_case
from sim.rng import Streams, generator
from sim.studies.assumptions import (
    GRID,
    acceptable,
    assumed,
    hypercube,
    point_error,
    save_assumptions,
)

RESOLVED = sim.load("bellmar")


def stored(digest: str) -> Assumptions:
    movers = (Mover("sheets.witness_level", 0.83),)
    ranges = (
        AssumedRange("copies_share_24h", "", "share", 0.62, 0.91, 0.01, 0.31, movers),
        AssumedRange("qc_calls_winner", "", "share", 0.4, 0.8, 0.05, 0.3, ()),
        AssumedRange("winner_matches", "", "share", 1.0, 1.0, 0.0, 1.0, ()),
        AssumedRange("wait_p95_minutes", "", "minutes", 3.0, 90.0, 1.0, 0.3, ()),
    )
    return Assumptions("bellmar", digest, "m", 128, 5, 367, 14, ranges)


def test_every_number_with_a_range_is_an_assumption_unless_it_is_drawn_or_idle() -> None:
    found = {a.path: a for a in assumed(RESOLVED)}

    assert (found["sheets.witness_level"].low, found["sheets.witness_level"].high) == (0.7, 0.99)
    # 90 tables lie outside the range, which is of large countries
    assert "quick_count.n" not in found
    assert not [path for path in found if path.startswith("manipulations.witness_expulsion.")]


def test_a_design_over_all_assumptions_is_accepted_whole_and_fills_each_range() -> None:
    inputs, design, _ = hypercube(RESOLVED, 64)
    case, level = (
        prepare_case(RESOLVED),
        sorted(float(point["sheets.witness_level"]) for point in design),
    )

    assert len(design) == 64
    assert all(len(point) == len(inputs) + len(GRID) for point in design)
    assert (level[0] < 0.705, level[-1] > 0.985) == (True, True)
    assert (
        case_at(case, design[0]).scenario.sheets.witness_level == design[0]["sheets.witness_level"]
    )


def test_a_design_computes_queues_on_a_coarse_surface_that_is_no_assumption_itself() -> None:
    intended = generator(5, "voters").integers(150, 800, 1000).astype(np.int32)
    fine, coarse = Day(), Day(surface=Surface(**GRID))
    waits = [
        float(polling_day(intended, day, 720.0, Streams(1, 0)).mean_wait.mean())
        for day in (fine, coarse)
    ]

    assert waits[1] / waits[0] == pytest.approx(1.0, abs=0.03)
    assert [a.path for a in assumed(RESOLVED) if a.path.startswith("day.surface.")] == [
        "day.surface.closing_sigma"
    ]


def test_fewer_than_64_points_are_refused() -> None:
    with pytest.raises(InputError, match="takes at least 64"):
        hypercube(RESOLVED, 63)


def test_a_table_that_refuses_its_numbers_is_drawn_in_and_no_other() -> None:
    wanted, base = (
        {"sheets.witness_level": 1.6, "quick_count.observer_level": 0.6},
        {"sheets.witness_level": 0.9, "quick_count.observer_level": 0.9},
    )
    point, steps = acceptable(prepare_case(RESOLVED), wanted, base)

    assert (point, steps) == (
        {"sheets.witness_level": pytest.approx(0.9875), "quick_count.observer_level": 0.6},
        3,
    )


def test_the_error_of_a_point_leaves_out_the_luck_that_all_points_share() -> None:
    rng = generator(4, "two-way")
    luck, own = rng.normal(size=(1, 5)), 0.1 * rng.normal(size=(400, 5))

    assert point_error(10 * luck + own) == pytest.approx(0.1**2 / 5, rel=0.15)
    assert point_error(np.ones((4, 1))) == 0.0


def test_a_run_prints_the_range_of_each_headline_outcome_and_what_matters_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save_assumptions(stored(RESOLVED.digest))

    assert notices(RESOLVED) == [
        "Range that the assumptions allow: central 90 % of 128 points over the stated ranges of "
        "367 assumptions, "
        "5 replicates each",
        "  copies_share_24h: 0.620 to 0.910 - most by sheets.witness_level (more with more of it, "
        "+0.83)",
        "  qc_calls_winner: 0.400 to 0.800 - no single one of 367 assumptions is distinguishable "
        "from chance "
        "(rank correlations below 0.30)",
        "  winner_matches: 1.000 at every point",
    ]


def test_another_digest_is_marked_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_assumptions(stored("0123456789abcdef"))

    assert (
        f"STALE: computed for digest 01234567, this scenario is {RESOLVED.digest[:8]}"
        in notices(RESOLVED)[0]
    )


def test_without_a_file_or_with_a_broken_one_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert notices(RESOLVED) == []
    path = save_assumptions(stored("x"))
    path.write_text(json.dumps({**asdict(stored("x")), "format": 99}))

    assert notices(RESOLVED) == []


def test_ends_that_print_alike_are_called_no_range() -> None:
    entry = asdict(
        AssumedRange("vote_winner", "incumbent", "share", 0.70601, 0.70604, 0.101, 0.3, ())
    )

    assert (
        line(entry, 373)
        == "  vote_winner = incumbent: moves less than the Monte Carlo error of a point (0.101)"
    )
