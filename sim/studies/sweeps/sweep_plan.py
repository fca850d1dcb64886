"""What a sweep is to compute: points, blocks of replicates, and the key under which each shard lies
in the store.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.disk.sealed import digest_of
from sim.errors import InputError
from sim.records.results.outcome import OwnMeasure
from sim.replicate.build import Case, case_at, more_measures
from sim.scenario.load import Resolved
from sim.storage.shards import shard_key
from sim.storage.store import Store
from sim.storage.version import model_digest
from sim.studies.sweeps.design import Point
from sim.workers.fingerprint import fingerprint

BLOCK = 20
SCENARIO_AXIS = "scenario"


def blocks_of(stages: Sequence[int]) -> list[range]:
    """Return the blocks of replicates of a list of totals; growing never cuts a block that is there
    already.
    """
    found: list[range] = []
    start = 0
    for stop in stages:
        found += [range(lo, min(lo + BLOCK, stop)) for lo in range(start, stop, BLOCK)]
        start = max(start, stop)
    return found


def stages_in(note: Mapping[str, Any]) -> list[int]:
    """Return the stages that a note states; what is no ascending list of totals counts as none."""
    stages = note.get("stages", [])
    whole = isinstance(stages, list) and all(type(stage) is int and stage > 0 for stage in stages)
    return stages if whole and stages == sorted(stages) else []


@dataclass(frozen=True, eq=False)
class SweepPlan:
    """A sweep before it runs.

    worlds: scenario name -> (loaded scenario, case); the first is that of every point without a
    `scenario` of its own. alone: the strategic layer alone; part of every key.
    """

    store: Store
    worlds: Mapping[str, tuple[Resolved, Case]]
    points: list[Point]
    entropy: int
    alone: bool

    @property
    def resolved(self) -> Resolved:
        """Return the scenario that the sweep is of."""
        return next(iter(self.worlds.values()))[0]

    @cached_property
    def measures(self) -> Mapping[str, OwnMeasure]:
        """Return the outcomes beside those of the register: of the case and the user; over several
        scenarios, whose parts differ, the user's alone.
        """
        several = len(self.worlds) > 1
        return self.resolved.own.measures if several else more_measures(self.resolved)

    @cached_property
    def made_by(self) -> str:
        """Return what computes the sweep: code, parts and libraries."""
        return fingerprint()

    @property
    def question(self) -> str:
        """Return the digest of what the sweep asks, the number of replicates left out."""
        scenarios = [resolved.digest for resolved, _ in self.worlds.values()]
        return digest_of([scenarios, self.points, self.entropy, self.alone])

    @property
    def digest(self) -> str:
        """Return the digest of what is asked and of what computes it."""
        return digest_of([self.question, self.made_by])

    def place(self, point: int) -> tuple[str, Point]:
        """Return (name of the scenario, values at dotted paths) of a point."""
        values = self.points[point]
        name = values.get(SCENARIO_AXIS, next(iter(self.worlds)))
        return name, {path: value for path, value in values.items() if path != SCENARIO_AXIS}

    def key(self, point: int, block: range) -> str:
        """Return the key of a shard."""
        name, values = self.place(point)
        marks = (" alone" if self.alone else "") + (" of several" if len(self.worlds) > 1 else "")
        scenario = self.worlds[name][0].digest + marks
        return shard_key(scenario, values, self.entropy, block, self.made_by)

    def check_points(self) -> None:
        """Try every point before anything runs.

        Raises:
            InputError: the values of a point are refused; names the first such point.
        """
        for number in range(len(self.points)):
            name, values = self.place(number)
            try:
                case_at(self.worlds[name][1], values)
            except InputError as error:
                said = "; ".join(problem.render() for problem in error.problems)
                raise InputError(f"point {number} of the design is refused: {said}") from None

    def stages(self, total: int, grow: bool) -> list[int]:
        """Return the totals asked for so far up to this one, oldest first, and note a new one with
        the sweep.

        Raises:
            InputError: more replicates than noted are asked for without `grow`.
        """
        known = stages_in(self.store.study(self.digest) or {})
        if known and total > known[-1] and not grow:
            raise InputError(
                f"this sweep was run with {known[-1]} replicates a point; add --grow (grow=True) "
                f"to go on to {total}, "
                "or choose another folder"
            )
        if not known or total > known[-1]:
            self.note([*known, total])
        return [*(stage for stage in known if stage < total), total]

    def note(self, stages: Sequence[int]) -> None:
        """Write what the sweep asks for beside its shards."""
        content: dict[str, Any] = {
            "format": 2,
            "question": self.question,
            "made_by": self.made_by,
            "title": self.resolved.scenario.title,
            "scenarios": list(self.worlds),
            "scenario_digests": [resolved.digest for resolved, _ in self.worlds.values()],
            "entropy": hex(self.entropy),
            "alone": self.alone,
            "stages": list(stages),
            "points": self.points,
            "model_digest": model_digest(),
        }
        self.store.note_study(self.digest, content)
