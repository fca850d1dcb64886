"""Stratified risk against full enumeration: every split, and every sample of every tiny contest."""

import itertools
import math
from collections import Counter
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.models.audit.splits import fisher, worst_split
from sim.models.audit.strata import Comparison, Polling, counted, unaudited
from sim.models.audit.supersimple import Discrepancies

LIMITS = (0.01, 0.05, 0.1, 0.25, 0.5)


def every_split(strata, margin):
    """The slow way: Fisher's P-value at every split of whole votes."""
    *firsts, last = ({c: log(s, max(c, s.least)) for c in span(s)} for s in strata)
    best = -math.inf
    for c in itertools.product(*firsts):
        rest = max(margin - sum(c), strata[-1].least)
        best = max(
            best, sum(f[k] for f, k in zip(firsts, c, strict=True)) + last.get(rest, -math.inf)
        )
    return fisher(best, sum(s.random for s in strata)) if best > -math.inf else 0.0


def span(one):
    return range(one.least, one.most + 1)


def log(one, c):
    return float(one.log_p(np.array([float(c)]))[0])


def polling(draw):
    ballots = draw(st.integers(4, 14))
    winner = draw(st.integers(1, ballots - 1))
    loser = draw(st.integers(0, ballots - winner))
    wins = draw(st.integers(0, ballots // 2))
    losses = draw(st.integers(0, ballots // 2 - wins))
    others = draw(st.integers(0, 2))
    return Polling(ballots, winner, loser, wins, losses, others)


@st.composite
def stratum(draw):
    kind = draw(st.sampled_from(("polling", "comparison", "counted", "unaudited")))
    if kind == "polling":
        return polling(draw)
    ballots = draw(st.integers(3, 14))
    lead = draw(st.integers(-ballots, ballots))
    if kind == "comparison":
        seen = Discrepancies(*(draw(st.integers(0, 1)) for _ in range(4)))
        return Comparison(ballots, lead, draw(st.integers(4, 12)), seen)
    return counted(draw(st.integers(-3, 3))) if kind == "counted" else unaudited(ballots, lead)


@settings(max_examples=40, deadline=None)
@given(st.lists(stratum(), min_size=2, max_size=3), st.integers(1, 12))
def test_the_search_finds_what_trying_every_split_finds(strata, margin):
    found = worst_split(strata, margin)
    assert found.p == pytest.approx(every_split(strata, margin), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(stratum(), min_size=2, max_size=3), st.integers(1, 12))
def test_a_coarse_grid_gives_an_upper_bound(strata, margin):
    assert worst_split(strata, margin, points=3).p >= worst_split(strata, margin).p - 1e-12


@settings(max_examples=60, deadline=None)
@given(stratum())
def test_p_values_of_a_stratum_never_rise_with_the_overstatement(one):
    log_p = one.log_p(np.arange(one.least, one.most + 3, dtype=float))
    pairs = itertools.pairwise(log_p)
    assert all(b <= a + 1e-9 for a, b in pairs)


def kinds(total):
    return [(w, r, total - w - r) for w in range(total + 1) for r in range(total + 1 - w)]


def chance(sample, pool):
    ways = math.prod(math.comb(n, k) for n, k in zip(pool, sample, strict=True))
    return ways / math.comb(sum(pool), sum(sample))


@pytest.mark.slow
def test_the_risk_of_every_tiny_contest_polled_in_two_strata():
    """All 441 true contents of two strata of 5 ballots, all samples of 3 and 4 of them: where A is
    not ahead it is confirmed with a chance of at most the limit.
    """
    reported = (Polling(5, 4, 1, 0, 0, 0), Polling(5, 3, 1, 0, 0, 0))
    risk = {}
    for a, b in itertools.product(kinds(3), kinds(4)):
        strata = [
            Polling(s.ballots, s.winner, s.loser, *k) for s, k in zip(reported, (a, b), strict=True)
        ]
        risk[a, b] = worst_split(strata, 5).p
    for one, other in itertools.product(kinds(5), kinds(5)):
        if one[0] + other[0] > one[1] + other[1]:
            continue
        for limit in LIMITS:
            wrong = sum(
                chance(a, one) * chance(b, other) for (a, b), p in risk.items() if p <= limit
            )
            assert wrong <= limit + 1e-12
    assert min(risk.values()) < 0.05


@pytest.mark.slow
def test_the_risk_of_every_tiny_contest_compared_in_one_stratum_and_polled_in_the_other():
    """Six ballots with a machine reading, compared with replacement: every true reading of them."""
    machine = (1, 1, 1, 1, 1, -1)
    polled = Polling(4, 2, 1, 0, 0, 0)

    @cache
    def p(counts, sample):
        strata = [
            Comparison(6, 4, 5, Discrepancies(*counts)),
            Polling(4, polled.winner, polled.loser, *sample),
        ]
        return worst_split(strata, 5).p

    kinds_of = {1: 0, 2: 1, -1: 2, -2: 3}
    for truth in set(map(tuple, map(sorted, itertools.product((1, 0, -1), repeat=5)))):
        reading = (*truth, -1)
        off = [m - r for m, r in zip(machine, reading, strict=True)]
        share = Counter(off)
        draws = Counter()
        for sizes in itertools.product(share, repeat=5):
            counts = [0, 0, 0, 0]
            for d in sizes:
                if d:
                    counts[kinds_of[d]] += 1
            draws[tuple(counts)] += math.prod(share[d] / 6 for d in sizes)
        for other in kinds(4):
            if sum(reading) + other[0] - other[1] > 0:
                continue
            wrong = sum(
                q * chance(s, other) for c, q in draws.items() for s in kinds(3) if p(c, s) <= 0.25
            )
            assert wrong <= 0.25 + 1e-12
