"""How an election stands: the day that was held and what has been announced of it; and what a
replicate never changes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from sim.estimators.base import Estimator
from sim.records.parameters.root import Parameters
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.vote.claim import Bulletin
from sim.records.vote.contest import Contest
from sim.records.vote.election_day import ElectionDay
from sim.records.vote.register import Register
from sim.rng import Streams


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What is given to a replicate and stays: parameters, ballot, register, random numbers.

    estimators: a user's own, beside those of the register. round: of the vote, 1 or 2.
    """

    p: Parameters
    contest: Contest
    register: Register
    streams: Streams
    estimators: Mapping[str, Callable[[Monitoring], Estimator]] = field(default_factory=dict)
    round: int = 1

    @property
    def share_needed(self) -> float:
        """Return the share of the votes that a winner has more than."""
        return self.p.vote.share_needed if self.round == 1 else 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Standing:
    """An election that was held, as it stands at a moment.

    names: under which name the votes of each ballot row are counted. bulletins: announced or fixed
    to be, oldest first;
    winner: that of the last. option, announced_lead: how the first was decided and what lead it
    states. tables_day: house day on which results by table came out, None while they are not.
    """

    day: ElectionDay
    names: tuple[str, ...]
    bulletins: tuple[Bulletin, ...] = ()
    winner: str | None = None
    option: str = ""
    announced_lead: float = 0.0
    tables_day: float | None = None
