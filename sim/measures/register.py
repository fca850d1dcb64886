"""All outcomes, written by hand: what each declares, and the function that reads it off a finished
replicate.
"""

from __future__ import annotations

from sim.measures.base import Compute
from sim.measures.electoral import ELECTORAL
from sim.measures.monitoring import MONITORING
from sim.measures.strategy import STRATEGY
from sim.records.results.outcome import Measure

_ALL: dict[str, tuple[Measure, Compute]] = {**STRATEGY, **ELECTORAL, **MONITORING}
ORDER = ("negotiation", "election", "monitoring", "aftermath")

MEASURES: dict[str, Measure] = {
    name: measure
    for group in ORDER
    for name, (measure, _) in _ALL.items()
    if measure.group == group
}
COMPUTE: dict[str, Compute] = {name: _ALL[name][1] for name in MEASURES}
