"""What announced totals hold beyond the sheets in hand, against the registers of the other tables.

announced_k - held_k is at most the votes for k at tables without a sheet. So the sum of the
positive differences is at most their valid votes, which are at most the voters on their registers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.estimators.base import candidate_totals, tables_in_all, tables_with_sheet, votes
from sim.estimators.sheets.missing_tables_bounds import register_of_missing, whole_register
from sim.records.seen.evidence import Evidence, Sheets


@dataclass(frozen=True, slots=True)
class Remainder:
    """Votes that the announced totals hold beyond the sheets, and the voters who could cast them.

    Attributes:
        votes: sum over candidates of what was announced beyond the sheets in hand.
        missing: tables without a sheet; None when the number of tables is not known.
        register: voters on the registers of those tables; None when nothing says it.
        exact: the register is a sum of given registers, not of a mean of the others.
    """

    votes: int
    missing: int | None
    register: int | None
    exact: bool

    @property
    def too_many(self) -> bool:
        """Return whether more votes are left than those tables have voters."""
        return self.register is not None and self.votes > self.register

    def words(self) -> str:
        """Return in one sentence what is left, and where it could have been cast."""
        what = "1 vote" if self.votes == 1 else f"{votes(self.votes)} votes"
        start = f"Beyond the sheets in hand the announced totals hold {what}"
        if self.missing == 0:
            return f"{start}, and no table is without a sheet."
        if self.missing is None or self.register is None:
            return f"{start}; how many voters the tables without a sheet have is not known."
        of = "on their registers"
        if not self.exact:
            of = "if their registers, which are not given, are like those of the others"
        tables = "table" if self.missing == 1 else "tables"
        return (
            f"{start}; the {self.missing:,} {tables} without a sheet have "
            f"{votes(self.register)} voters {of}."
        )


def remainder(evidence: Evidence, sheets: Sheets, announced: np.ndarray) -> Remainder:
    """Return what `announced` (K,) holds beyond the sheets, beside the registers left."""
    beyond = int(np.maximum(announced - candidate_totals(sheets), 0).sum())
    tables, held = tables_in_all(evidence), tables_with_sheet(sheets)
    # With more tables in hand than there are said to be, their number is not known.
    if tables is None or held > tables:
        return Remainder(beyond, None, None, exact=False)
    missing = tables - held
    if not missing:
        return Remainder(beyond, 0, 0, exact=True)
    left = register_of_missing(evidence, sheets, missing)
    exact = _all_given(evidence, sheets)
    # A stated total below the registers on the sheets says nothing about the other tables.
    register = None if left is None or (left == 0 and not exact) else round(left)
    return Remainder(beyond, missing, register, exact)


def _all_given(evidence: Evidence, sheets: Sheets) -> bool:
    """Return whether the register of every table, or of all less each sheet's, is given."""
    if evidence.frame is not None and whole_register(evidence.frame) is not None:
        return True
    total = None if evidence.announced is None else evidence.announced.registered
    known = sheets.registered
    return (
        total is not None
        and known is not None
        and bool(known.min(initial=1) > 0)
        and total >= int(known.sum())
    )
