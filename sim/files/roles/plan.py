"""What a reading says: which column has which role, by what evidence. Made by the guess or by a
mapping.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.records.tally import Confirmed, Note, RunnerUp

COUNTS = (
    "registered",
    "ballots_received",
    "ballots_issued",
    "ballots_left",
    "ballots_found",
    "valid",
    "total",
    "accredited",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """Columns (0-based) by role; several columns mean their sum.

    table: columns that together name a table; () with `by_row` makes every row its own. candidates,
    invalid: (name, columns). counts: role of COUNTS -> columns. how: role -> by what it was found.
    not_placed: names of columns left over.
    """

    candidates: tuple[tuple[str, tuple[int, ...]], ...] = ()
    invalid: tuple[tuple[str, tuple[int, ...]], ...] = ()
    counts: dict[str, tuple[int, ...]] = field(default_factory=dict)
    table: tuple[int, ...] = ()
    by_row: bool = False
    centre: tuple[int, ...] = ()
    region: tuple[int, ...] = ()
    stratum: int | None = None
    sample: int | None = None
    hours: int | None = None
    past_share: int | None = None
    how: dict[str, str] = field(default_factory=dict)
    confirmed: tuple[Confirmed, ...] = ()
    runner_up: RunnerUp | None = None
    not_placed: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    guessed: bool = True

    @property
    def chosen(self) -> tuple[int, ...]:
        """Return the columns of all candidates."""
        return tuple(k for _, columns in self.candidates for k in columns)

    @property
    def invalid_columns(self) -> tuple[int, ...]:
        """Return the columns of all invalid kinds."""
        return tuple(k for _, columns in self.invalid for k in columns)
