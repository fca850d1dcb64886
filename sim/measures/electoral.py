"""What the electorate did and what was announced of it (docs/model/strategy.md, section 10)."""

from __future__ import annotations

import numpy as np

from sim.measures.base import Compute, Played
from sim.records.results.outcome import Measure, Value
from sim.records.vote.count import votes_at

SHARE, VOTES = "share", "votes"


def _lead(totals: np.ndarray, played: Played) -> float | None:
    valid = float(totals.sum())
    return (
        float(totals[played.contest.challenger] - totals[played.contest.incumbent]) / valid
        if valid
        else None
    )


def _share(totals: np.ndarray, played: Played) -> float | None:
    valid = float(totals.sum())
    return float(totals[played.contest.incumbent]) / valid if valid else None


def turnout_true_share(played: Played) -> Value:
    """Return ballots cast over register."""
    truth = played.truth
    if truth is None:
        return None
    ballots = truth.cast.totals.sum() + truth.cast.invalid.sum(dtype=np.int64)
    return float(ballots / truth.registered.sum(dtype=np.int64))


def turnout_announced_share(played: Played) -> Value:
    """Return the turnout of the last bulletin."""
    return (
        None
        if played.claim is None or played.claim.last is None
        else played.claim.last.turnout_share
    )


def lead_true_share(played: Played) -> Value:
    """Return challenger minus incumbent in the votes cast."""
    return None if played.truth is None else _lead(played.truth.cast.totals, played)


def incumbent_true_share(played: Played) -> Value:
    """Return the incumbent's share of the votes cast."""
    return None if played.truth is None else _share(played.truth.cast.totals, played)


def incumbent_sheets_share(played: Played) -> Value:
    """Return the incumbent's share on the sheets that the authority receives."""
    return None if played.chain is None else _share(played.chain.sheet.totals, played)


def incumbent_copies_share(played: Played) -> Value:
    """Return the incumbent's share on the copies held."""
    chain = played.chain
    if chain is None:
        return None
    valid = votes_at(chain.copies.valid, chain.copy_held)
    return (
        votes_at(chain.copies.votes[played.contest.incumbent], chain.copy_held) / valid
        if valid
        else None
    )


def incumbent_announced_share(played: Played) -> Value:
    """Return the incumbent's share in the last bulletin."""
    return (
        None
        if played.claim is None or played.claim.last is None
        else _share(played.claim.last.totals, played)
    )


def lead_announced_share(played: Played) -> Value:
    """Return challenger minus incumbent in the last bulletin."""
    return (
        None
        if played.claim is None or played.claim.last is None
        else _lead(played.claim.last.totals, played)
    )


def gap_announced_true_share(played: Played) -> Value:
    """Return announced minus true share of the incumbent."""
    announced, true = incumbent_announced_share(played), incumbent_true_share(played)
    return None if announced is None or true is None else float(announced) - float(true)


def votes_added(played: Played) -> Value:
    """Return ballots that manipulations added without a voter."""
    return None if played.truth is None else sum(d.votes_added for d in played.manipulated)


def votes_moved(played: Played) -> Value:
    """Return votes that manipulations credited to another candidate."""
    return None if played.truth is None else sum(d.votes_moved for d in played.manipulated)


def votes_prevented(played: Played) -> Value:
    """Return voters who left the queue at tables whose service was slowed."""
    if played.truth is None:
        return None
    slowed = [d.touched for d in played.manipulated if d.key == "slow_service"]
    return int(played.truth.left[slowed[0]].sum(dtype=np.int64)) if slowed else 0


def manipulated_tables_share(played: Played) -> Value:
    """Return tables touched by any manipulation over all tables."""
    if played.truth is None:
        return None
    touched = np.zeros(played.truth.registered.size, dtype=bool)
    for done in played.manipulated:
        touched |= done.touched
    return float(touched.mean())


def _voters(played: Played) -> np.ndarray | None:
    return None if played.truth is None else np.maximum(played.truth.intended.astype(np.float64), 0)


def wait_mean_minutes(played: Played) -> Value:
    """Return the mean wait over voters."""
    weight = _voters(played)
    return (
        None
        if played.truth is None or weight is None
        else _weighted(played.truth.mean_wait, weight)
    )


def wait_p95_minutes(played: Played) -> Value:
    """Return the mean over voters of their table's 95th percentile of waits."""
    weight = _voters(played)
    return (
        None if played.truth is None or weight is None else _weighted(played.truth.p95_wait, weight)
    )


def wait_over_30_share(played: Played) -> Value:
    """Return the share of voters who wait over 30 minutes."""
    weight = _voters(played)
    return (
        None
        if played.truth is None or weight is None
        else _weighted(played.truth.over_30_share, weight)
    )


def _weighted(values: np.ndarray, weight: np.ndarray) -> float | None:
    total = float(weight.sum())
    return float((values * weight).sum() / total) if total else None


def closing_late_share(played: Played) -> Value:
    """Return tables that close after the official hour."""
    return (
        None
        if played.truth is None
        else float((played.truth.closing_minute > _minutes_open(played)).mean())
    )


def closing_overrun_minutes(played: Played) -> Value:
    """Return the mean overrun over all tables."""
    if played.truth is None:
        return None
    return float(
        np.maximum(played.truth.closing_minute - _minutes_open(played), 0).mean(dtype=np.float64)
    )


def _minutes_open(played: Played) -> float:
    return played.hours.open_minutes


def voters_left_share(played: Played) -> Value:
    """Return voters who left the queue over those who came."""
    if played.truth is None:
        return None
    return float(
        played.truth.left.sum(dtype=np.int64)
        / max(int(played.truth.intended.sum(dtype=np.int64)), 1)
    )


def _measure(name: str, unit: str, direction: int, definition: str, kind: str = "") -> Measure:
    return Measure(name, "election", kind or unit, unit, direction, definition)


ELECTORAL: dict[str, tuple[Measure, Compute]] = {
    m.name: (m, compute)
    for m, compute in (
        (
            _measure(
                "lead_true_share", SHARE, 0, "challenger minus incumbent, share of valid votes cast"
            ),
            lead_true_share,
        ),
        (
            _measure("lead_announced_share", SHARE, 0, "the same in the last bulletin"),
            lead_announced_share,
        ),
        (
            _measure("turnout_true_share", SHARE, 0, "ballots cast over register"),
            turnout_true_share,
        ),
        (
            _measure("turnout_announced_share", SHARE, 0, "turnout of the last bulletin"),
            turnout_announced_share,
        ),
        (
            _measure("incumbent_true_share", SHARE, 0, "incumbent's share of valid votes cast"),
            incumbent_true_share,
        ),
        (
            _measure("incumbent_sheets_share", SHARE, 0, "the same on the sheets received"),
            incumbent_sheets_share,
        ),
        (
            _measure("incumbent_copies_share", SHARE, 0, "the same on the copies held"),
            incumbent_copies_share,
        ),
        (
            _measure("incumbent_announced_share", SHARE, 0, "the same in the last bulletin"),
            incumbent_announced_share,
        ),
        (
            _measure(
                "gap_announced_true_share", SHARE, -1, "announced minus true share of the incumbent"
            ),
            gap_announced_true_share,
        ),
        (
            _measure("votes_added", VOTES, -1, "ballots added by manipulations", "count"),
            votes_added,
        ),
        (
            _measure(
                "votes_moved",
                VOTES,
                -1,
                "votes credited to another candidate by manipulations",
                "count",
            ),
            votes_moved,
        ),
        (
            _measure(
                "votes_prevented", VOTES, -1, "voters who left where service was slowed", "count"
            ),
            votes_prevented,
        ),
        (
            _measure("manipulated_tables_share", SHARE, -1, "tables touched by any manipulation"),
            manipulated_tables_share,
        ),
        (_measure("wait_mean_minutes", "minutes", -1, "mean wait over voters"), wait_mean_minutes),
        (
            _measure(
                "wait_p95_minutes",
                "minutes",
                -1,
                "mean over voters of their table's 95th percentile",
            ),
            wait_p95_minutes,
        ),
        (
            _measure("wait_over_30_share", SHARE, -1, "voters waiting over 30 minutes"),
            wait_over_30_share,
        ),
        (
            _measure("closing_late_share", SHARE, -1, "tables closing after the official hour"),
            closing_late_share,
        ),
        (
            _measure("closing_overrun_minutes", "minutes", -1, "mean overrun over all tables"),
            closing_overrun_minutes,
        ),
        (
            _measure(
                "voters_left_share", SHARE, -1, "voters who left the queue over those who came"
            ),
            voters_left_share,
        ),
    )
}
