"""Benchmarks of the electorate: ratios are the targets, milliseconds are context. One process,
minimum of 30, order shuffled.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from time import perf_counter

import numpy as np

from sim.fast.normals import normals
from sim.models.electorate.electorate import spread
from sim.models.electorate.electorate_draws import (
    SMALL_STREAM,
    SPLIT_STREAM,
    TURNOUT_STREAM,
    draw_electorate,
    words,
)
from sim.models.electorate.frame import synthesise
from sim.models.electorate.support import draw_national
from sim.models.numbers.small_counts import count_table
from sim.models.polling_day.votes import ballot_shares, cast, intended
from sim.rng import Streams
from tests.support.electorate_case import (
    ballot,
    contest,
    frame_parameters,
    states,
    support,
    turnout,
    venezuela,
)

REPEATS = 30
CONCENTRATION = 1000.0

Row = tuple[str, str, str, str]


def fastest(works: dict[str, Callable[[], object]], repeats: int = REPEATS) -> dict[str, float]:
    """Return the least seconds of each work, the works in a new random order each time."""
    best, order, shuffle = dict.fromkeys(works, float("inf")), list(works), random.Random(1).shuffle
    for _ in range(repeats):
        shuffle(order)
        for name in order:
            start = perf_counter()
            works[name]()
            best[name] = min(best[name], perf_counter() - start)
    return best


def works() -> dict[str, Callable[[], object]]:
    """Return the pieces of work to be timed, on the Venezuelan frame."""
    frame, parties, streams, lookup = venezuela(), contest(), Streams(1, 0), count_table(428)
    tables = len(frame.registered)
    draws = draw_electorate(streams, frame, parties)
    p = spread(frame, draws, support(), turnout(), 0.312, 0.6, 0.62)
    ballots = intended(frame, p.turnout, draws)
    shares = ballot_shares(
        parties, ballot(), draw_national(streams, support(), turnout(), ballot(), parties, -26, 26)
    )
    rng, law = streams("benchmark/naive"), np.empty((tables, len(parties.candidates) + 1))
    law[:, 2:-1], law[:, -1] = shares[:-1], shares[-1]
    law[:, 0] = (1 - shares.sum()) * p.incumbent
    law[:, 1] = 1 - law[:, 0] - law[:, 2:].sum(axis=1)

    def random_numbers() -> None:
        normals(streams(TURNOUT_STREAM), tables)
        words(streams(SMALL_STREAM), len(parties.small) + 1, tables)
        normals(streams(SPLIT_STREAM), tables)

    def counts() -> None:
        cast(parties, intended(frame, p.turnout, draws), shares, p.incumbent, draws, lookup)

    def vote_draw() -> None:
        random_numbers()
        counts()

    def naive() -> None:
        gamma = rng.standard_gamma(law * CONCENTRATION)
        rng.multinomial(ballots, gamma / gamma.sum(axis=1, keepdims=True))

    def replicate() -> None:
        fresh = draw_electorate(streams, frame, parties)
        q = spread(frame, fresh, support(), turnout(), 0.312, 0.6, 0.62)
        cast(parties, intended(frame, q.turnout, fresh), shares, q.incumbent, fresh, lookup)

    def kept() -> None:
        q = spread(frame, draws, support(), turnout(), 0.312, 0.6, 0.62)
        cast(parties, intended(frame, q.turnout, draws), shares, q.incumbent, draws, lookup)

    return {
        "draw": vote_draw,
        "numbers": random_numbers,
        "naive": naive,
        "replicate": replicate,
        "kept": kept,
    }


def rows() -> list[Row]:
    """Return (name, measured, target, context) of each benchmark; all in one process."""
    best = fastest(works())
    once = fastest(
        {
            "frame": lambda: synthesise.__wrapped__(states(), frame_parameters()),
            "lookup": lambda: count_table.__wrapped__(428),
        },
        repeats=5,
    )
    ms = {name: f"{1000 * seconds:.2f} ms" for name, seconds in (best | once).items()}
    ratio = {
        name: f"{best[name] / best[over]:.2f}"
        for name, over in (("draw", "numbers"), ("kept", "replicate"))
    }
    return [
        (
            "gamma + multinomial / vote draw",
            f"{best['naive'] / best['draw']:.1f} x",
            ">= 10 x",
            f"{ms['naive']}, {ms['draw']}",
        ),
        (
            "vote draw / its random numbers alone",
            ratio["draw"],
            "<= 5",
            f"{ms['draw']}, {ms['numbers']}",
        ),
        (
            "electorate of one replicate / gamma + multinomial",
            f"{best['replicate'] / best['naive']:.2f}",
            "<= 0.35",
            f"{ms['replicate']}: all draws, probabilities, votes",
        ),
        (
            "second scenario on kept random numbers / first",
            ratio["kept"],
            "<= 0.75",
            f"{ms['kept']}, {ms['replicate']}",
        ),
        ("frame synthesis", ms["frame"], "<= 2 s", "cached in the process"),
        ("look-up table of small counts", ms["lookup"], "<= 300 ms", "once a process"),
    ]
