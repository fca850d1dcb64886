"""Every family of outcomes, in the order in which they are shown."""

from __future__ import annotations

from sim.measures.families.base import Family
from sim.measures.families.people import BLOCKS, OBSERVERS, PARTIES, PATIENT
from sim.measures.families.talks import INSTRUMENTS, ISSUES, TRACKS
from sim.records.parameters.root import Parameters
from sim.records.results.outcome import OwnMeasure

FAMILIES: tuple[Family, ...] = (TRACKS, INSTRUMENTS, ISSUES, PARTIES, OBSERVERS, BLOCKS, PATIENT)


def families(p: Parameters) -> dict[str, OwnMeasure]:
    """Return name -> outcome of every part that a case declares."""
    return {name: one for family in FAMILIES for name, one in family.of(p)}
