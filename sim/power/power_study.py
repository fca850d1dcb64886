"""The power study: how often each estimator speaks, in worlds whose truth is known, beside its
false alarms.

Blocks of replicates are written as they are finished, so that a study that was cut off goes on
where it stopped.
"""

from __future__ import annotations

import json
import shlex
import time
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, Problem, ReplicateError, StoreError
from sim.estimators.base import Estimator
from sim.estimators.forensic.levels import why_no_verdict
from sim.estimators.register import ESTIMATORS
from sim.power.detection_table import ROW_KINDS, power_rows, without_failures
from sim.power.elections import electorate, run_evening, seen_as, vote
from sim.power.verdicts import Memory, answers
from sim.power.worlds import COSTLY, COSTLY_EVERY, EVIDENCE, SLOW, World, all_worlds
from sim.records.election_day import ElectionDay
from sim.records.outcome import Failures
from sim.records.summary import Progress, Watcher
from sim.replicate.build import Case, prepare_case
from sim.replicate.replicate import told, warn_of
from sim.scenario.load import Resolved, loaded
from sim.storage.folder import parquet_bytes, write_bytes, write_json
from sim.storage.version import fingerprint
from sim.workers.executors import Pool, pool_of, unordered

if TYPE_CHECKING:
    import polars as pl

BLOCK = 5
FORMAT = 2


@dataclass(frozen=True)
class Asked:
    """What a study asks. estimators: named ones, each in every replicate; none named: all that give
    verdicts, costly and slow ones in some.

    slow_every: slow estimators are asked in replicates that this divides; 0: in none.
    """

    worlds: tuple[World, ...]
    estimators: tuple[str, ...] = ()
    slow_every: int = 0

    def of(self, world: World, replicate: int) -> tuple[str, ...]:
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


@dataclass(frozen=True)
class Power:
    """A finished study.

    rows: one for each world, evidence and estimator. seconds: processor time of all workers.
    """

    resolved: Resolved
    entropy: int
    replicates: int
    asked: Asked
    rows: pl.DataFrame
    seconds: float
    computed: int
    failed: Failures | None = None

    @property
    def milliseconds_per_world(self) -> float | None:
        """Return what one world under one kind of evidence cost, estimators included; None when all
        was found on disk.
        """
        cells = self.computed * len(self.asked.worlds) * len(EVIDENCE)
        return 1000 * self.seconds / cells if cells else None

    def save(self, out: Path) -> None:
        """Write `power.parquet`, and what a reader needs of it, rounded, as `power.csv`."""
        import polars as pl

        rounded = self.rows.drop("manipulation", "intensity", "displaced", "acts_on").with_columns(
            pl.selectors.float().round(3)
        )
        write_bytes(out / "power.parquet", parquet_bytes(self.rows))
        write_bytes(out / "power.csv", rounded.write_csv().encode())


def chosen_worlds(names: Sequence[str]) -> tuple[World, ...]:
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
    return (*dict.fromkeys([World(), *(w.baseline for w in done)]), *done)


def asked_for(
    manipulations: Sequence[str] = (), estimators: Sequence[str] = (), slow_every: int = 0
) -> Asked:
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
    return Asked(chosen_worlds(manipulations), tuple(dict.fromkeys(estimators)), slow_every)


def replicate_rows(case: Case, entropy: int, replicate: int, asked: Asked) -> list[dict[str, Any]]:
    """Return one row for each world, evidence and estimator of one replicate; honest worlds
    first.
    """
    e, memory, rows = electorate(case, entropy, replicate), Memory(), []
    votes = {
        world: vote(e, world)
        for world in asked.worlds
        if world.honest or world.acts_on in ("register", "day")
    }
    worlds = sorted(asked.worlds, key=lambda world: not world.honest)
    for evidence, values in EVIDENCE.items():
        p = seen_as(e.p, values)
        made: dict[str, Estimator] = {key: make(p.monitoring) for key, make in ESTIMATORS.items()}
        honest: dict[World, ElectionDay] = {}
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


def _rows_or_error(case: Case, entropy: int, replicate: int, asked: Asked) -> list[dict[str, Any]]:
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


def block_bytes(case: Case, entropy: int, replicates: range, asked: Asked) -> tuple[bytes, float]:
    """Return the rows of a block of replicates as Parquet, and the seconds of processor time that
    they took.
    """
    import polars as pl

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
    overrides: Sequence[str] = (),
    asked: Asked | None = None,
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
    _prepare(out, resolved, seed, asked)
    blocks = [range(first, min(first + BLOCK, replicates)) for first in range(0, replicates, BLOCK)]
    missing = [block for block in blocks if not _file(out, block).exists()]
    seconds = _compute(prepare_case(resolved), seed, asked, out, missing, (executor, jobs), watch)
    played, errors = without_failures(_read(out, blocks))
    failed = _failed(errors, resolved, seed, replicates)
    if not played.height and failed is not None:
        raise ReplicateError(f"no replicate is left to read: {failed.words()}")
    rows = power_rows(played, asked.worlds, list(EVIDENCE))
    result = Power(resolved, seed, replicates, asked, rows, seconds, sum(map(len, missing)), failed)
    result.save(out)
    warn_of(failed)
    return result


def _failed(
    errors: pl.DataFrame, resolved: Resolved, entropy: int, replicates: int
) -> Failures | None:
    """Return what failed; an election of the study is re-lived by the study, into a new folder, up
    to that replicate.
    """
    if not errors.height:
        return None
    replicate, error = errors.row(0)
    words = [
        "sim",
        "power",
        resolved.name,
        "-n",
        str(replicate + 1),
        "--entropy",
        hex(entropy),
        "--jobs",
        "1",
        "--out",
        "again",
    ]
    for overlay in resolved.overrides:
        words += ["--set", overlay]
    return Failures(errors.height, replicates, f"replicate {replicate}", error, shlex.join(words))


def _compute(
    case: Case,
    entropy: int,
    asked: Asked,
    out: Path,
    blocks: Sequence[range],
    where: tuple[Executor | Pool | None, int | None],
    watch: Watcher | None,
) -> float:
    """Compute blocks of replicates, write each when it is done, and return the seconds of processor
    time of all workers.
    """
    clock, seconds, done, total = time.perf_counter(), 0.0, 0, sum(map(len, blocks))
    with pool_of(*where, len(blocks)) as pool:
        for number, (content, took) in unordered(
            pool, block_bytes, [(case, entropy, block, asked) for block in blocks]
        ):
            write_bytes(_file(out, blocks[number]), content)
            seconds, done = seconds + took, done + len(blocks[number])
            if watch is not None:
                watch(_progress(done, total, time.perf_counter() - clock))
    return seconds


def _read(out: Path, blocks: Sequence[range]) -> pl.DataFrame:
    """Read the blocks.

    Raises:
        StoreError: a file is broken; remove it and it is computed again.
    """
    import polars as pl

    try:
        return pl.concat([pl.read_parquet(_file(out, block)) for block in blocks])
    except (OSError, pl.exceptions.PolarsError) as error:
        raise StoreError(
            f"a block of {out} cannot be read: {error}; remove it and run again"
        ) from error


def _progress(done: int, total: int, seconds: float) -> Progress:
    rate = done / max(seconds, 1e-9)
    return Progress(done, total, 0, rate, (total - done) / rate, "replicates", None)


def _file(out: Path, block: range) -> Path:
    return out / "blocks" / f"{block.start:06d}-{block.stop:06d}.parquet"


def _prepare(out: Path, resolved: Resolved, entropy: int, asked: Asked) -> None:
    """Make the folder, or accept one that holds a part of this very study."""
    worlds = blake2b(repr((asked, EVIDENCE)).encode(), digest_size=16).hexdigest()
    study = {
        "format": FORMAT,
        "title": resolved.scenario.title,
        "scenario_digest": resolved.digest,
        "entropy": hex(entropy),
        "worlds": worlds,
        "code": fingerprint(),
    }
    file = out / "study.json"
    try:
        (out / "blocks").mkdir(parents=True, exist_ok=True)
        held = json.loads(file.read_text(encoding="utf-8")) if file.exists() else None
    except OSError as error:
        raise StoreError(
            f"cannot write to {out}: {error.strerror or error}; choose another folder with --out"
        ) from error
    except ValueError as error:
        raise StoreError(f"{file} is broken: {error}; choose another folder with --out") from error
    if held is None and any(path.name != "blocks" for path in out.iterdir()):
        raise StoreError(
            f"{out} is not empty and holds no power study; choose another folder with --out"
        )
    if held is not None and held != study:
        raise StoreError(
            f"{out} holds another power study (other scenario, entropy, worlds or "
            "code); choose another --out"
        )
    write_json(file, study)
