"""The power study: how often each estimator speaks, in worlds whose truth is known, beside its
false alarms.

Blocks of replicates are written as they are finished, so that a study that was cut off goes on
where it stopped.
"""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem, ReplicateError
from sim.estimators.base import Estimator
from sim.estimators.forensic.levels import why_no_verdict
from sim.estimators.register import ESTIMATORS
from sim.power.detection_table import ROW_KINDS, power_rows, without_failures
from sim.power.elections import electorate, run_evening, seen_as, vote
from sim.power.study_folder import StudyFolder
from sim.power.verdicts import EvidenceCache, answers
from sim.power.worlds import COSTLY, COSTLY_EVERY, EVIDENCE, SLOW, PowerWorld, all_worlds
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures
from sim.records.results.shown import Record
from sim.records.results.summary import Watcher
from sim.records.vote.election_day import ElectionDay
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import told, warn_of
from sim.scenario.keys.overrides import Overrides
from sim.scenario.load import Resolved, loaded
from sim.storage.table import parquet_bytes
from sim.studies.running.rows import wanted_replicates
from sim.workers.blocks import refuse_other_code
from sim.workers.carry_out import CarryOut, Packed, Task
from sim.workers.executors import Pool, pool_of

if TYPE_CHECKING:
    import polars as pl

BLOCK = 5


@dataclass(frozen=True)
class PowerDesign:
    """What a study asks. estimators: named ones, each in every replicate; none named: all that give
    verdicts, costly and slow ones in some.

    slow_every: slow estimators are asked in replicates that this divides; 0: in none.
    """

    worlds: tuple[PowerWorld, ...]
    estimators: tuple[str, ...] = ()
    slow_every: int = 0

    def of(self, world: PowerWorld, replicate: int) -> tuple[str, ...]:
        """Return the estimators asked of a world in a replicate."""
        if self.estimators:
            return self.estimators
        if world.displaced:
            return tuple(key for key in ESTIMATORS if key not in (*COSTLY, *SLOW))
        costly = () if replicate % COSTLY_EVERY else COSTLY
        slow = SLOW if self.slow_every and replicate % self.slow_every == 0 else ()
        return tuple(
            key
            for key in ESTIMATORS
            if key not in (*COSTLY, *SLOW) or (key in (*costly, *slow) and not why_no_verdict(key))
        )


@dataclass(frozen=True, repr=False)
class Power(Drawn):
    """A finished study.

    rows: one for each world, evidence and estimator. seconds: processor time of all workers.
    """

    resolved: Resolved
    entropy: int
    replicates: int
    asked: PowerDesign
    rows: pl.DataFrame
    seconds: float
    computed: int
    failed: Failures | None = None

    def in_short(self) -> str:
        """Return its size."""
        return (
            f"{self.replicates:,} elections in each of {len(self.asked.worlds):,} worlds of "
            f"{self.resolved.name}"
        )

    def records(self) -> list[Record]:
        """Return one record a world, kind of evidence and estimator."""
        return self.rows.to_dicts()

    def to_polars(self) -> pl.DataFrame:
        """Return the same as a data frame."""
        return self.rows

    @property
    def milliseconds_per_world(self) -> float | None:
        """Return what one world under one kind of evidence cost, estimators included; None when all
        was found on disk.
        """
        cells = self.computed * len(self.asked.worlds) * len(EVIDENCE)
        return 1000 * self.seconds / cells if cells else None


def chosen_worlds(names: Sequence[str]) -> tuple[PowerWorld, ...]:
    """Return the worlds of these manipulations (all where none is named; of "none" the honest one
    alone) and the honest ones that they are measured against.

    Raises:
        InputError: no manipulation has this name.
    """
    every = all_worlds()
    known = ["none", *sorted({w.manipulation for w in every if w.manipulation})]
    wrong = [name for name in names if name not in known]
    if wrong:
        raise InputError(
            [
                Problem(f"no manipulation '{name}'", hint=f"there are: {', '.join(known)}")
                for name in wrong
            ]
        )
    done = [w for w in every if not w.honest and (not names or w.manipulation in names)]
    return (*dict.fromkeys([PowerWorld(), *(w.baseline for w in done)]), *done)


def asked_for(
    manipulations: Sequence[str] = (), estimators: Sequence[str] = (), slow_every: int = 0
) -> PowerDesign:
    """Return what is asked.

    Raises:
        InputError: an unknown manipulation or estimator.
    """
    wrong = [key for key in estimators if key not in ESTIMATORS]
    if wrong:
        raise InputError(
            [
                Problem(f"no estimator '{key}'", hint=f"there are: {', '.join(ESTIMATORS)}")
                for key in wrong
            ]
        )
    return PowerDesign(chosen_worlds(manipulations), tuple(dict.fromkeys(estimators)), slow_every)


def replicate_rows(
    case: Case, entropy: int, replicate: int, asked: PowerDesign
) -> list[dict[str, Any]]:
    """Return one row for each world, evidence and estimator of one replicate; honest worlds
    first.
    """
    e, memory, rows = electorate(case, entropy, replicate), EvidenceCache(), []
    votes = {
        world: vote(e, world)
        for world in asked.worlds
        if world.honest or world.acts_on in ("register", "day")
    }
    worlds = sorted(asked.worlds, key=lambda world: not world.honest)
    for evidence, values in EVIDENCE.items():
        p = seen_as(e.p, values)
        made: dict[str, Estimator] = {key: make(p.monitoring) for key, make in ESTIMATORS.items()}
        honest: dict[PowerWorld, ElectionDay] = {}
        for world in worlds:
            held = run_evening(
                e, votes.get(world, votes[world.baseline]), world, p, honest.get(world.baseline)
            )
            keys = asked.of(world, replicate)
            said = answers(
                e, held, world, {key: made[key] for key in keys}, (*COSTLY, *SLOW), memory
            )
            about = {
                "replicate": replicate,
                "world": world.name,
                "evidence": evidence,
                **consequences(held),
            }
            rows += [{**about, **asdict(answer)} for answer in said]
            if world.honest:
                honest[world] = held
                memory.settle()
            else:
                memory.forget()
        memory.settled = ({}, {})
        memory.forget()
    return rows


def _rows_or_error(
    case: Case, entropy: int, replicate: int, asked: PowerDesign
) -> list[dict[str, Any]]:
    """Return the rows of a replicate; a failure becomes one row with its error, never a lost
    study.
    """
    try:
        return replicate_rows(case, entropy, replicate, asked)
    except Exception as error:  # noqa: BLE001 - whatever a replicate raises is a row of the result
        return [{"replicate": replicate, "error": told(error)}]


def consequences(held: ElectionDay) -> dict[str, Any]:
    """Return how far the announced lead (challenger minus incumbent) is from that as cast, and
    whether the winners differ.
    """
    cast, out = held.truth.cast.totals, held.chain.bulletins[-1].totals
    a, b = held.known.challenger, held.known.incumbent
    lead = [float(t[a] - t[b]) / max(int(t.sum()), 1) for t in (cast, out)]
    differs = bool(out.any() and int(cast.argmax()) != int(out.argmax()))
    return {"gap": lead[1] - lead[0], "winner_differs": differs}


def block_bytes(
    case: Case, entropy: int, replicates: range, asked: PowerDesign, expected: str
) -> tuple[bytes, float]:
    """Return the rows of a block of replicates as Parquet, and the seconds of processor time that
    they took.

    Raises:
        OtherCodeError: this worker runs other code than the owner of the study (`expected`).
    """
    import polars as pl

    refuse_other_code(expected)
    clock = time.process_time()
    rows = [
        row for replicate in replicates for row in _rows_or_error(case, entropy, replicate, asked)
    ]
    return parquet_bytes(pl.DataFrame(rows, schema=ROW_KINDS)), time.process_time() - clock


def power(
    scenario: Resolved | str | Path,
    out: Path,
    *,
    replicates: int = 200,
    entropy: int | None = None,
    overrides: Overrides = (),
    asked: PowerDesign | None = None,
    jobs: int | None = None,
    executor: Executor | Pool | None = None,
    watch: Watcher | None = None,
) -> Power:
    """Run the study, or what is missing of it in `out`, and write the table there.

    Raises:
        InputError: the scenario is wrong.
        StoreError: `out` cannot be written, or holds another study.
        ReplicateError: every replicate failed.

    Warns:
        ReplicatesFailed: some replicates failed; the table rests on the others.
    """
    resolved = loaded(scenario, overrides)
    seed = resolved.scenario.run.entropy_value() if entropy is None else entropy
    asked = asked or asked_for()
    wanted_replicates(0, replicates)
    question = [repr(asked), repr(EVIDENCE)]
    folder = StudyFolder(out, resolved, seed, question)
    blocks = [range(first, min(first + BLOCK, replicates)) for first in range(0, replicates, BLOCK)]
    work = _carried_out(
        prepare_case(resolved), seed, asked, folder, blocks, (executor, jobs), watch
    )
    whole = folder.shards.read([folder.key(block) for block in blocks])
    played, errors = without_failures(whole)
    failed = _failed(errors, resolved, seed, replicates)
    if not played.height and failed is not None:
        raise ReplicateError(f"no replicate is left to read: {failed.words()}")
    rows = power_rows(played, asked.worlds, list(EVIDENCE))
    folder.save(rows)
    warn_of(failed)
    return Power(resolved, seed, replicates, asked, rows, *work, failed)


def _failed(
    errors: pl.DataFrame, resolved: Resolved, entropy: int, replicates: int
) -> Failures | None:
    """Return what failed; an election of the study is re-lived by the study, into a new folder, up
    to that replicate.
    """
    if not errors.height:
        return None
    replicate, error = errors.row(0)
    asked = {"-n": str(replicate + 1), "--entropy": hex(entropy), "--jobs": "1", "--out": "again"}
    words = ["sim", "power", resolved.name, *(word for pair in asked.items() for word in pair)]
    for overlay in resolved.overrides:
        words += ["--set", overlay]
    return Failures(errors.height, replicates, f"replicate {replicate}", error, shlex.join(words))


def _carried_out(
    case: Case,
    entropy: int,
    asked: PowerDesign,
    folder: StudyFolder,
    blocks: Sequence[range],
    where: tuple[Executor | Pool | None, int | None],
    watch: Watcher | None,
) -> tuple[float, int]:
    """Compute the blocks that the folder lacks; return (seconds of processor time of all workers,
    replicates computed).
    """
    seconds: list[float] = []

    def packed(result: tuple[bytes, float]) -> Packed:
        seconds.append(result[1])
        return Packed(result[0])

    with pool_of(*where, len(blocks)) as pool:
        work = CarryOut(folder.shards, pool, block_bytes, packed, sum(map(len, blocks)), watch)
        shared = pool.share(case)
        work.compute(
            Task(folder.key(block), len(block), (shared, entropy, block, asked, folder.made_by))
            for block in blocks
        )
    return sum(seconds), work.played
