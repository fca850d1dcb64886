"""escrutinio: an election-monitoring scenario simulator. One run joins the negotiating table to the
tally sheet.

The public verbs are functions of this module and are loaded when first used:

    import sim
    scenario = sim.load("venezuela-2024")
    result = sim.run(scenario, replicates=100)
    print(result.summary())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sim.fieldwork.assess import assess as assess
    from sim.replicate.check import check as check
    from sim.replicate.trace import trace as trace
    from sim.scenario.load import load as load
    from sim.scenario.provenance import explain as explain
    from sim.studies.compare import compare as compare
    from sim.studies.run import run as run
    from sim.studies.sweep import sweep as sweep

__version__ = "0.1.0"

_VERBS = {
    "load": "sim.scenario.load",
    "check": "sim.replicate.check",
    "explain": "sim.scenario.provenance",
    "run": "sim.studies.run",
    "trace": "sim.replicate.trace",
    "sweep": "sim.studies.sweep",
    "compare": "sim.studies.compare",
    "assess": "sim.fieldwork.assess",
}


def __getattr__(name: str) -> Any:
    """Load a public verb when it is first used, so that `sim --help` stays quick."""
    if name not in _VERBS:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_VERBS[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_VERBS])
