"""A world for tests of talks and sanctions: an electorate that never changes, and only the
processes that a test starts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sim.ledger import Event
from sim.processes.columns import Announcement, Conduct
from sim.processes.day.surrogate import Surrogate
from sim.processes.world import World
from sim.records.decisions.forcing import Forcing
from sim.records.events import BeliefUpdated, Decided
from sim.records.parameters.root import Parameters
from sim.records.vote.contest import Contest
from sim.rng import Streams
from tests.support.standalone import bare_world


class QuietElectorate(Surrogate):
    """An electorate with a fixed lead, half of whose copies are held from the start."""

    def __init__(self, p: Parameters, contest: Contest, streams: Streams, as_of_day: float) -> None:
        super().__init__(p, contest, streams, as_of_day)
        self.lead = 0.2
        self.counted: float | None = None

    def poll_bias_centre(self, family: str) -> float:
        return 0.0

    def apply_shift(self, d_logit_gov: float, d_log_minor: float, d_logit_turnout: float) -> None:
        self.lead += 0.0

    def hold(self, conduct: Conduct, day: float) -> None:
        self.counted = self.lead

    def internal_lead(self, day: float) -> float | None:
        return self.counted

    def copies_expected_share(self) -> float:
        return 0.5

    def copies_scanned_share(self, day: float) -> float:
        return 0.5

    def copies_lead(self, day: float, *, own: bool = False) -> float | None:
        return self.counted

    def announcement(self, option: str, announced_lead: float, decided: float) -> Announcement:
        return Announcement(decided, "incumbent", announced_lead, 1.0, (), False)


def quiet_world(
    p: Parameters,
    *starts: Callable[[World], None],
    forcings: Sequence[Forcing] = (),
    replicate: int = 0,
    start_day: float = -26.0,
) -> World:
    """Return a world in which only `starts` have begun."""
    world = bare_world(p, Streams(0x5EED, replicate), QuietElectorate, forcings, start_day)
    world.conduct.observer_strength = p.conduct.observer_strength
    for begin in starts:
        begin(world)
    return world


def said(world: World, *but: type[Event]) -> list[str]:
    """Return the ledger as text, one line an event, days to one decimal; decisions and beliefs left
    out.
    """
    hidden = (Decided, BeliefUpdated, *but)
    return [line(event) for event in world.ledger if not isinstance(event, hidden)]


def line(event: Event) -> str:
    values = [getattr(event, name) for name in type(event).__slots__]
    return " ".join([f"{event.day:.1f}", type(event).__name__, *map(shown, values)])


def shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}"
    return "(" + ",".join(map(shown, value)) + ")" if isinstance(value, tuple) else str(value)
