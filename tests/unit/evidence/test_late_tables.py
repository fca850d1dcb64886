"""Rows that follow totals announced without rows are made to agree with the totals."""

from __future__ import annotations

from sim.replicate.build import case_at
from sim.replicate.replicate import play
from tests.support.cases import case


def test_late_rows_show_the_announced_lead_and_not_the_sheets() -> None:
    late = case_at(case("totals_only"), {"night.tables.late": 1.0})
    worlds = [play(late, 0x7E57, replicate) for replicate in range(4)]
    world = next(w for w in worlds if w.aftermath.night_option == "totals_only")
    claim, standing, contest = (
        world.electorate.claim(60.0),
        world.electorate.standing,
        world.contest,
    )
    assert claim is not None
    assert claim.rows is not None
    assert standing is not None
    leads = [
        (totals[contest.challenger] - totals[contest.incumbent]) / totals.sum()
        for totals in (
            claim.rows.totals,
            claim.bulletins[-1].totals,
            standing.day.chain.sheet.totals,
        )
    ]

    assert abs(leads[0] - leads[1]) < 0.002
    assert leads[2] > 0 > leads[1]
