"""The answers of `sim bargain` as plain objects for JSON: finite numbers, null for what is not."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim.fieldwork.bargaining.division import Divided
    from sim.fieldwork.bargaining.noise import Ranges
    from sim.fieldwork.bargaining.path import Bargained
    from sim.fieldwork.bargaining.sides import Sides

Plain = dict[str, object]


def path_json(found: Bargained) -> Plain:
    """Return a path: positions and outcomes on the user's scales, and every challenge by name."""
    names = found.table.names
    challenges = [
        asdict(c)
        | {"challenger": names[c.challenger], "target": names[c.target]}
        | {"dimension": None if c.dimension is None else found.table.dimensions[c.dimension]}
        for c in found.challenges
    ]
    return {
        "model": found.model,
        "options": found.options,
        "contested": found.contested,
        "actors": list(names),
        "dimensions": list(found.table.dimensions),
        "scales": [list(scale) for scale in found.table.scales],
        "scales_given": found.table.given,
        "reading": found.table.reading,
        "turns": len(found.positions) - 1,
        "turns_allowed": found.turns_allowed,
        "settled": found.settled,
        "baseline": found.baseline.tolist(),
        "outcome": found.outcomes[-1].tolist(),
        "outcomes": found.outcomes.tolist(),
        "positions": found.positions.tolist(),
        "probabilities": found.probabilities.tolist(),
        "risks": found.risks.tolist(),
        "challenges": challenges,
        "noise": None if found.ranges is None else _noise(found.ranges),
    }


def _noise(ranges: Ranges) -> Plain:
    low, middle, high = ranges.of_outcomes().tolist()
    positions = ranges.of_positions()
    return {
        "capability": ranges.noise.capability,
        "salience": ranges.noise.salience,
        "position": ranges.noise.position,
        "draws": ranges.noise.draws,
        "entropy": hex(ranges.noise.entropy),
        "settled": ranges.settled,
        "outcome_p5": low,
        "outcome_median": middle,
        "outcome_p95": high,
        "outcomes": ranges.outcomes.tolist(),
        "last_positions_p5": positions[0].tolist(),
        "last_positions_p95": positions[2].tolist(),
    }


def sides_json(found: Sides) -> Plain:
    """Return the frontier by name and every model's settlement."""
    table = found.table
    return {
        "sides": list(table.sides),
        "reserves": list(table.reserves),
        "agreement_possible": found.zone,
        "frontier": [
            {"package": table.packages[row], "utilities": list(table.utilities[row])}
            for row in found.frontier
        ],
        "settled": [asdict(s) | {"utilities": list(s.utilities)} for s in found.settled],
    }


def division_json(found: tuple[Divided, ...]) -> list[Plain]:
    """Return every model's shares by player."""
    return [
        {
            "model": division.model,
            "agreement_possible": division.shares is not None,
            "shares": None
            if division.shares is None
            else dict(zip(division.names, division.shares, strict=True)),
            "meaning": division.meaning,
            "notes": list(division.notes),
        }
        for division in found
    ]
