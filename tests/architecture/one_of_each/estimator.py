"""The share of invalid ballots on the sheets in hand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import Finding


@dataclass(frozen=True, slots=True)
class SpoiltShare:
    """Invalid ballots over all ballots on the sheets in hand; it never judges."""

    monitoring: Monitoring
    key: ClassVar[str] = "spoilt_share"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = False
    assumptions: ClassVar[tuple[str, ...]] = ("each sheet belongs to a different polling table",)

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the share."""
        sheets = evidence.sheets
        about = (
            "invalid ballots over ballots",
            "share",
            "No tally sheets were given.",
            "sheets come",
        )
        nothing = nothing_to_say(self, *about)
        if sheets is None or not len(sheets.table):
            return nothing
        invalid, valid = int(sheets.invalid.sum()), int(sheets.votes.sum())
        share = invalid / max(invalid + valid, 1)
        said = f"Of the ballots on the sheets in hand {share:.1%} are invalid."
        return replace(nothing, estimate=share, statement=said)
