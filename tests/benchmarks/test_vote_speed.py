from __future__ import annotations

import pytest

from tests.benchmarks.votes import fastest, works


@pytest.mark.slow
def test_the_vote_draw_is_at_least_eight_times_faster_than_gamma_and_multinomial():
    best = fastest(
        {name: work for name, work in works().items() if name in ("draw", "naive")}, repeats=15
    )
    assert best["naive"] / best["draw"] > 8
