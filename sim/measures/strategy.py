"""All outcomes of the strategic layer (docs/model/strategy.md, section 10)."""

from __future__ import annotations

from sim.measures.aftermath import AFTERMATH
from sim.measures.base import Compute
from sim.measures.conduct import CONDUCT
from sim.measures.negotiation import NEGOTIATION
from sim.records.results.outcome import Measure

STRATEGY: dict[str, tuple[Measure, Compute]] = {**NEGOTIATION, **CONDUCT, **AFTERMATH}
