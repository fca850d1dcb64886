"""escrutinio: an election-monitoring scenario simulator. One run joins the negotiating table to the
tally sheet.

The public verbs are functions of this module, with the names of the command line, and are loaded
when first used:

    import sim
    scenario = sim.load("venezuela-2024")
    result = sim.run(scenario, replicates=100)
    print(result.summary())
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from sim.records.results.drawn import Picture, drawn_by

if TYPE_CHECKING:
    from sim.fieldwork.assess import assess as assess
    from sim.measures.base import Played as Played
    from sim.measures.own import own_measure as own_measure
    from sim.output.progress import show_progress as show_progress
    from sim.replicate.check import check as check
    from sim.replicate.trace import trace as trace
    from sim.scenario.keys.provenance import explain as explain
    from sim.scenario.load import load as load
    from sim.studies.assumed import assumptions as assumptions
    from sim.studies.comparison.compare import compare as compare
    from sim.studies.comparison.compare import compare_all as compare_all
    from sim.studies.conditional import conditional as conditional
    from sim.studies.discover import Interest as Interest
    from sim.studies.discover import discover as discover
    from sim.studies.influence import influence as influence
    from sim.studies.running.run import run as run
    from sim.studies.sensitivity import sensitivity as sensitivity
    from sim.studies.sensitivity import tornado as tornado
    from sim.studies.sweeps.sweep import sweep as sweep
    from sim.verbs import audit as audit
    from sim.verbs.bargain import bargain as bargain
    from sim.verbs.bargain import bargain_division as bargain_division
    from sim.verbs.bargain import bargain_sides as bargain_sides
    from sim.verbs.export import export as export
    from sim.verbs.plan import plan as plan
    from sim.verbs.power import power as power_study
    from sim.verbs.queue import queue as queue

__version__ = "0.1.0"

_VERBS = {
    "Interest": "sim.studies.discover",
    "Played": "sim.measures.base",
    "assess": "sim.fieldwork.assess",
    "assumptions": "sim.studies.assumed",
    "bargain": "sim.verbs.bargain",
    "bargain_division": "sim.verbs.bargain",
    "bargain_sides": "sim.verbs.bargain",
    "check": "sim.replicate.check",
    "compare": "sim.studies.comparison.compare",
    "compare_all": "sim.studies.comparison.compare",
    "conditional": "sim.studies.conditional",
    "discover": "sim.studies.discover",
    "explain": "sim.scenario.keys.provenance",
    "export": "sim.verbs.export",
    "influence": "sim.studies.influence",
    "load": "sim.scenario.load",
    "own_measure": "sim.measures.own",
    "plan": "sim.verbs.plan",
    "power_study": "sim.verbs.power",
    "queue": "sim.verbs.queue",
    "run": "sim.studies.running.run",
    "sensitivity": "sim.studies.sensitivity",
    "show_progress": "sim.output.progress",
    "sweep": "sim.studies.sweeps.sweep",
    "tornado": "sim.studies.sensitivity",
    "trace": "sim.replicate.trace",
}
_MODULES = {"audit": "sim.verbs.audit"}

__all__ = [
    "Interest",
    "Played",
    "assess",
    "assumptions",
    "audit",
    "bargain",
    "bargain_division",
    "bargain_sides",
    "check",
    "compare",
    "compare_all",
    "conditional",
    "discover",
    "explain",
    "export",
    "influence",
    "load",
    "own_measure",
    "plan",
    "power_study",
    "queue",
    "run",
    "sensitivity",
    "show_progress",
    "sweep",
    "tornado",
    "trace",
]


def _plot(result: object, kind: str, narrow: bool) -> Picture:
    """Draw a result; nothing that draws is loaded before."""
    drawn: Picture = import_module("sim.verbs.plot").plot(result, kind, narrow)
    return drawn


drawn_by(_plot)


def __getattr__(name: str) -> object:
    """Load a public verb when it is first used, so that `sim --help` stays quick."""
    if name in _MODULES:
        return import_module(_MODULES[name])
    if name not in _VERBS:
        raise AttributeError(f"module 'sim' has no attribute {name!r}")
    return getattr(import_module(_VERBS[name]), "power" if name == "power_study" else name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
