"""What an actor decides: one option of a closed list, with the probabilities from which it was
drawn.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """options, utilities and probabilities are parallel; an unavailable option has utility -inf and
    probability 0.
    """

    decision: str
    option: str
    options: tuple[str, ...]
    utilities: tuple[float, ...]
    probabilities: tuple[float, ...]
    forced: bool = False

    @property
    def probability(self) -> float:
        """Return the probability of the chosen option."""
        return self.probabilities[self.options.index(self.option)]
