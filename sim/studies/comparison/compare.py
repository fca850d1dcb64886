"""Compare two runs outcome by outcome, with a verdict for each (see sim/studies/equivalence.py) at
a stated error rate.

Under common random numbers replicate i of both runs shares its luck, so differences are taken
replicate by replicate. The error rate is that of calling any outcome different when none is. It is
shared equally (Bonferroni) over the comparisons that could be called different at all: those in
which every replicate is equal cannot, and take no share (Tarone 1990, Biometrics 46).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sim.errors import ComparisonError, InputError, ReplicateError
from sim.measures.own import GROUP
from sim.measures.register import as_list, measures_with
from sim.records.results.outcome import Measure
from sim.studies.comparison.pieces import pieces_of, row_of, settled
from sim.studies.comparison.result import Comparison, Comparisons
from sim.studies.comparison.sides import Side, matched, refuse_unpairable, side, without_failures

if TYPE_CHECKING:
    from sim.scenario.load import Resolved
    from sim.studies.running.result import Run


def compare(
    a: Run | Side | Resolved | Path | str,
    b: Run | Side | Resolved | Path | str,
    *,
    outcomes: Sequence[str] | None = None,
    everything: bool = False,
    equivalence: Mapping[str, float] | None = None,
    alpha: float = 0.05,
    paired: bool = True,
) -> Comparison:
    """Compare run b with run a: runs, run folders, or scenarios that are run now.

    Args:
        outcomes: names; default the headline outcomes of the scenarios ([measures].report), or all
        where none is stated. everything: all outcomes that both runs have. equivalence: outcome ->
        margin in its unit; default 0.02 for probabilities and shares, a tenth of run a's standard
            deviation (run b's where a does not vary) for other numbers (assumption).
        alpha: chance to call at least one outcome different when none is.
        paired: replicate by replicate under common random numbers; False compares independent runs.

    Raises:
        ComparisonError: the runs cannot be paired (other entropy, other register), or share no
        outcome. ReplicateError: no replicate is left to compare, because they failed.
    """
    if not 0 < alpha <= 0.5:
        raise InputError(f"alpha = {alpha:g}: an error rate lies above 0 and at most at 0.5")
    left, right = side(a), side(b)
    measures = measures_with({**left.own, **right.own})
    names, family = _family(left, right, outcomes, everything, measures)
    _known_margins(equivalence or {}, measures)
    if paired:
        refuse_unpairable(left, right)
    failed = tuple(side.failed for side in (left, right) if side.failed is not None)
    left, right = without_failures(left), without_failures(right)
    tables = matched(left, right) if paired else (left.table, right.table)
    pieces = [p for name in names for p in pieces_of(measures[name], *tables, paired)]
    if not pieces and failed:
        raise ReplicateError("\n".join(side.words() for side in failed))
    if not pieces:
        raise ComparisonError("no replicate has any of these outcomes in both runs")
    tested = sum(not (np.array_equal(p.a, p.b) if paired else settled(p)) for p in pieces)
    about = equivalence or {}, alpha / max(tested, 1), paired
    rows = [row_of(piece, measures[piece.name], *about) for piece in pieces]
    n, sets = min(tables[0].height, tables[1].height), tables[0]["set"].n_unique()
    sets = 0 if tables[0]["set"].null_count() else sets
    return Comparison(paired, alpha, n, tested, family, rows, failed, sets)


def compare_all(
    base: Run | Side | Resolved | Path | str,
    *others: Run | Side | Resolved | Path | str,
    outcomes: Sequence[str] | None = None,
    everything: bool = False,
    equivalence: Mapping[str, float] | None = None,
    alpha: float = 0.05,
    paired: bool = True,
) -> Comparisons:
    """Compare each alternative with one base, as `compare` does; alpha is shared equally among
    them.

    Raises:
        InputError: no alternative. ComparisonError, ReplicateError: as `compare`.
    """
    if not others:
        raise InputError("name the base, then one alternative or more")
    left, rights = side(base), [side(one) for one in others]
    found = [
        compare(
            left,
            right,
            outcomes=outcomes,
            everything=everything,
            equivalence=equivalence,
            alpha=alpha / len(rights),
            paired=paired,
        )
        for right in rights
    ]
    names, seconds = _names([right.label for right in rights]), (r.seconds for r in rights)
    return Comparisons(left.label, names, tuple(found), alpha, tuple(seconds))


def _names(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the labels, those that occur twice with their place."""
    return tuple(
        f"{label} ({place})" if labels.count(label) > 1 else label
        for place, label in enumerate(labels, 1)
    )


def _known_margins(margins: Mapping[str, float], measures: Mapping[str, Measure]) -> None:
    for name in margins:
        if name not in measures:
            from difflib import get_close_matches

            near = get_close_matches(name, list(measures), 1)
            raise InputError(
                f"margin of an unknown outcome {name!r}"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )


def _family(
    a: Side,
    b: Side,
    outcomes: Sequence[str] | None,
    everything: bool,
    measures: Mapping[str, Measure],
) -> tuple[list[str], str]:
    """Return the outcomes to compare, and what they are, in words."""
    both = [name for name in measures if name in a.table.columns and name in b.table.columns]
    for name in as_list(outcomes or (), "outcomes"):
        if name not in both:
            from difflib import get_close_matches

            near = get_close_matches(name, both, 1)
            raise InputError(
                f"no outcome {name!r} in both runs"
                + (f"; did you mean {near[0]!r}?" if near else "")
            )
    if outcomes:
        return list(dict.fromkeys(outcomes)), "the outcomes named"
    named = dict.fromkeys([*a.headline, *b.headline])
    users = [name for name, one in a.own.items() if one.measure.group == GROUP]
    headline = [name for name in [*named, *users] if name in both]
    if everything or not headline:
        return both, "every outcome that both runs have"
    alike = a.headline == b.headline
    return (
        headline,
        f"the headline outcomes of {'the scenario' if alike else 'both scenarios'} "
        "([measures].report)",
    )
