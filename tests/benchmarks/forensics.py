"""Cost of the forensic tests and of the audits' mathematics."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from sim.estimators.register import ESTIMATORS, FORENSIC
from sim.models.audit.alpha import ShrinkTrunc
from sim.models.audit.batch_polling import sheet_sizes
from sim.models.forensics.integer_percentages import either_chance, integer_chance, redrawn_counts
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Frame, Sheets
from sim.rng import Streams, generator

STATIONS, TABLES = 95_000, 25_075
Row = tuple[str, str, str, str]


def seconds(work: Callable[[], object]) -> float:
    """Return the seconds of one run."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def integer_null() -> None:
    """Redraw 95,000 stations 1,000 times."""
    rng = generator(1, "benchmark/integer")
    registered = rng.integers(100, 3000, STATIONS)
    turnout, share = rng.beta(12, 8, STATIONS), rng.beta(10, 10, STATIONS)
    ballots = np.maximum(rng.binomial(registered, turnout), 1)
    both = either_chance(integer_chance(ballots, share), integer_chance(registered, turnout))
    redrawn_counts(both, 1000, rng)


def country() -> Evidence:
    """Return rows of 25,075 tables in centres of three, with earlier results."""
    rng = generator(2, "benchmark/country")
    centre = np.arange(TABLES) // 3
    past = rng.normal(0, 0.7, centre[-1] + 1)[centre]
    registered = rng.integers(300, 1000, TABLES)
    ballots = rng.binomial(registered, 1 / (1 + np.exp(-rng.normal(0.4, 0.3, TABLES))))
    lead = rng.binomial(
        ballots, 1 / (1 + np.exp(-0.7 * past - rng.normal(0.6, 0.2, centre[-1] + 1)[centre]))
    )
    second = rng.binomial(ballots - lead, 0.93)
    votes = np.stack([lead, second, ballots - lead - second]).astype(np.int64)
    earlier = 1 / (1 + np.exp(-past))
    frame = Frame(
        registered,
        centre.astype(np.int32),
        (centre * 24 // centre[-1]).astype(np.int32),
        None,
        earlier,
        None,
    )
    rows = Sheets(
        np.arange(TABLES, dtype=np.int32), votes, np.zeros(TABLES, dtype=np.int64), None, registered
    )
    return Evidence(
        ("A", "B", "C"), frame, None, None, Announced(votes.sum(axis=1), rows=rows, tables=TABLES)
    )


def rows() -> Iterator[Row]:
    """Yield (what, measured, target, context)."""
    yield (
        "integer percentages, 1,000 redraws",
        f"{seconds(integer_null):.1f} s",
        "< 20 s",
        "95,000 stations, one core",
    )
    evidence, streams, total = country(), Streams(1, 0), 0.0
    for key in FORENSIC:
        spent = seconds(
            lambda key=key: ESTIMATORS[key](Monitoring()).assess(evidence, streams(key))
        )  # type: ignore[misc]
        total += spent
        yield (f"forensic test {key}", f"{spent:.2f} s", "", f"{TABLES:,} tables, 200 redraws")
    yield ("all forensic tests", f"{total:.1f} s", "< 60 s", f"{TABLES:,} tables")
    x, rule = generator(3, "benchmark/sheets").uniform(0.3, 0.9, TABLES), ShrinkTrunc(0.6)
    polling = seconds(
        lambda: sheet_sizes(x, 30_026, (0.05, 1e-9), rule, 100, generator(4, "benchmark/sheets"))
    )
    yield ("batch polling sizes, 100 orders", f"{polling:.2f} s", "< 10 s", f"{TABLES:,} sheets")
