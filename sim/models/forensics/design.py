"""What an honest election's turnout and support are allowed to depend on: region, size and earlier
results.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.models.forensics.rows import Floats, Groups, Rows, group_means

PAST_EDGE = 0.005
LEAST_SPREAD = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """region: (n,). basis: (n, k), orthonormal columns less their region's means. parameters:
    regions + k.
    """

    region: Groups
    basis: Floats

    @property
    def parameters(self) -> int:
        """Return how many numbers a regression on the design takes from the rows."""
        return int(self.region.max(initial=-1)) + 1 + int(self.basis.shape[1])

    def residual(self, y: Floats) -> Floats:
        """Return (n,) y less its regression on the design."""
        left = y - group_means(y, self.region)
        return np.asarray(left - self.basis @ (self.basis.T @ left))


def earlier(value: Floats) -> list[Floats]:
    """Return the logit of an earlier share (0 where unknown), and whether it is unknown."""
    known = np.isfinite(value)
    clipped = np.clip(np.where(known, value, 0.5), PAST_EDGE, 1 - PAST_EDGE)
    return [np.where(known, np.log(clipped / (1 - clipped)), 0.0), (~known).astype(np.float64)]


def sizes(rows: Rows) -> list[Floats]:
    """Return the log of voters on the register at the centre and at the table (of valid votes where
    none is known).
    """
    table = np.where(rows.registered > 0, rows.registered, rows.valid).astype(np.float64)
    return [np.log(np.bincount(rows.centre, table))[rows.centre], np.log(table)]


def design_of(rows: Rows) -> Design:
    """Return the design: region, earlier share and turnout where known, sizes, and the square of
    each of these.
    """
    columns = [
        c - group_means(c, rows.region)
        for c in (*earlier(rows.past_share), *earlier(rows.past_turnout), *sizes(rows))
    ]
    columns = [c / np.abs(c).max() for c in columns if np.abs(c).max(initial=0) > LEAST_SPREAD]
    columns += [c**2 - group_means(c**2, rows.region) for c in columns if len(np.unique(c)) > 2]
    if not columns or len(columns) >= len(rows.valid):
        return Design(rows.region, np.zeros((len(rows.valid), 0)))
    left, scale, _ = np.linalg.svd(np.stack(columns, axis=1), full_matrices=False)
    return Design(rows.region, left[:, scale > 1e-7 * scale[0]])
