"""The table of influence: a row for each option that is forced, a column for each outcome."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sim.output.tables.comparison import signed
from sim.output.tables.grid import Column, Grid

if TYPE_CHECKING:
    from sim.studies.influence import Effect, Influence, Influences

NONE = "0"


def influence_table(found: Influences, *, everything: bool = False) -> Grid:
    """Return the table; options that change no replicate are left out unless asked for."""
    rows = [row for row in found.rows if everything or row.moves]
    keys = dict.fromkeys((e.outcome, e.category) for row in rows for e in row.effects)
    heads = [f"{outcome}\n{category}" if category else outcome for outcome, category in keys]
    columns = [Column("forced"), *(Column(head, right=True) for head in heads)]
    how = "the strategic layer alone" if found.alone else "the whole model"
    title = f"{found.scenario}: what each option changes, {found.replicates} replicates, {how}"
    cells = [_cells(row, list(keys)) for row in rows]
    return Grid(columns, cells, title, blocks=True, keys=1)


def _cells(row: Influence, keys: Sequence[tuple[str, str]]) -> list[str]:
    at = {(effect.outcome, effect.category): effect for effect in row.effects}
    return [f"{row.decision} = {row.option}", *(_cell(at.get(key)) for key in keys)]


def _cell(effect: Effect | None) -> str:
    if effect is None:
        return "-"
    if not effect.changed:
        return NONE
    middle, low, high = (
        signed(x, effect.unit) for x in (effect.difference, effect.low, effect.high)
    )
    return f"{middle} ({low} to {high})"


def still_words(found: Influences) -> str:
    """Return which options change no replicate, "" where all change some."""
    still = [f"{row.decision} = {row.option}" for row in found.rows if not row.moves]
    if not still:
        return ""
    return f"Nothing changes in these outcomes ({len(still)} of {len(found.rows)} options): " + (
        ", ".join(still)
    )
