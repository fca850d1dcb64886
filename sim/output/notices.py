"""What `sim run` adds below its table: how far the assumptions let each headline outcome move,
where that was computed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.disk.sealed import read_json, unseal
from sim.errors import DamageError
from sim.output.tables import number
from sim.records.assumptions import FORMAT, assumptions_name

if TYPE_CHECKING:
    from sim.scenario.load import Resolved


def notices(resolved: Resolved) -> list[str]:
    """Return the lines, one for each headline outcome; [] where `sim sensitivity --assumptions` was
    not run here.
    """
    try:
        found = stored(resolved.name)
    except DamageError as error:
        return [f"{error}; run `sim sensitivity --assumptions {resolved.name}` again"]
    if found is None:
        return []
    headline = resolved.scenario.measures.report
    chosen = [entry for entry in found["ranges"] if not headline or entry["outcome"] in headline]
    head = (
        f"Range that the assumptions allow: central 90 % of {found['points']} points over the "
        "stated ranges of "
        f"{found['parameters']} assumptions, {found['replicates']} replicates each"
    )
    return [head + _stale(found, resolved), *(line(entry, found["parameters"]) for entry in chosen)]


def stored(scenario: str) -> dict[str, Any] | None:
    """Return what was stored for a scenario in this working folder, or None if there is nothing of
    this format.

    Raises:
        DamageError: the file is not what was written.
    """
    file = Path(assumptions_name(scenario))
    try:
        return unseal(file) if read_json(file).get("format") == FORMAT else None
    except FileNotFoundError:
        return None


def _stale(found: dict[str, Any], resolved: Resolved) -> str:
    if found["digest"] == resolved.digest:
        return ""
    return (
        f"\nSTALE: computed for digest {found['digest'][:8]}, this scenario is "
        f"{resolved.digest[:8]}; "
        f"run `sim sensitivity --assumptions {resolved.name}` again"
    )


def line(entry: dict[str, Any], parameters: int) -> str:
    """Return one outcome's range and the assumptions that matter most to it."""
    name = f"{entry['outcome']} = {entry['category']}" if entry["category"] else entry["outcome"]
    if entry["low"] == entry["high"] and entry["threshold"] == 1.0:
        return f"  {name}: {number(entry['low'], entry['unit'])} at every point"
    low, high = (number(entry[end], entry["unit"]) for end in ("low", "high"))
    if low == high:  # as printed
        return (
            f"  {name}: moves less than the Monte Carlo error of a point "
            f"({number(entry['error'], entry['unit'])})"
        )
    return (
        f"  {name}: {low} to {high} {'' if entry['unit'] == 'share' else entry['unit'] + ' '}- "
        f"{movers(entry, parameters)}"
    )


def movers(entry: dict[str, Any], parameters: int) -> str:
    """Return the assumptions that matter most, or that none stands out."""
    if not entry["movers"]:
        least = f"rank correlations below {entry['threshold']:.2f}"
        return f"no single one of {parameters} assumptions is distinguishable from chance ({least})"
    return "most by " + ", ".join(
        _mover(mover["path"], mover["correlation"]) for mover in entry["movers"]
    )


def _mover(path: str, correlation: float) -> str:
    return f"{path} ({'more' if correlation > 0 else 'less'} with more of it, {correlation:+.2f})"
