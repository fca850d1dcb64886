"""What one replicate hands on to the next of its block."""

from __future__ import annotations

from collections.abc import Mapping

from sim.fast.stream_pool import StreamPool
from sim.rng import Streams
from sim.scenario.drawn.assumptions import SET, Assumption, draw_assumptions
from sim.scenario.keys.apply import apply
from sim.scenario.schema import Scenario

Drawn = Mapping[str, Assumption]


class Carried:
    """The names of streams that were opened, and the parameters of the last set; no number depends
    on either. For one case and entropy.
    """

    __slots__ = ("_number", "_scenario", "_set_names", "names")

    def __init__(self) -> None:
        self.names = StreamPool()
        self._set_names = StreamPool()
        self._number = -1
        self._scenario: Scenario | None = None

    def scenario(self, scenario: Scenario, drawn: Drawn, entropy: int, replicate: int) -> Scenario:
        """Return a scenario with the assumptions of the replicate's set."""
        number = replicate // SET
        if not drawn:
            return scenario
        if self._scenario is None or number != self._number:
            streams = Streams(entropy, number, self._set_names)
            self._scenario = apply(scenario, draw_assumptions(drawn, streams))
            self._number = number
        return self._scenario
