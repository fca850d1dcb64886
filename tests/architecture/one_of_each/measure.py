"""How many valid votes were cast."""

from __future__ import annotations

from sim.measures.base import Compute, Played
from sim.records.results.outcome import Measure, Value


def valid_votes(played: Played) -> Value:
    """Return the valid votes cast, None where no vote was held."""
    return None if played.truth is None else int(played.truth.cast.totals.sum())


VALID: dict[str, tuple[Measure, Compute]] = {
    "valid_votes": (
        Measure("valid_votes", "election", "count", "votes", 0, "valid votes cast"),
        valid_votes,
    )
}
