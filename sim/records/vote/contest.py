"""The contest: who stands, in ballot order, and which structural class each candidate has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


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

    roles: what each row is called where it is neither for sure: in a second round one of the two
    may be gone, and the other's rival stands in its row.
    """

    candidates: tuple[Candidate, ...]
    incumbent: int
    challenger: int
    roles: tuple[str, ...] = ()

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
        if self.roles:
            return self.roles[row]
        return {self.incumbent: "incumbent", self.challenger: "opposition"}.get(row, "other")


def winner_of(totals: Iterable[int], share_needed: float = 0.0) -> int | None:
    """Return the row that wins: the most votes, and more than this share of all; None where nobody
    has a vote, or the first two are equal: ballot order elects nobody.
    """
    votes = [int(total) for total in totals]
    most = max(votes, default=0)
    alone = most > share_needed * sum(votes) and votes.count(most) == 1
    return votes.index(most) if alone else None


def first_two(totals: Iterable[int]) -> tuple[int, int] | None:
    """Return the rows of the first two in ballot order; None where no vote, or a tie for the second
    place, leaves that open.
    """
    votes = [int(total) for total in totals]
    ranked = sorted(range(len(votes)), key=lambda row: -votes[row])
    if len(votes) < 2 or votes[ranked[1]] == 0:
        return None
    if len(votes) > 2 and votes[ranked[1]] == votes[ranked[2]]:
        return None
    first, second = sorted(ranked[:2])
    return first, second


def of_two(contest: Contest, two: tuple[int, int]) -> Contest:
    """Return the contest of a second round. The row of an incumbent or challenger who is out is
    that of whom the other meets.
    """
    rows = tuple(
        replace(contest.candidates[row], role="large", small_weight=0.0, large_share=0.0)
        for row in two
    )
    swapped = two[0] == contest.challenger or two[1] == contest.incumbent
    roles = contest.role_of(two[0]), contest.role_of(two[1])
    return Contest(rows, int(swapped), int(not swapped), roles)
