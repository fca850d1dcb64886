"""What all tests of rows share: which rows they read, the guard, the redraws of a null, and the
finding.

A subclass says which rows it can use and what it reads in them. A test whose alarms on honest
elections are more than its level allows (sim/estimators/forensic/levels.py) gives no verdict and no
p-value: it shows its statistic and that rate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
from numpy.random import Generator

from sim.estimators.base import nothing_to_say
from sim.estimators.forensic.levels import why_no_verdict
from sim.models.forensics.null_world import NullWorld, fit_null
from sim.models.forensics.rows import Floats, Rows, rows_of
from sim.records.parameters.watching.forensics import Forensics
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, UNDECIDED, Finding

IF_ROWS = "if the announced rows are quoted correctly"
IF_COPIES = "if these copies are what the tables signed"
RARE = 1e-6


@dataclass(frozen=True, slots=True)
class Reading:
    """What a test read. p: chance that an honest election shows as much under the test's own null.
    statement: plain words. settled_by: what would settle it. interval: (low, high, level).
    no_verdict: why these rows allow none, or "".
    """

    quantity: str
    unit: str
    estimate: float | None
    p: float
    statement: str
    settled_by: str
    interval: tuple[float, float, float] | None = None
    no_verdict: str = ""
    details: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowTest:
    """A test of rows of results."""

    monitoring: Monitoring
    key: ClassVar[str]
    quantity: ClassVar[str]
    unit: ClassVar[str]
    needs: ClassVar[str] = "more tables' results are given"
    reads: ClassVar[frozenset[str]] = frozenset({"sheets", "announced", "frame"})
    exact: ClassVar[bool] = False
    random: ClassVar[bool] = True
    assumptions: ClassVar[tuple[str, ...]]

    @property
    def settings(self) -> Forensics:
        """Return the settings of the forensic tests."""
        return self.monitoring.forensics

    def usable(self, rows: Rows) -> Rows | str:
        """Return the rows that the test reads, or why there are none."""
        return self.enough(rows, "rows of results")

    def read(self, rows: Rows, name: str, other: str, rng: Generator) -> Reading:
        """Return what the test reads; name, other: the candidate looked at and the strongest
        other.
        """
        raise NotImplementedError

    def assess(self, evidence: Evidence, rng: Generator) -> Finding:
        """Return the finding; undecided where there is too little to read."""
        rows = rows_of(evidence, self.settings.largest_centre)
        use = "There are no rows of results." if rows is None else self.usable(rows)
        if isinstance(use, str):
            return nothing_to_say(self, self.quantity, self.unit, use, self.needs)
        names = (evidence.candidates[use.target_row], evidence.candidates[use.other_row])
        return self._finding(use, names, self.read(use, *names, rng))

    def enough(self, rows: Rows, what: str) -> Rows | str:
        """Return the rows if there are enough of them."""
        n, least = len(rows.target), self.settings.min_tables
        return (
            rows if n >= least else f"There are too few {what}: {n:,} where {least:,} are needed."
        )

    def against_redraws(
        self,
        rows: Rows,
        statistics: Callable[[Rows], Sequence[float]],
        redraws: int,
        rng: Generator,
        world: NullWorld | None = None,
    ) -> tuple[Floats, Floats]:
        """Return ((d,) statistics of the rows, (R, d) of as many honest elections redrawn from
        their null).
        """
        world = fit_null(rows) if world is None else world
        return np.array(statistics(rows)), np.array(
            [statistics(world.redraw(rng)) for _ in range(redraws)]
        )

    def _finding(self, rows: Rows, names: tuple[str, str], read: Reading) -> Finding:
        alpha = self.monitoring.alpha
        refused = read.no_verdict or why_no_verdict(self.key)
        alarm = read.p <= alpha
        verdict = (
            UNDECIDED if refused or not rows.announced else INCONSISTENT if alarm else CONSISTENT
        )
        shows = f"Honest elections show as much {how_often(read.p)}."
        tail = f"No verdict: {refused}." if refused else shows
        low, high, level = read.interval if read.interval is not None else (None, None, None)
        return Finding(
            estimator=self.key,
            quantity=read.quantity,
            unit=read.unit,
            estimate=read.estimate,
            low=low,
            high=high,
            level=level,
            verdict=verdict,
            p_value=None if refused else read.p,
            statement=f"{read.statement} {tail}",
            assumptions=self.assumptions,
            rests_on=IF_ROWS if rows.announced else IF_COPIES,
            changes_if=read.settled_by,
            details={
                "rows": len(rows.target),
                "read": "announced rows" if rows.announced else "copies",
                "candidate": names[0],
                "strongest_other": names[1],
                "alarm": alarm,
                "null_p": read.p,
                "gives_verdict": not refused,
                **read.details,
            },
        )


def how_often(p: float) -> str:
    """Return a chance in words."""
    if p < RARE:
        return "less than once in a million"
    if p < 0.01:
        return f"about once in {1 / p:,.0f}"
    return f"in {100 * p:.0f} % of cases"
