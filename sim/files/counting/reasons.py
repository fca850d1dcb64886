"""Why a row does not count: each reason once, in the order in which a row is named, with its
sentence.
"""

from __future__ import annotations

REASONS = {
    "header_again": "the header again",
    "total_row": "a row of totals",
    "no_key": "no code of a polling table",
    "filtered": "left out by the mapping",
    "status": "not counted, says the status column",
    "merged": "merged with another table",
    "unreadable": "a cell that nobody could read",
    "not_a_number": "a vote cell is not a number",
    "rounded": "a number rounded by a spreadsheet (1.00E+03)",
    "negative": "a negative number of votes",
    "fraction": "votes that are not whole numbers",
    "cells_empty": "some vote cells are empty and the others do not add up",
    "no_votes": "0 everywhere: a table without a sheet",
    "does_not_add_up": "votes do not add up",
    "more_than_register": "more ballots than the register",
    "duplicate_same": "the same table again with the same votes",
    "duplicate_conflict": "the same table twice with different votes",
    "not_in_frame": "the table is not in the frame",
}
NO_TABLE = ("header_again", "total_row", "no_key", "filtered")
"""Rows set aside for these reasons name no polling table; all others name one, which then is a
table without a sheet.
"""
FAULTS = (
    "unreadable",
    "not_a_number",
    "rounded",
    "negative",
    "fraction",
    "cells_empty",
    "does_not_add_up",
    "more_than_register",
    "duplicate_same",
    "duplicate_conflict",
)


def sentence(reason: str) -> str:
    """Return a reason in words."""
    return REASONS.get(reason, reason)
