"""Which assumptions move the outcomes of a run: rank correlations of the set means with the values
that each set drew. It reads a run that is there; nothing is computed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from sim.errors import InputError
from sim.measures.register import known_outcomes
from sim.models.numbers.ranks import chance_threshold, rank_correlations
from sim.models.numbers.sets import LEAST_SETS, Floats, Ints
from sim.records.results.assumptions import AssumedRange, Assumptions, Mover
from sim.records.results.outcome import Measure, Value
from sim.records.results.summary import SummaryLine
from sim.rng import Streams, generator
from sim.scenario.drawn.assumptions import Assumption, draw_assumptions
from sim.studies.running.result import Run
from sim.studies.summary import Sets, present_sets, summarise

MATTER_MOST = 5
PERMUTATIONS = "assumptions/permutations"
ANY = 20240702
"""Entropy of the permutations: the same run gives the same list."""


def assumptions(run: Run, outcomes: Sequence[str] = ()) -> Assumptions:
    """Return how far the assumptions let the outcomes of a run move, and which of them do.

    outcomes: names; default the headline outcomes of the scenario, or all where none is stated.

    Raises:
        InputError: assumptions are fixed, or the run has fewer than 10 sets.
    """
    sets = run.sets()
    if not sets or None in sets:
        raise InputError('assumptions are fixed here; set run.assumptions = "drawn"')
    number = len(set(sets))
    if number < LEAST_SETS:
        raise InputError(
            f"{number} sets of assumptions say nothing of them; take 40 replicates or more"
        )
    names = outcomes or run.resolved.scenario.measures.report or tuple(run.measures)
    drawn = run.resolved.assumptions
    about_them = [run.measures[name] for name in known_outcomes(names, run.measures)]
    ranges = ranges_of(drawn, run.entropy, run.columns(), sets, about_them)
    about = run.resolved.name, run.rows.height, number, len(drawn)
    return Assumptions(*about, tuple(ranges), run.failed)


def ranges_of(
    drawn: Mapping[str, Assumption],
    entropy: int,
    columns: Mapping[str, Sequence[Value]],
    sets: Sets,
    measures: Sequence[Measure],
) -> Iterator[AssumedRange]:
    """Yield the range of each outcome, or of each category of it, with what moves it."""
    numbers = sorted({number for number in sets if number is not None})
    inputs = drawn_values(drawn, entropy, numbers)
    for line in summarise(measures, columns, 0, sets):
        if line.assumed_low is not None:
            column = columns[line.outcome]
            which = present_sets(column, sets)
            assert which is not None
            yield _range(line, set_means(column, which, line.category), inputs, numbers, [*drawn])


def drawn_values(drawn: Mapping[str, Assumption], entropy: int, numbers: Sequence[int]) -> Floats:
    """Return (sets, assumptions) the values that these sets drew."""
    rows = [list(draw_assumptions(drawn, Streams(entropy, n)).values()) for n in numbers]
    return np.array(rows, dtype=np.float64).reshape(len(numbers), len(drawn))


def set_means(column: Sequence[Value], which: Ints, category: str) -> dict[int, float]:
    """Return the mean of an outcome, or how often it is of a category, in each set in which it
    exists.
    """
    present = [value for value in column if value is not None]
    numbers = [value == category for value in present] if category else present
    values = np.array(numbers, dtype=np.float64)
    found, places, sizes = np.unique(which, return_inverse=True, return_counts=True)
    means = np.bincount(places, weights=values) / sizes
    return {int(number): float(mean) for number, mean in zip(found, means, strict=True)}


def _range(
    line: SummaryLine,
    means: Mapping[int, float],
    inputs: Floats,
    numbers: Sequence[int],
    paths: Sequence[str],
) -> AssumedRange:
    assert line.estimate is not None
    assert line.assumed_low is not None
    assert line.assumed_high is not None
    there = [place for place, number in enumerate(numbers) if number in means]
    x, y = inputs[there], np.array([means[numbers[place]] for place in there])
    moves = x.shape[1] > 0 and np.ptp(y) > 0
    threshold = chance_threshold(x, y, generator(ANY, PERMUTATIONS)) if moves else 1.0
    correlations = rank_correlations(x, y) if moves else np.zeros(0)
    top = np.argsort(-np.abs(correlations), kind="stable")[:MATTER_MOST]
    movers = tuple(
        Mover(paths[k], float(correlations[k])) for k in top if abs(correlations[k]) > threshold
    )
    ends = line.estimate, line.assumed_low, line.assumed_high, line.assumptions_decide
    return AssumedRange(line.outcome, line.category, line.unit, *ends, threshold, movers)
