"""The contest: who stands, in ballot order, and which structural class each candidate has."""

from __future__ import annotations

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
