"""The register: the list of polling tables with their registered voters, in canonical order."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import Derives


@dataclass(frozen=True, slots=True, eq=False)
class Register(Derives):
    """Polling tables in canonical order (state, parish, centre, table). M tables, C centres, S
    states.

    Arrays over tables (M,):
        registered: int32, voters entitled at the table.
        centre: int32, index of the table's centre.
    Arrays over centres (C,):
        centre_state: int16, index into `states`. centre_parish: int32, parish number in canonical
        order. centre_zone: int16, scan zone, 0 to zones - 1. centre_registered: int64, sum of
        `registered` over the centre's tables. centre_past: float64, logit of the incumbent's
        two-party share in the earlier reference election. centre_abroad: bool. centre_past_turnout:
        float64, turnout share in that election (NaN where unknown), or None. centre_lat,
        centre_lon: float64 degrees (NaN where unknown), or None.
    """

    name: str
    digest: str
    states: tuple[str, ...]
    zones: int
    registered: NDArray[np.int32]
    centre: NDArray[np.int32]
    centre_state: NDArray[np.int16]
    centre_parish: NDArray[np.int32]
    centre_zone: NDArray[np.int16]
    centre_registered: NDArray[np.int64]
    centre_past: NDArray[np.float64]
    centre_abroad: NDArray[np.bool_]
    table_ids: tuple[str, ...] | None = None
    centre_ids: tuple[str, ...] | None = None
    centre_past_turnout: NDArray[np.float64] | None = None
    centre_lat: NDArray[np.float64] | None = None
    centre_lon: NDArray[np.float64] | None = None
