"""The headline outcome of a run under way: how well it is known so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.measures.register import measures_with
from sim.records.results.outcome import Measure, Outcome, OwnMeasure, Value
from sim.storage.table import outcomes_table, parquet_bytes
from sim.studies.summary import Z90, summarise
from sim.workers.carry_out import Packed

GROWTH = 1.05


class Headline:
    """Packs blocks of outcomes and remembers the values of one outcome; its half-width is worked
    out anew as they grow by 5 %.
    """

    def __init__(self, name: str, own: Mapping[str, OwnMeasure] | None = None) -> None:
        self.name, self._own = name, own or {}
        self._measure = measures_with(self._own).get(name)
        self._values: list[Value] = []
        self._sets: list[int | None] = []
        self._at, self._width = 0, half_width([], self._measure)

    def pack(self, outcomes: Sequence[Outcome]) -> Packed:
        """Return a block as a shard."""
        if self._measure is not None:
            good = [o for o in outcomes if o.error is None]
            self._values += [o.values.get(self.name) for o in good]
            self._sets += [o.set for o in good]
        return Packed(
            parquet_bytes(outcomes_table(outcomes, self._own)),
            sum(o.error is not None for o in outcomes),
        )

    def told(self) -> tuple[str, float | None]:
        """Return (name, half-width of the 90 % interval so far)."""
        if len(self._values) > self._at * GROWTH:
            self._at, self._width = (
                len(self._values),
                half_width(self._values, self._measure, self._sets),
            )
        return self.name, self._width


def half_width(
    values: Sequence[Value], measure: Measure | None, sets: Sequence[int | None] | None = None
) -> float | None:
    """Return the half-width of the 90 % Monte Carlo interval of an outcome: of its commonest
    category, or of its median.
    """
    if measure is None:
        return None
    line = summarise([measure], {measure.name: values}, 0, sets)[0]
    if line.low is None or line.high is None or line.monte_carlo_error is None:
        return None
    if line.figure == "probability":
        return (line.high - line.low) / 2
    return Z90 * line.monte_carlo_error
