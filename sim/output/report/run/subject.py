"""A run as a report reads it: from a run folder, or from a run made now."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.errors import InputError, ReplicateError
from sim.json_text import json_text
from sim.measures.own import stored_measures
from sim.measures.register import measures_with
from sim.models.numbers.sets import LEAST_SETS
from sim.names import Names
from sim.records.parameters.calendar import Calendar
from sim.records.parameters.vote.rule import Vote
from sim.records.results.outcome import Failures, Measure, Value
from sim.records.vote.clock import inauguration_day
from sim.scenario.drawn.assumptions import SET
from sim.storage.table import outcome_names
from sim.studies.assumed import ranges_of

if TYPE_CHECKING:
    from sim.scenario.load import Resolved
    from sim.studies.comparison.sides import Side
    from sim.studies.running.result import Run

THREE = ("vote_winner", "announced_winner", "office_holder_inauguration")
"""The outcomes whose ranges every report shows."""


@dataclass(frozen=True)
class Subject:
    """A run.

    columns: outcome -> values of the replicates that did not fail, numbered in `replicates`, of the
    sets of assumptions in `sets`.
    settings, provenance: the resolved scenario as stored. command: makes the run again. resolved:
    the scenario itself; None where it cannot be had in the state in which it was run, and then
    `stale` says why. origin: what `compare` reads.
    """

    name: str
    columns: dict[str, list[Value]]
    replicates: tuple[int, ...]
    failed: int
    settings: dict[str, Any]
    provenance: dict[str, dict[str, Any]]
    manifest: dict[str, Any]
    command: str
    resolved: Resolved | None
    stale: str
    origin: Path | Run | Side
    sets: tuple[int | None, ...] = ()

    @property
    def title(self) -> str:
        return str(self.settings["title"])

    @property
    def names(self) -> Names:
        """Return how the story names the members of the cast."""
        cast = self.settings.get("cast", {})
        return Names({key: member["name"] for key, member in cast.items()})

    @property
    def n(self) -> int:
        """Return how many replicates there are to report."""
        return len(self.replicates)

    @property
    def failures(self) -> Failures | None:
        """Return how many replicates failed and how to re-live the first, or None."""
        told = self.manifest["failures"]
        if not told:
            return None
        first = told[0]
        where = f"replicate {first['replicate']} of {self.name}"
        return Failures(len(told), self.n + len(told), where, first["error"], first["relive"])

    @cached_property
    def measures(self) -> Mapping[str, Measure]:
        """Return what each outcome declares, the user's own after the others."""
        return measures_with(stored_measures(self.manifest))

    @cached_property
    def ranges(self) -> dict[str, Any] | None:
        """Return what the assumptions leave open of the outcomes, or None."""
        return _ranges(self)

    @property
    def as_of(self) -> dt.date:
        return dt.date.fromisoformat(self.settings["as_of"])

    @property
    def election(self) -> dt.date:
        return dt.date.fromisoformat(self.settings["vote"]["days"][0])

    @property
    def inauguration(self) -> dt.date:
        """Return the day on which it is asked who holds office."""
        calendar = Calendar.model_validate_json(json_text(self.settings["calendar"]))
        vote = Vote.model_validate_json(json_text(self.settings["vote"]))
        return self.election + dt.timedelta(days=int(inauguration_day(calendar, vote)))


def of_folder(path: Path) -> Subject:
    """Return a stored run.

    Raises:
        InputError: it is no run folder. ReplicateError: no replicate of it succeeded.
    """
    import polars as pl

    from sim.storage.folder import read_folder

    folder = read_folder(path)
    good = folder.outcomes.filter(pl.col("error").is_null()).sort("replicate")
    columns = {name: good[name].to_list() for name in outcome_names(good)}
    numbers = tuple(good["replicate"].to_list())
    _some(numbers, str(path))
    resolved, stale = _again(folder.manifest)
    manifest = folder.manifest
    command = _run_command(manifest, folder.outcomes.height, ["--out", str(path)])
    return Subject(
        manifest["scenario"],
        columns,
        numbers,
        folder.outcomes.height - good.height,
        folder.scenario["scenario"],
        folder.scenario["provenance"],
        manifest,
        command,
        resolved,
        stale,
        path,
        tuple(good["set"].to_list()),
    )


def of_run(run: Run) -> Subject:
    """Return a run that was made now; nothing of it tells the time, so that a second one gives the
    same page.

    Raises:
        ReplicateError: no replicate of it succeeded.
    """
    import polars as pl

    from sim.studies.running.manifest import facts

    stored = run.resolved.as_json()
    manifest = facts(run, run.rows) | {
        "scenario_digest": run.resolved.digest,
        "entropy": hex(run.entropy),
        "register_digest": run.register_digest,
    }
    for key in ("started", "ended", "seconds"):
        del manifest[key]
    good = run.rows.filter(pl.col("error").is_null())["replicate"].to_list()
    _some(good, run.resolved.name)
    return Subject(
        run.resolved.name,
        run.columns(),
        tuple(good),
        len(run.failures),
        stored["scenario"],
        stored["provenance"],
        manifest,
        _run_command(manifest, run.rows.height, []),
        run.resolved,
        "",
        run,
        tuple(run.sets()),
    )


def _some(numbers: Sequence[int], label: str) -> None:
    if not numbers:
        raise ReplicateError(f"{label}: no replicate succeeded, so there is nothing to report")


def _run_command(manifest: dict[str, Any], n: int, more: list[str]) -> str:
    """Return the command that runs the scenario again."""
    words = ["sim", "run", manifest["scenario"], "-n", str(n), "--entropy", manifest["entropy"]]
    for overlay in manifest.get("overrides", ()):
        words += ["--set", overlay]
    return shlex.join(words + more)


def _again(manifest: dict[str, Any]) -> tuple[Resolved | None, str]:
    """Return the scenario of a stored run, or None and why it cannot be had as it was then."""
    from sim.scenario.load import load

    try:
        resolved = load(manifest["scenario"], manifest.get("overrides", ()))
    except InputError:
        return None, f"the scenario {manifest['scenario']} cannot be loaded here"
    if own := [key for key in ("policies", "own_measures", "estimators") if manifest.get(key)]:
        parts = " and ".join(own).replace("own_", "")
        return None, f"it ran with {parts} of the user's own, which are not here"
    if resolved.digest != manifest["scenario_digest"]:
        return None, f"the scenario {manifest['scenario']} has changed since the run"
    return resolved, ""


def assumed_ranges(subject: Subject) -> dict[str, Any] | None:
    """Return what the assumptions leave open, worked out once for all parts of a report."""
    return subject.ranges


def _ranges(subject: Subject) -> dict[str, Any] | None:
    """Return how far the assumptions let the headline outcomes move; None where they are fixed, the
    sets are few, or the scenario cannot be had as it was run.
    """
    numbers = {number for number in subject.sets if number is not None}
    if subject.resolved is None or None in subject.sets or len(numbers) < LEAST_SETS:
        return None
    if not subject.resolved.assumptions:
        return None
    drawn, entropy = subject.resolved.assumptions, int(subject.manifest["entropy"], 16)
    wanted = dict.fromkeys([*THREE, *subject.settings.get("measures", {}).get("report", ())])
    names = [name for name in wanted if name in subject.columns]
    ranges = ranges_of(
        drawn, entropy, subject.columns, subject.sets, [subject.measures[name] for name in names]
    )
    return {
        "ranges": [asdict(one) for one in ranges],
        "parameters": len(drawn),
        "points": len(numbers),
        "replicates": SET,
    }
