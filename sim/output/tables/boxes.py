"""A discovered box in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.studies.discover import Discovery, Restriction


def box_words(found: Discovery) -> list[str]:
    """Return sentences for an object with the fields of `sim.studies.discover.Discovery`."""
    event = found.interest.words()
    lines = [
        f"Event: {event}. Over the whole design of {found.points} points it happens in "
        f"{_share(found.base)} of replicates."
    ]
    if not found.reached:
        lines.append(
            f"No box on the path reaches a chance of {_share(found.wanted)}; this is the densest."
        )
    lines += [
        f"Density: inside the box the event happens in {_between(found.density)} of replicates.",
        f"Coverage: the box holds {_between(found.coverage)} of all replicates with the event.",
        f"Size: {_between(found.mass)} of the points lie in it.",
    ]
    if not found.restrictions:
        return [*lines, "The box restricts nothing: no part of the design stands out."]
    lines.append(f"The box restricts {len(found.restrictions)} of the inputs:")
    lines += [f"  {_restriction(restriction)}" for restriction in found.restrictions]
    lines.append(
        f"In brackets: 90 % of {found.resamples} boxes, each searched anew after drawing the "
        f"{found.replicates} replicates with "
        "replacement, the same for all points. A figure near the end of its bracket owes "
        "something to luck."
    )
    return lines


def _share(value: float) -> str:
    return f"{100 * value:.0f} %"


def _between(triple: tuple[float, float, float]) -> str:
    return f"{_share(triple[0])} ({_share(triple[1])} to {_share(triple[2])})"


def _restriction(restriction: Restriction) -> str:
    often = f"; restricted in {_share(restriction.often_share)} of these searches"
    if restriction.allowed:
        return f"{restriction.path} is {' or '.join(map(str, restriction.allowed))}{often}"
    parts = [
        f"{word} {end[0]:.4g} ({end[1]:.4g} to {end[2]:.4g})"
        for word, end in (("at least", restriction.low), ("at most", restriction.high))
        if end is not None
    ]
    return f"{restriction.path} {' and '.join(parts)}{often}"
