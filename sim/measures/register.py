"""All outcomes, written by hand: what each declares, and the function that reads it off a finished
replicate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.errors import InputError
from sim.measures.base import Compute
from sim.measures.electoral import ELECTORAL
from sim.measures.monitoring import MONITORING
from sim.measures.strategy import STRATEGY
from sim.records.results.outcome import Measure, OwnMeasure

_ALL: dict[str, tuple[Measure, Compute]] = {**STRATEGY, **ELECTORAL, **MONITORING}
ORDER = ("negotiation", "election", "monitoring", "aftermath")

MEASURES: dict[str, Measure] = {
    name: measure
    for group in ORDER
    for name, (measure, _) in _ALL.items()
    if measure.group == group
}
COMPUTE: dict[str, Compute] = {name: _ALL[name][1] for name in MEASURES}


def as_list(names: Sequence[str], what: str) -> Sequence[str]:
    """Return the names, or refuse one text where a list belongs.

    Raises:
        InputError: a text, whose letters would be taken for names.
    """
    if isinstance(names, str) or not all(isinstance(name, str) for name in names):
        raise InputError(f"{what} is a list of names: write [{names!r}]")
    return names


def measures_with(own: Mapping[str, OwnMeasure]) -> Mapping[str, Measure]:
    """Return all outcomes, a user's own after those of the register."""
    return {**MEASURES, **{name: one.measure for name, one in own.items()}} if own else MEASURES


def known_outcomes(
    outcomes: Sequence[str] | None, measures: Mapping[str, Measure] = MEASURES
) -> list[str]:
    """Return the names asked for, or all of `measures`.

    Raises:
        InputError: no outcome has this name; names the nearest.
    """
    for name in as_list(outcomes or (), "outcomes"):
        if name not in measures:
            from difflib import get_close_matches

            near = get_close_matches(name, list(measures), 1)
            raise InputError(
                f"no outcome {name!r}"
                + (f"; did you mean {near[0]!r}?" if near else " (see `sim list outcomes`)")
            )
    return list(outcomes or measures)
