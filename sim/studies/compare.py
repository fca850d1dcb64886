"""Compare two runs outcome by outcome, with a verdict {same within margin, different, undecided} at
a stated error rate.

Under common random numbers replicate i of both runs shares its luck, so differences are taken
replicate by replicate. The error rate is that of calling any outcome different when none is: it is
shared over the comparisons made (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from sim.errors import ComparisonError, InputError
from sim.measures.register import MEASURES
from sim.studies.equivalence import DIFFERENT, SAME, UNDECIDED, Difference, difference, distance

if TYPE_CHECKING:
    import polars as pl

    from sim.studies.run import Run

SHARE_MARGIN = 0.02
SPREAD_MARGIN = 0.10


@dataclass(frozen=True, slots=True)
class Compared:
    """One outcome (or one category of it) in both runs.

    distance: Wasserstein, or total variation for a category outcome.
    """

    outcome: str
    category: str
    unit: str
    result: Difference
    distance: float
    missing_a: int
    missing_b: int


@dataclass(frozen=True)
class Comparison:
    """All outcomes compared. `alpha` is the error rate over all of them together."""

    paired: bool
    alpha: float
    n: int
    comparisons: int
    rows: list[Compared]

    @property
    def verdict(self) -> str:
        """Return "different" if any outcome is, "undecided" if any is, else "same within
        margin".
        """
        found = {row.result.verdict for row in self.rows}
        return DIFFERENT if DIFFERENT in found else UNDECIDED if UNDECIDED in found else SAME

    def as_json(self) -> dict[str, Any]:
        """Return the comparison as plain data."""
        return {
            "verdict": self.verdict,
            "paired": self.paired,
            "alpha": self.alpha,
            "replicates": self.n,
            "comparisons": self.comparisons,
            "rows": [asdict(row) for row in self.rows],
        }


@dataclass(frozen=True)
class Side:
    """What a comparison needs to know of a run."""

    label: str
    table: pl.DataFrame
    entropy: str
    register: str
    model: str


def compare(
    a: Run | Side | Path | str,
    b: Run | Side | Path | str,
    *,
    outcomes: Sequence[str] | None = None,
    margins: Mapping[str, float] | None = None,
    alpha: float = 0.05,
    paired: bool = True,
) -> Comparison:
    """Compare run b with run a (Run objects or run folders).

    Args:
        outcomes: names; default all outcomes that both runs have. margins: outcome -> margin in its
        unit; default 0.02 for probabilities and shares, a tenth of run a's standard
            deviation for other numbers (assumption).
        alpha: chance to call at least one outcome different when none is.
        paired: replicate by replicate under common random numbers; False compares independent runs.

    Raises:
        ComparisonError: the runs cannot be paired (other entropy, other register), or share no
        outcome.
    """
    left, right = (one if isinstance(one, Side) else _side(one) for one in (a, b))
    _known_margins(margins or {})
    if paired:
        refuse_unpairable(left, right)
    columns = _columns(left, right, outcomes)
    left, right = _without_failures(left), _without_failures(right)
    tables = _matched(left, right) if paired else (left.table, right.table)
    pieces = [piece for name in columns for piece in _pieces(name, *tables, paired)]
    if not pieces:
        raise ComparisonError("no replicate has any of these outcomes in both runs")
    share = alpha / len(pieces)
    rows = [_row(piece, margins or {}, share, paired) for piece in pieces]
    return Comparison(paired, alpha, min(tables[0].height, tables[1].height), len(pieces), rows)


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
        from sim.storage.folder import read_folder

        folder = read_folder(run)
        facts = folder.manifest
        return Side(
            str(run),
            folder.outcomes,
            facts["entropy"],
            facts["register_digest"],
            facts["model_digest"],
        )
    from sim.storage.version import model_digest

    return Side(
        run.resolved.name, run.table(), hex(run.entropy), run.register_digest, model_digest()
    )


def _without_failures(side: Side) -> Side:
    """Return a side without the replicates that failed; that they failed is reported where they
    ran.
    """
    import polars as pl

    return replace(side, table=side.table.filter(pl.col("error").is_null()))


def side_of(
    name: str, replicates: int | None = None, entropy: int | None = None, jobs: int | None = None
) -> Side:
    """Return a run folder as a side of a comparison, or run the scenario of this name or file now.

    Raises:
        InputError: there is neither such a folder nor such a scenario.
    """
    if Path(name).is_dir():
        return _side(name)
    from sim.studies.run import run

    return _side(run(name, replicates=replicates, entropy=entropy, jobs=jobs))


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


def _columns(a: Side, b: Side, outcomes: Sequence[str] | None) -> list[str]:
    both = [name for name in MEASURES if name in a.table.columns and name in b.table.columns]
    for name in outcomes or ():
        if name not in both:
            from difflib import get_close_matches

            near = get_close_matches(name, both, 1)
            raise InputError(
                f"no outcome {name!r} in both runs"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )
    return list(outcomes) if outcomes else both


Piece = tuple[str, str, NDArray[np.float64], NDArray[np.float64], bool, float, int, int]
EXISTS = "(exists)"


def _pieces(name: str, a: pl.DataFrame, b: pl.DataFrame, paired: bool) -> list[Piece]:
    """Return what is compared for one outcome: whether it exists (where it may not), and its value
    where it exists in both.

    A value is one number, or one 0/1 column for each category.
    """
    left, right = a[name], b[name]
    missing = (left.null_count(), right.null_count())
    found: list[Piece] = []
    if any(missing) and missing != (len(left), len(right)):
        x, y = ones(left.is_not_null()), ones(right.is_not_null())
        found.append((name, EXISTS, x, y, True, abs(float(x.mean() - y.mean())), *missing))
    if paired:
        keep = left.is_not_null() & right.is_not_null()
        left, right = left.filter(keep), right.filter(keep)
    left, right = left.drop_nulls(), right.drop_nulls()
    if len(left) == 0 or len(right) == 0:
        return found
    kind = MEASURES[name].kind
    if kind != "category":
        x, y = ones(left), ones(right)
        return [*found, (name, "", x, y, kind == "bool", distance(x, y), *missing)]
    categories = sorted(set(left) | set(right))
    columns = [(c, ones(left == c), ones(right == c)) for c in categories]
    variation = 0.5 * sum(abs(float(x.mean() - y.mean())) for _, x, y in columns)
    return [*found, *((name, c, x, y, True, variation, *missing) for c, x, y in columns)]


def ones(column: pl.Series) -> NDArray[np.float64]:
    """Return a column as numbers; yes is 1."""
    return np.asarray(column.cast(float).to_numpy(), dtype=np.float64)


def _row(piece: Piece, margins: Mapping[str, float], alpha: float, paired: bool) -> Compared:
    name, category, a, b, binary, apart, missing_a, missing_b = piece
    measure = MEASURES[name]
    unit = "share" if binary else measure.unit
    default = SHARE_MARGIN if unit == "share" else SPREAD_MARGIN * max(float(np.std(a)), 1e-12)
    result = difference(a, b, margins.get(name, default), alpha, paired=paired, binary=binary)
    return Compared(name, category, unit, result, apart, missing_a, missing_b)
