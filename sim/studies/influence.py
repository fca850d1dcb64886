"""What each decision and lever would change: every one forced either way, on the same replicates.

The counterfactuals share luck and assumptions with the run as it is, so a difference is that of the
option alone. A forced option without a date is known to whoever would expect it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sim.errors import InputError, Problem
from sim.measures.register import as_list, known_outcomes
from sim.records.decisions.forcing import Forcing
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures, Measure
from sim.records.results.shown import Record, cells
from sim.records.results.summary import Watcher
from sim.replicate.build import Case, case_at, measures_of, prepare_case
from sim.replicate.dry_play import forcing_words, options_from_the_start
from sim.replicate.relive import relive
from sim.replicate.replicate import warn_of
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, loaded
from sim.storage.shards import InMemory, shard_key
from sim.storage.table import stacked
from sim.studies.comparison.pieces import numbers, ones
from sim.studies.equivalence import difference
from sim.studies.running.rows import blocks, wanted_replicates
from sim.studies.sweeps.runner import packed
from sim.workers.blocks import block_of
from sim.workers.carry_out import CarryOut, Task
from sim.workers.executors import Pool, pool_of
from sim.workers.fingerprint import fingerprint

if TYPE_CHECKING:
    import polars as pl

ALPHA = 0.10
FIRST = ("announced_winner", "office_holder_inauguration", "vote_winner")
SIDE = "opposition"
"""The category that stands for an outcome that has it."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One outcome (or category of it) under a forced option, minus the same as it is: mean of the
    pair differences with its 90 % interval. changed: replicates whose value is another.
    """

    outcome: str
    category: str
    unit: str
    base: float
    difference: float
    low: float
    high: float
    changed: int
    n: int


@dataclass(frozen=True, slots=True)
class Influence:
    """A decision or lever forced one way. decision, option: as `[[events]]` and `[levers]` write
    them.
    """

    decision: str
    option: str
    effects: tuple[Effect, ...]

    @property
    def moves(self) -> bool:
        """Return whether any replicate has another value of any of the outcomes."""
        return any(effect.changed for effect in self.effects)


@dataclass(frozen=True, repr=False)
class Influences(Drawn):
    """The table of influence of one scenario."""

    scenario: str
    replicates: int
    sets: int
    alone: bool
    rows: tuple[Influence, ...]
    failed: Failures | None = None

    def records(self) -> list[Record]:
        """Return one record a decision, option and outcome."""
        return [
            {"decision": row.decision, "option": row.option, **cells(effect)}
            for row in self.rows
            for effect in row.effects
        ]

    def as_json(self) -> dict[str, Any]:
        """Return the table as plain data."""
        return asdict(self)


def influence(
    scenario: Resolved | str | Path,
    *,
    outcomes: Sequence[str] = (),
    decisions: Sequence[str] = (),
    replicates: int = 100,
    entropy: int | None = None,
    overrides: Overrides = (),
    alone: bool = False,
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
) -> Influences:
    """Force every decision and lever of a scenario either way, and compare with the run as it is.

    Args:
        outcomes: names; default who is announced, holds office and wins the vote, then the
        scenario's headline outcomes. decisions: only those whose words hold one of these texts.
        alone: the strategic layer alone, on its surrogate electorate: a tenth of the time.

    Raises:
        InputError: an outcome is unknown, or the scenario is wrong.

    Warns:
        ReplicatesFailed: some replicates failed; the differences rest on the others.
    """
    resolved = loaded(scenario, overrides)
    wanted = [*FIRST, *resolved.scenario.measures.report]
    measures = measures_of(resolved)
    asked = list(outcomes) or [name for name in wanted if name in measures]
    names = known_outcomes(asked, measures)
    names = list(dict.fromkeys(names))
    seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
    case = prepare_case(resolved, alone=alone)
    ways = _asked(list(changes(case)), decisions)
    cases = [case, *(changed for _, _, changed in ways)]
    numbers_ = wanted_replicates(0, replicates)
    tables = _played(cases, resolved.digest, seed, numbers_, (executor, jobs), watch)
    base = tables[0]
    rows = tuple(
        Influence(decision, option, tuple(effects(base, table, [measures[name] for name in names])))
        for (decision, option, _), table in zip(ways, tables[1:], strict=True)
    )
    sets = 0 if base["set"].null_count() else base["set"].n_unique()
    failed = _failed(resolved, seed, tables)
    warn_of(failed)
    return Influences(resolved.name, replicates, sets, alone, rows, failed)


def _asked(
    ways: list[tuple[str, str, Case]], decisions: Sequence[str]
) -> list[tuple[str, str, Case]]:
    """Return the ways whose words hold one of the texts; a dot stands for a blank, as in `--set`.

    Raises:
        InputError: a text is in none of them.
    """
    wanted = [text.replace(".", " ") for text in as_list(decisions, "decisions")]
    for text in wanted:
        if not any(text in way.replace(".", " ") for way, _, _ in ways):
            near = get_close_matches(text, [way for way, _, _ in ways], 1)
            hint = f"did you mean {near[0]!r}?" if near else "see `sim list roles`"
            raise InputError(Problem(f"no decision or lever {text!r}", hint=hint))
    return [
        way
        for way in ways
        if not wanted or any(text in way[0].replace(".", " ") for text in wanted)
    ]


def changes(case: Case) -> Iterator[tuple[str, str, Case]]:
    """Yield (decision, option, case) of every option of every decision, and of every lever."""
    for forcing in options_from_the_start(case):
        words = forcing_words(forcing).rpartition(" = ")
        yield words[0], words[2], forced(case, forcing)
    for path, values in case.scenario.levers.items():
        for value in values:
            yield path, str(value), case_at(case, {path: value})


def forced(case: Case, forcing: Forcing) -> Case:
    """Return the case with one more option fixed, before those that the scenario fixes."""
    return replace(case, forcings=(forcing, *case.forcings))


def _played(
    cases: Sequence[Case],
    digest: str,
    entropy: int,
    replicates: range,
    where: tuple[Executor | Pool | None, int | None],
    watch: Watcher | None,
) -> list[pl.DataFrame]:
    """Return the outcomes of every case."""
    made_by, keep, total = fingerprint(), InMemory(), len(cases) * len(replicates)
    pieces = list(blocks(replicates))
    keys = {
        (number, block.start): shard_key(f"{digest}/{number}", {}, entropy, block, made_by)
        for number in range(len(cases))
        for block in pieces
    }
    with pool_of(*where, len(keys)) as pool:
        work = CarryOut(keep, pool, block_of, packed, total, watch)
        shared = [pool.share(case) for case in cases]
        work.compute(
            Task(
                keys[number, block.start], len(block), (shared[number], {}, entropy, block, made_by)
            )
            for number in range(len(cases))
            for block in pieces
        )
    return [
        stacked([keep.content(keys[number, block.start]) for block in pieces])
        for number in range(len(cases))
    ]


def effects(
    base: pl.DataFrame, table: pl.DataFrame, measures: Sequence[Measure]
) -> Iterator[Effect]:
    """Yield the effect on each outcome; of a category, on `SIDE` where it has that, else on
    each.
    """
    for measure in measures:
        name = measure.name
        pair = base.select("replicate", "set", name).join(
            table.select("replicate", name), on="replicate", suffix="_forced"
        )
        pair = pair.drop_nulls([name, f"{name}_forced"])
        left, right, sets = pair[name], pair[f"{name}_forced"], pair["set"]
        if not pair.height:
            continue
        if measure.kind != "category":
            yield _effect(measure, "", ones(left), ones(right), sets)
            continue
        found = sorted({*base[name].drop_nulls(), *table[name].drop_nulls()})
        for category in [SIDE] if {*found} & {SIDE, "incumbent"} else found:
            yield _effect(measure, category, ones(left == category), ones(right == category), sets)


def _effect(
    measure: Measure,
    category: str,
    a: np.ndarray[Any, np.dtype[np.float64]],
    b: np.ndarray[Any, np.dtype[np.float64]],
    sets: pl.Series,
) -> Effect:
    name, unit = measure.name, measure.unit
    binary = bool(category) or measure.kind == "bool"
    both = numbers(sets, sets)
    d = difference(a, b, 0.0, ALPHA, paired=True, binary=binary, sets=both)
    changed = int((np.abs(a - b) > 0).sum())
    about = "share" if binary else unit
    return Effect(name, category, about, d.mean_a, d.difference, d.low, d.high, changed, len(a))


def _failed(resolved: Resolved, entropy: int, tables: Sequence[pl.DataFrame]) -> Failures | None:
    import polars as pl

    rows = [
        (number, *row)
        for number, table in enumerate(tables)
        for row in table.filter(pl.col("error").is_not_null())
        .select("replicate", "error")
        .iter_rows()
    ]
    if not rows:
        return None
    number, replicate, error = rows[0]
    first = f"replicate {replicate}" + (f" of row {number}" if number else "")
    again = relive(resolved.name, entropy, replicate, resolved.overrides)
    return Failures(len(rows), sum(table.height for table in tables), first, error, again)
