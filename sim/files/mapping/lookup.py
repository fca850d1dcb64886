"""Columns of a mapping found in a table: by header, by the last line's own words, or by number from
1.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.mapping.grammar import Conditions
from sim.files.opening.header import Table

Named = str | int


@dataclass(slots=True)
class Lookup:
    """Finds columns and collects what is missing, so that all mistakes come at once."""

    table: Table
    file: str
    problems: list[Problem] = field(default_factory=list)

    def one(self, named: Named, role: str) -> int:
        """Return a column's number, 0-based; 0 and a problem where there is none."""
        if isinstance(named, int):
            if 1 <= named <= self.table.frame.width:
                return named - 1
            self.problems.append(
                Problem(
                    f"no column {named} for {role}",
                    file=self.file,
                    hint=f"there are {self.table.frame.width}",
                )
            )
            return 0
        wanted = " ".join(named.split())
        for names in (self.table.names, [name.rpartition(" / ")[2] for name in self.table.names]):
            at = [k for k, name in enumerate(names) if name == wanted]
            if len(at) == 1:
                return at[0]
            if len(at) > 1:
                said = f"{len(at)} columns are named {named!r}, asked for {role}"
                hint = f"give the number of one: {', '.join(str(k + 1) for k in at)}"
                self.problems.append(Problem(said, file=self.file, hint=hint))
                return at[0]
        self.missing(named, role)
        return 0

    def missing(self, named: str, role: str) -> None:
        """Note a column that is not there, with the nearest that is."""
        near = get_close_matches(named, [n for n in self.table.names if n], 1)
        listed = ", ".join(map(repr, filter(None, self.table.names)))[:600]
        hint = (f"is it {near[0]!r}? " if near else "") + f"columns: {listed}"
        self.problems.append(Problem(f"no column {named!r} for {role}", file=self.file, hint=hint))

    def several(self, named: Sequence[Named], role: str) -> tuple[int, ...]:
        """Return columns' numbers."""
        return tuple(self.one(name, role) for name in named)

    def where(self, conditions: Conditions, role: str) -> NDArray[np.bool_]:
        """Return (n,) rows in which every condition holds."""
        out = np.ones(self.table.frame.height, dtype=np.bool_)
        for name, values in conditions.items():
            out &= self.table.cells(self.one(name, role)).is_in(values).to_numpy()
        return out

    def check(self) -> None:
        """Raise every problem noted so far, each once."""
        if self.problems:
            raise InputError(list({problem.message: problem for problem in self.problems}.values()))

    def shown(self, chosen: Iterable[int]) -> tuple[str, ...]:
        """Return columns' names."""
        return tuple(self.table.shown(k) for k in chosen)
