"""What `sim audit` prints: the answer in a sentence, the other methods in a small table, notes; and
the same as JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sim.fieldwork.audit.answer import Measured, NextRound, Size
from sim.fieldwork.audit.draw import Draw
from sim.output.tables.grid import Column, Grid

ONE = {"ballots": "ballot", "batches": "batch"}


def sizes_table(sizes: Sequence[Size], risk_limit: float) -> Grid:
    """Return the sizes of a plan, one method a line."""
    columns = (Column("method"), Column("draw", right=True), Column("", 1, prose=True))
    rows = [(size.method, _many(size.size, size.unit), size.note) for size in sizes]
    return Grid(columns, rows, f"risk limit {risk_limit:g}")


def _many(n: int, unit: str) -> str:
    return f"{n:,} {ONE[unit] if n == 1 else unit}"


def verdict(found: Measured) -> str:
    """Return the answer in one sentence."""
    state = "confirmed" if found.confirmed else "not confirmed"
    attained = f"attained risk {risk(found.attained_risk)}"
    by = f"{found.method}, {_many(found.drawn, found.unit)} drawn"
    limit = f"at a risk limit of {found.risk_limit:g}"
    return f"{found.winner} is {state} as the winner {limit}: {attained} ({by})."


def risk(value: float) -> str:
    """Return a risk with three digits; never rounded down to a limit."""
    return f"{value:.3g}"


def further(found: Measured) -> list[str]:
    """Return what else there is to say: the next round, the worst split, notes, and the other
    methods without a verdict.
    """
    said = [f"Next round: {_next(found.next_round, found.unit)}"] if found.next_round else []
    if found.split:
        shares = ", ".join(f"{votes:,} in {name}" for name, votes in found.split.items())
        said.append(f"The risk is reached where the margin is overstated by {shares} (votes).")
    said += [f"{note[0].upper()}{note[1:]}." for note in found.notes]
    if found.compared:
        others = ", ".join(f"{c.method} {risk(c.attained_risk)}" for c in found.compared)
        said.append(f"For comparison, without a verdict: {others}.")
    return said


def _next(coming: NextRound, unit: str) -> str:
    if coming.full:
        left = (
            f"the one {ONE[unit]} that is"
            if coming.further == 1
            else (f"all {coming.further:,} {unit} that are")
        )
        return f"{left} left; {coming.note}."
    unit = ONE[unit] if coming.further == 1 else unit
    ends = "" if coming.chance is None else f", enough with chance {coming.chance:g}"
    return f"{coming.further:,} more {unit}{ends}, {coming.note}."


def measured_json(found: Measured) -> dict[str, object]:
    """Return the answer as plain data."""
    coming = None if found.next_round is None else asdict(found.next_round)
    return {
        "risk_limit": found.risk_limit,
        "reported_winner": found.winner,
        "method": found.method,
        "attained_risk": found.attained_risk,
        "confirmed": found.confirmed,
        "drawn": found.drawn,
        "unit": found.unit,
        "next_round": coming,
        "split": found.split or None,
        "for_comparison": [asdict(c) for c in found.compared],
        "notes": list(found.notes),
    }


def sizes_json(sizes: Sequence[Size], risk_limit: float) -> dict[str, object]:
    """Return the sizes of a plan as plain data."""
    return {"risk_limit": risk_limit, "methods": [asdict(size) for size in sizes]}


def draw_json(found: Draw, seed: str) -> dict[str, object]:
    """Return the draws as plain data."""
    return {
        "seed": seed,
        "rule": found.rule,
        "unit": found.unit,
        "of": found.of,
        "draws": [asdict(d) for d in found.draws],
    }
