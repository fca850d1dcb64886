"""Compare two runs outcome by outcome, with a verdict for each (see sim/studies/equivalence.py) at
a stated error rate.

Under common random numbers replicate i of both runs shares its luck, so differences are taken
replicate by replicate. The error rate is that of calling any outcome different when none is. It is
shared equally (Bonferroni) over the comparisons that could be called different at all: those in
which every replicate is equal cannot, and take no share (Tarone 1990, Biometrics 46).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.errors import ComparisonError, InputError, ReplicateError
from sim.measures.register import MEASURES
from sim.records.results.drawn import Drawn
from sim.records.results.outcome import Failures
from sim.studies.equivalence import (
    ALIKE,
    DIFFERENT,
    SAME,
    UNDECIDED,
    Difference,
    Sets,
    difference,
    distance,
    no_spread,
)

if TYPE_CHECKING:
    import polars as pl

    from sim.records.results.summary import Watcher
    from sim.studies.run import Run

SHARE_MARGIN = 0.02
SPREAD_MARGIN = 0.10


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome (or one category of it) in both runs.

    margin_given: the margin was named by the caller. distance: Wasserstein, or total variation for
    a category outcome.
    """

    outcome: str
    category: str
    unit: str
    result: Difference
    margin_given: bool
    distance: float
    missing_a: int
    missing_b: int


@dataclass(frozen=True, repr=False)
class Comparison(Drawn):
    """All outcomes compared.

    alpha: the error rate over all of them together; comparisons: over how many it is shared.
    family: what was compared, in words. failed: replicates of each side that failed and say nothing
    here. sets: of assumptions, from whose means the intervals come; 0 where they are fixed.
    """

    paired: bool
    alpha: float
    n: int
    comparisons: int
    family: str
    rows: list[Compared]
    failed: tuple[Failures, ...] = ()
    sets: int = 0

    def in_short(self) -> str:
        """Return the verdict and what it rests on."""
        how = "pairs of" if self.paired else "unpaired"
        return f"{self.verdict}: {len(self.rows)} rows compared over {self.n:,} {how} replicates"

    @property
    def verdict(self) -> str:
        """Return "different" if any outcome differs, else "undecided", "alike" or "same within
        margin", the weakest found.
        """
        if any(row.result.differs for row in self.rows):
            return DIFFERENT
        found = {row.result.verdict for row in self.rows}
        return UNDECIDED if UNDECIDED in found else ALIKE if ALIKE in found else SAME

    @property
    def counts(self) -> dict[str, int]:
        """Return how many comparisons have each verdict."""
        return dict(Counter(row.result.verdict for row in self.rows))

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "verdict": self.verdict,
            "paired": self.paired,
            "alpha": self.alpha,
            "replicates": self.n,
            "failures": sum(failed.failed for failed in self.failed),
            "family": self.family,
            "comparisons": self.comparisons,
            "sets": self.sets,
            "rows": [asdict(row) for row in self.rows],
        }


@dataclass(frozen=True)
class Side:
    """What a comparison needs to know of a run.

    headline: the outcomes that its scenario reports.
    """

    label: str
    table: pl.DataFrame
    entropy: str
    register: str
    model: str
    headline: tuple[str, ...] = ()
    failed: Failures | None = None


def compare(
    a: Run | Side | Path | str,
    b: Run | Side | Path | str,
    *,
    outcomes: Sequence[str] | None = None,
    everything: bool = False,
    margins: Mapping[str, float] | None = None,
    alpha: float = 0.05,
    paired: bool = True,
) -> Comparison:
    """Compare run b with run a (Run objects or run folders).

    Args:
        outcomes: names; default the headline outcomes of the scenarios ([measures].report), or all
        where none is stated. everything: all outcomes that both runs have. margins: outcome ->
        margin in its unit; default 0.02 for probabilities and shares, a tenth of run a's standard
            deviation (run b's where a does not vary) for other numbers (assumption).
        alpha: chance to call at least one outcome different when none is.
        paired: replicate by replicate under common random numbers; False compares independent runs.

    Raises:
        ComparisonError: the runs cannot be paired (other entropy, other register), or share no
        outcome. ReplicateError: no replicate is left to compare, because they failed.
    """
    left, right = (one if isinstance(one, Side) else _side(one) for one in (a, b))
    names, family = _family(left, right, outcomes, everything)
    _known_margins(margins or {})
    if paired:
        refuse_unpairable(left, right)
    failed = tuple(side.failed for side in (left, right) if side.failed is not None)
    left, right = _without_failures(left), _without_failures(right)
    tables = _matched(left, right) if paired else (left.table, right.table)
    pieces = [piece for name in names for piece in _pieces(name, *tables, paired)]
    if not pieces and failed:
        raise ReplicateError("\n".join(side.words() for side in failed))
    if not pieces:
        raise ComparisonError("no replicate has any of these outcomes in both runs")
    tested = sum(not (np.array_equal(p.a, p.b) if paired else _settled(p)) for p in pieces)
    rows = [_row(piece, margins or {}, alpha / max(tested, 1), paired) for piece in pieces]
    n, sets = min(tables[0].height, tables[1].height), tables[0]["set"].n_unique()
    sets = 0 if tables[0]["set"].null_count() else sets
    return Comparison(paired, alpha, n, tested, family, rows, failed, sets)


def _settled(piece: Piece) -> bool:
    """Return whether two unpaired samples hold one and the same value throughout, so that they
    cannot be called different.
    """
    return no_spread(piece.a, piece.b, paired=False) and piece.a[0] == piece.b[0]


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


def _side(run: Run | Path | str) -> Side:
    if isinstance(run, Path | str):
        return _stored_side(run)
    from sim.storage.version import model_digest

    headline = run.resolved.scenario.measures.report
    return Side(
        run.resolved.name,
        run.table(),
        hex(run.entropy),
        run.register_digest,
        model_digest(),
        headline,
        run.failed,
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
    )


def _without_failures(side: Side) -> Side:
    """Return a side without the replicates that failed; that they failed is reported where they
    ran. A table without sets is one of fixed assumptions.
    """
    import polars as pl

    good = side.table.filter(pl.col("error").is_null())
    if "set" not in good.columns:
        good = good.with_columns(pl.lit(None, dtype=pl.Int64).alias("set"))
    return replace(side, table=good)


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
        return _side(name)
    from sim.studies.run import run

    return _side(run(name, replicates=replicates, entropy=entropy, jobs=jobs, watch=watch))


def _known_margins(margins: Mapping[str, float]) -> None:
    for name in margins:
        if name not in MEASURES:
            from difflib import get_close_matches

            near = get_close_matches(name, list(MEASURES), 1)
            raise InputError(
                f"margin of an unknown outcome {name!r}"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )


def _matched(a: Side, b: Side) -> tuple[pl.DataFrame, pl.DataFrame]:
    common = a.table.join(b.table, on="replicate", how="semi").sort("replicate")
    other = b.table.join(a.table, on="replicate", how="semi").sort("replicate")
    return common, other


def _family(
    a: Side, b: Side, outcomes: Sequence[str] | None, everything: bool
) -> tuple[list[str], str]:
    """Return the outcomes to compare, and what they are, in words."""
    both = [name for name in MEASURES if name in a.table.columns and name in b.table.columns]
    for name in outcomes or ():
        if name not in both:
            from difflib import get_close_matches

            near = get_close_matches(name, both, 1)
            raise InputError(
                f"no outcome {name!r} in both runs"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )
    if outcomes:
        return list(dict.fromkeys(outcomes)), "the outcomes named"
    headline = [name for name in dict.fromkeys([*a.headline, *b.headline]) if name in both]
    if everything or not headline:
        return both, "every outcome that both runs have"
    alike = a.headline == b.headline
    return (
        headline,
        f"the headline outcomes of {'the scenario' if alike else 'both scenarios'} "
        "([measures].report)",
    )


class Piece(NamedTuple):
    """What one comparison is of: an outcome, or one category of it, in both runs."""

    name: str
    category: str
    a: NDArray[np.float64]
    b: NDArray[np.float64]
    binary: bool
    distance: float
    missing_a: int
    missing_b: int
    sets: Sets = (None, None)


EXISTS = "(exists)"


def _pieces(name: str, a: pl.DataFrame, b: pl.DataFrame, paired: bool) -> list[Piece]:
    """Return what is compared for one outcome: whether it exists (where it may not), and its value
    where it exists in both.

    A value is one number, or one 0/1 column for each category.
    """
    left, right, sets = a[name], b[name], (a["set"], b["set"])
    missing = (left.null_count(), right.null_count())
    found: list[Piece] = []
    if any(missing) and missing != (len(left), len(right)):
        x, y = ones(left.is_not_null()), ones(right.is_not_null())
        gap = abs(float(x.mean() - y.mean()))
        found.append(Piece(name, EXISTS, x, y, True, gap, *missing, numbers(*sets)))
    keep = left.is_not_null(), right.is_not_null()
    if paired:
        keep = (keep[0] & keep[1],) * 2
    left, right = left.filter(keep[0]), right.filter(keep[1])
    if len(left) == 0 or len(right) == 0:
        return found
    both, kind = numbers(sets[0].filter(keep[0]), sets[1].filter(keep[1])), MEASURES[name].kind
    if kind != "category":
        x, y = ones(left), ones(right)
        return [*found, Piece(name, "", x, y, kind == "bool", distance(x, y), *missing, both)]
    columns = [(c, ones(left == c), ones(right == c)) for c in sorted({*left, *right})]
    variation = 0.5 * sum(abs(float(x.mean() - y.mean())) for _, x, y in columns)
    return [*found, *(Piece(name, c, x, y, True, variation, *missing, both) for c, x, y in columns)]


def numbers(a: pl.Series, b: pl.Series) -> Sets:
    """Return the numbers of the sets of both runs, None where assumptions are fixed."""
    first, second = (None if one.null_count() else one.to_numpy() for one in (a, b))
    return first, second


def ones(column: pl.Series) -> NDArray[np.float64]:
    """Return a column as numbers; yes is 1."""
    return np.asarray(column.cast(float).to_numpy(), dtype=np.float64)


def _row(piece: Piece, margins: Mapping[str, float], alpha: float, paired: bool) -> Compared:
    measure = MEASURES[piece.name]
    unit = "share" if piece.binary else measure.unit
    spread = float(np.std(piece.a)) or float(np.std(piece.b))
    default = SHARE_MARGIN if unit == "share" else SPREAD_MARGIN * spread
    # a margin is in the unit of the outcome's values
    stated = piece.name in margins and piece.category != EXISTS
    margin = margins[piece.name] if stated else default
    result = difference(
        piece.a, piece.b, margin, alpha, paired=paired, binary=piece.binary, sets=piece.sets
    )
    return Compared(
        piece.name,
        piece.category,
        unit,
        result,
        stated,
        piece.distance,
        piece.missing_a,
        piece.missing_b,
    )
