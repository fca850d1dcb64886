"""The headline outcome of a run under way: how well it is known so far."""

from __future__ import annotations

from collections.abc import Sequence

from sim.measures.register import MEASURES
from sim.records.outcome import Outcome, Value
from sim.storage.table import outcomes_table, parquet_bytes
from sim.studies.summary import proportion, summarise
from sim.workers.carry_out import Packed

GROWTH = 1.05


class Headline:
    """Packs blocks of outcomes and remembers the values of one outcome; its half-width is worked
    out anew as they grow by 5 %.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._values: list[Value] = []
        self._at, self._width = 0, None if name not in MEASURES else half_width([], name)

    def pack(self, outcomes: Sequence[Outcome]) -> Packed:
        """Return a block as a shard."""
        if self.name in MEASURES:
            self._values += [
                value
                for o in outcomes
                if o.error is None and (value := o.values.get(self.name)) is not None
            ]
        return Packed(
            parquet_bytes(outcomes_table(outcomes)), sum(o.error is not None for o in outcomes)
        )

    def told(self) -> tuple[str, float | None]:
        """Return (name, half-width of the 90 % interval so far)."""
        if len(self._values) > self._at * GROWTH:
            self._at, self._width = len(self._values), half_width(self._values, self.name)
        return self.name, self._width


def half_width(values: Sequence[Value], name: str) -> float | None:
    """Return the half-width of the 90 % interval of an outcome: of its commonest category, or of
    its median.
    """
    if not values:
        return None
    if MEASURES[name].kind in ("bool", "category"):
        top = max(values.count(value) for value in set(values))
        _, low, high, _ = proportion(top, len(values))
        return (high - low) / 2
    line = summarise([MEASURES[name]], {name: values})[0]
    return None if line.monte_carlo_error is None else 1.645 * line.monte_carlo_error
