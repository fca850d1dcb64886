"""What a comparison needs to know of a run, from memory or from its folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sim.errors import ComparisonError, InputError
from sim.measures.own import stored_measures
from sim.records.results.outcome import Failures, OwnMeasure
from sim.scenario.load import Resolved

if TYPE_CHECKING:
    import polars as pl

    from sim.records.results.summary import Watcher
    from sim.studies.running.result import Run


@dataclass(frozen=True)
class Side:
    """What a comparison needs to know of a run.

    headline: the outcomes that its scenario reports. seconds: what a replicate took, None where
    that is unknown. own: outcomes of the case and of the user.
    """

    label: str
    table: pl.DataFrame
    entropy: str
    register: str
    model: str
    headline: tuple[str, ...] = ()
    failed: Failures | None = None
    seconds: float | None = None
    own: Mapping[str, OwnMeasure] = field(default_factory=dict)


def side_of(
    name: str,
    replicates: int | None = None,
    entropy: int | None = None,
    jobs: int | None = None,
    watch: Watcher | None = None,
) -> Side:
    """Return a run folder as a side of a comparison, or run the scenario of this name or file now.

    Raises:
        InputError: there is neither such a folder nor such a scenario.
    """
    if Path(name).is_dir():
        return _stored_side(name)
    from sim.studies.running.run import run

    return side(run(name, replicates=replicates, entropy=entropy, jobs=jobs, watch=watch))


def side(run: Run | Side | Resolved | Path | str) -> Side:
    """Return a run, a run folder or a scenario as a side; a scenario is run now.

    Raises:
        InputError: it is none of these.
    """
    if isinstance(run, Side):
        return run
    if isinstance(run, Resolved):
        from sim.studies.running.run import run as play

        return side(play(run))
    if isinstance(run, Path | str):
        return side_of(str(run))
    if not hasattr(run, "resolved"):
        raise InputError(f"{run!r:.60} is no run, run folder or scenario to compare")
    from sim.replicate.build import more_measures
    from sim.storage.version import model_digest

    headline = run.resolved.scenario.measures.report
    return Side(
        run.called,
        run.table(),
        hex(run.entropy),
        run.register_digest,
        model_digest(),
        headline,
        run.failed,
        run.seconds / run.computed if run.computed else None,
        more_measures(run.resolved),
    )


def _stored_side(path: Path | str) -> Side:
    from sim.storage.folder import read_folder

    folder = read_folder(path)
    facts = folder.manifest
    headline = tuple(folder.scenario.get("scenario", {}).get("measures", {}).get("report", ()))
    failed, told = None, facts.get("failures", ())
    if told:
        first = told[0]
        failed = Failures(
            len(told),
            folder.outcomes.height,
            f"replicate {first['replicate']} of {path}",
            first["error"],
            first["relive"],
        )
    return Side(
        str(path),
        folder.outcomes,
        facts["entropy"],
        facts["register_digest"],
        facts["model_digest"],
        headline,
        failed,
        facts.get("seconds", 0.0) / max(folder.outcomes.height, 1) or None,
        stored_measures(facts),
    )


def without_failures(side: Side) -> Side:
    """Return a side without the replicates that failed; that they failed is reported where they
    ran. A table without sets is one of fixed assumptions.
    """
    import polars as pl

    good = side.table.filter(pl.col("error").is_null())
    if "set" not in good.columns:
        good = good.with_columns(pl.lit(None, dtype=pl.Int64).alias("set"))
    return replace(side, table=good)


def refuse_unpairable(a: Side, b: Side) -> None:
    """Raise ComparisonError, saying why, when replicate i of both runs does not share its luck."""
    reasons = []
    if a.entropy != b.entropy:
        reasons.append(f"other entropy ({a.entropy} and {b.entropy})")
    if a.register != b.register:
        reasons.append(
            "other registers of polling tables, whose random numbers belong to other tables"
        )
    if a.model != b.model:
        reasons.append("other versions of the model")
    if not set(a.table["replicate"]) & set(b.table["replicate"]):
        reasons.append("no replicate in common")
    if reasons:
        raise ComparisonError(
            f"{a.label} and {b.label} cannot be paired: {'; '.join(reasons)}. "
            "Run both with the same --entropy, or compare them as independent runs with --unpaired"
        )


def matched(a: Side, b: Side) -> tuple[pl.DataFrame, pl.DataFrame]:
    common = a.table.join(b.table, on="replicate", how="semi").sort("replicate")
    other = b.table.join(a.table, on="replicate", how="semi").sort("replicate")
    return common, other
