"""Fixed width: columns by their first and last character, as a mapping gives them."""

from __future__ import annotations

import numpy as np
import polars as pl

from sim.errors import InputError, Problem
from sim.files.opening.header import Table


def fixed_table(utf8: bytes, fixed: dict[str, list[int]], name: str, skip: int = 0) -> Table:
    """Return the table; characters are counted from 1, the last one belongs to the column.

    Raises:
        InputError: a range that is none.
    """
    wrong = [key for key, span in fixed.items() if len(span) != 2 or not 1 <= span[0] <= span[1]]
    if wrong:
        hint = "first and last character, counted from 1: mesa = [17, 21]"
        raise InputError(
            [
                Problem(f"{key} is no range of characters", file=name, path="file.fixed", hint=hint)
                for key in wrong
            ]
        )
    lines = utf8.decode("utf-8", errors="replace").split("\n")
    numbers = np.array(
        [i + 1 for i, line in enumerate(lines) if i >= skip and line.strip()], dtype=np.int64
    )
    text = pl.Series([lines[i - 1] for i in numbers])
    columns = {
        str(k): text.str.slice(a - 1, b - a + 1).str.strip_chars()
        for k, (a, b) in enumerate(fixed.values())
    }
    return Table(tuple(fixed), pl.DataFrame(columns), numbers, "", skip, 0)
