"""The state table of a case: register, tables and centres by state, and how each state voted in the
reference election.
"""

from __future__ import annotations

from dataclasses import dataclass

PUBLISHED_MARKS = ("F", "P", "A")
ESTIMATED_MARK = "E"


@dataclass(frozen=True, slots=True)
class StateTable:
    """S states in canonical order; hashable, so that a frame made from it can be cached.

    names: unique names. registered, tables, centres: whole numbers by state. tables_published:
    whether the number of tables is given. Where it is not, `tables` is an estimate of which only
    the sum
        over all such states is used: one common divisor shares it out over their centres (Adams'
        method).
    past_share: incumbent camp's two-party share in the reference election, strictly between 0 and
    1. abroad: whether the row holds voters abroad.
    """

    names: tuple[str, ...]
    registered: tuple[int, ...]
    tables: tuple[int, ...]
    centres: tuple[int, ...]
    tables_published: tuple[bool, ...]
    past_share: tuple[float, ...]
    abroad: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.names)
