"""The contest: who stands, in ballot order, and which structural class each candidate has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row of the ballot.

    `role` is "large" (a share drawn by the two-party split) or "small" (a share of `small_weight`
    of the small total): a structural class that no parameter's value decides. `large_share`: share
    of the large candidates' votes of a large candidate who is neither incumbent nor challenger,
    else 0.
    """

    key: str
    name: str
    coalition: str
    cards: int
    role: str
    small_weight: float
    large_share: float = 0.0


@dataclass(frozen=True, slots=True)
class Contest:
    """Candidates in ballot order; rows of every votes array follow it. `incumbent` and `challenger`
    are row numbers.
    """

    candidates: tuple[Candidate, ...]
    incumbent: int
    challenger: int

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the candidates' keys in ballot order."""
        return tuple(candidate.key for candidate in self.candidates)

    @property
    def small(self) -> tuple[int, ...]:
        """Return the row numbers of the small candidates in ballot order."""
        return tuple(
            row for row, candidate in enumerate(self.candidates) if candidate.role == "small"
        )

    @property
    def further(self) -> tuple[int, ...]:
        """Return the rows of large candidates other than incumbent and challenger, in ballot
        order.
        """
        two = (self.incumbent, self.challenger)
        return tuple(
            row
            for row, candidate in enumerate(self.candidates)
            if candidate.role == "large" and row not in two
        )

    @property
    def rivals(self) -> tuple[int, ...]:
        """Return the rows of large candidates other than the incumbent: the challenger first."""
        return (self.challenger, *self.further)

    def role_of(self, row: int | None) -> str:
        """Return whether a row is the incumbent, the opposition (the challenger) or other; none for
        no row.
        """
        if row is None:
            return "none"
        return {self.incumbent: "incumbent", self.challenger: "opposition"}.get(row, "other")


def winner_of(totals: Iterable[int]) -> int | None:
    """Return the row that wins by plurality; None where nobody has a vote, or the first two are
    equal: ballot order elects nobody.
    """
    votes = [int(total) for total in totals]
    most = max(votes, default=0)
    return votes.index(most) if most > 0 and votes.count(most) == 1 else None
