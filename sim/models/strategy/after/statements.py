"""What an observer says of an overridden result: chances of a negative statement, the same on the
night and in the aftermath (docs/model/night.md).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.records.parameters.after.abroad import Observers

Floats = NDArray[np.float64]


def negative_with_tables(reach: ArrayLike, published: ArrayLike, p: Observers) -> Floats:
    """Return the chance where altered tables are out. reach: part of the country that it sees;
    published: copies published over tables.
    """
    missed = p.missed * (1 - np.asarray(reach)) * (1 - p.copies_help * np.asarray(published))
    return np.asarray(1 - missed)


def negative_without_tables(own: ArrayLike, p: Observers) -> Floats:
    """Return the chance where no results by table are out: half its own, half common to all."""
    return np.asarray((np.asarray(own) + p.negative_without_tables) / 2)
