"""The result of a run: one row a replicate, and what is made of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sim.measures.register import known_outcomes, measures_with
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures, Measure, Outcome, Value
from sim.records.results.shown import Record, Rows, cells
from sim.records.results.summary import SummaryLine
from sim.replicate.build import more_measures
from sim.scenario.load import Resolved
from sim.storage.table import outcome_names, outcomes_of
from sim.studies.summary import summarise

if TYPE_CHECKING:
    import polars as pl


@dataclass(repr=False)
class Run(Drawn):
    """The result of `run`: one row a replicate, ready to be summarised, saved or compared.

    rows: `replicate`, `set`, `error`, then one typed column an outcome. computed: replicates that
    were not found in the folder.
    """

    resolved: Resolved
    entropy: int
    rows: pl.DataFrame
    seconds: float
    started: str
    register_digest: str
    interrupted: bool = False
    computed: int = 0
    damaged: tuple[Path, ...] = ()
    command: list[str] = field(default_factory=lambda: sys.argv[:])

    def in_short(self) -> str:
        """Return how many replicates of what there are."""
        failed = f", {len(self.failures):,} failed" if self.failures else ""
        return f"{self.rows.height:,} replicates of {self.called}{failed}"

    @property
    def called(self) -> str:
        """Return the scenario's name, with what was set on top and who decides by own code."""
        own = (f"policy of {key}" for key in self.resolved.own.policies)
        given = ", ".join([*self.resolved.overrides, *own])
        return f"{self.resolved.name} ({given})" if given else self.resolved.name

    def records(self) -> list[Record]:
        """Return one record a line of the summary: of the outcomes that the scenario reports, or
        of all where it reports none.
        """
        asked = self.resolved.scenario.measures.report
        shown = {*asked, *self.resolved.own.measures}
        return [cells(line) for line in self.summary() if not asked or line.outcome in shown]

    def to_polars(self) -> pl.DataFrame:
        """Return one row a replicate, as `table`."""
        return self.rows

    def __getitem__(self, name: str) -> pl.Series:
        """Return one outcome, a value a replicate; null where it does not exist.

        Raises:
            InputError: no outcome has this name.
        """
        known_outcomes([name], self.measures)
        return self.rows[name]

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Return what each outcome declares: of the register, of the case, of the user."""
        return measures_with(more_measures(self.resolved))

    @property
    def outcomes(self) -> list[Outcome]:
        """Return the outcomes in replicate order."""
        return outcomes_of(self.rows)

    @property
    def failures(self) -> list[Outcome]:
        """Return the replicates that failed."""
        import polars as pl

        return outcomes_of(self.rows.filter(pl.col("error").is_not_null()))

    @property
    def failed(self) -> Failures | None:
        """Return how many failed and how to re-live the first, or None."""
        from sim.replicate.relive import relive

        failures = self.failures
        if not failures:
            return None
        first = failures[0]
        again = relive(self.resolved.name, self.entropy, first.replicate, self.resolved.overrides)
        return Failures(
            len(failures),
            self.rows.height,
            f"replicate {first.replicate}",
            first.error or "",
            again,
        )

    def columns(self) -> dict[str, list[Value]]:
        """Return outcome name -> values of the replicates that did not fail, in replicate order;
        `failed` counts the others.
        """
        import polars as pl

        good = self.rows.filter(pl.col("error").is_null())
        return {name: good[name].to_list() for name in outcome_names(good)} if good.height else {}

    def sets(self) -> list[int | None]:
        """Return the number of the set of each row of `columns`; None where assumptions are
        fixed.
        """
        import polars as pl

        return self.rows.filter(pl.col("error").is_null())["set"].to_list()

    def summary(self) -> Rows[SummaryLine]:
        """Return the summary lines of all outcomes in register order; each says how many replicates
        failed.
        """
        return Rows(
            summarise(self.measures.values(), self.columns(), len(self.failures), self.sets())
        )

    def table(self) -> pl.DataFrame:
        """Return one row a replicate: `replicate`, `set`, `error`, then one typed column an
        outcome.
        """
        return self.rows

    def save(self, path: Path | str) -> Path:
        """Write the run folder, or add to the one that is there what it does not have.

        Raises:
            StoreError: the folder cannot be written or holds another run.
        """
        from sim.studies.running.manifest import save_run

        return save_run(self, Path(path))
