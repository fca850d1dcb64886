"""The quick count's sample: strata of past support, monotone allocation, permanent random numbers
(Ohlsson 1995).

In each stratum the n_h tables with the smallest number are taken, so samples of different n are
nested and scenarios share them. Streams `quick_count/sample`: M uniforms, `quick_count/centre`: C
uniforms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.vote.register import Register
from sim.rng import Streams

SAMPLE = "quick_count/sample"
CENTRE = "quick_count/centre"


@dataclass(frozen=True, slots=True, eq=False)
class Strata:
    """of_table (M,) int32, stratum numbers; tables (H,) int64, N_h; members: rows of each stratum's
    tables.
    """

    of_table: NDArray[np.int32]
    tables: NDArray[np.int64]
    members: tuple[NDArray[np.int64], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """table (n,) int32 in canonical order, stratum (n,) int32, stratum_tables (H,) int64."""

    table: NDArray[np.int32]
    stratum: NDArray[np.int32]
    stratum_tables: NDArray[np.int64]


@derived
def strata_of(register: Register, classes: int, by_zone: bool) -> Strata:
    """Return the strata: `classes` equal classes of tables by past support, optionally crossed with
    zones.

    A centre is kept whole: all its tables belong to the class in which its first one falls.
    """
    order = np.argsort(register.centre_past, kind="stable")
    tables = np.bincount(register.centre, minlength=order.size)[order]
    by_centre = np.empty(order.size, dtype=np.int64)
    by_centre[order] = (np.cumsum(tables) - tables) * classes // max(int(tables.sum()), 1)
    number = by_centre[register.centre]
    if by_zone:
        number = number * register.zones + register.centre_zone[register.centre]
    _, of_table = np.unique(number, return_inverse=True)
    sizes = np.bincount(of_table)
    members = np.split(np.argsort(of_table, kind="stable"), np.cumsum(sizes)[:-1])
    return Strata(of_table.astype(np.int32), sizes.astype(np.int64), tuple(members))


def allocation(weights: NDArray[np.float64], caps: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Return n_h, (H,) int64: proportional to the weights by Webster's divisors, at most caps, each
    n_h monotone in n; one for every stratum first, so that none lies outside the design.
    """
    seats = np.minimum(caps, n)
    stratum = np.repeat(np.arange(seats.size), seats)
    rank = np.arange(stratum.size) - np.repeat(np.cumsum(seats) - seats, seats)
    order = np.lexsort((-weights[stratum] / (rank + 0.5), rank > 0))
    return np.bincount(stratum[order[:n]], minlength=seats.size).astype(np.int64)


@derived
def planned(register: Register, p: QuickCountParameters) -> NDArray[np.int64]:
    """Return the number of tables to draw in each stratum, (H,) int64 (Neyman: by size times spread
    of past support).
    """
    strata = strata_of(register, p.strata, p.by_zone)
    weights = strata.tables.astype(np.float64)
    if p.allocation == "neyman":
        past = 1 / (1 + np.exp(-register.centre_past[register.centre]))
        weights = weights * np.array(
            [max(float(np.std(past[rows])), 1e-6) for rows in strata.members]
        )
    caps = strata.tables if p.design == "stratified" else _centres(register, strata)
    return allocation(weights, caps, min(p.n, int(caps.sum())))


def _centres(register: Register, strata: Strata) -> NDArray[np.int64]:
    return np.array(
        [np.unique(register.centre[rows]).size for rows in strata.members], dtype=np.int64
    )


def draw_sample(register: Register, p: QuickCountParameters, streams: Streams) -> Sample:
    """Return the sample; both streams are read in full whatever the design."""
    u = streams(SAMPLE).random(register.registered.size, dtype=np.float32)
    u_centre = streams(CENTRE).random(register.centre_registered.size, dtype=np.float32)
    strata, wanted = strata_of(register, p.strata, p.by_zone), planned(register, p)
    if p.design == "two_stage":
        u = centre_numbers(register, u, u_centre)
    drawn = [
        rows[_smallest(u[rows], int(n))] for rows, n in zip(strata.members, wanted, strict=True)
    ]
    table = np.sort(np.concatenate(drawn)).astype(np.int32)
    return Sample(table, strata.of_table[table], strata.tables)


def _smallest(u: NDArray[np.float32], n: int) -> NDArray[np.int64]:
    """Return where the n smallest numbers stand, in no order.

    Of uniform numbers they lie in a narrow band, all but surely.
    """
    if n >= u.size:
        return np.arange(u.size)
    few = np.flatnonzero(u < (n + 6 * n**0.5 + 10) / u.size)
    return few[np.argpartition(u[few], n)[:n]] if n < few.size else np.argpartition(u, n)[:n]


def centre_numbers(
    register: Register, u: NDArray[np.float32], u_centre: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return table numbers for two stages: one table of each centre competes, with u_c / m_c
    (sequential Poisson, by size).

    Every table then has the same chance in its stratum, up to the approximation of the method; the
    others get inf.
    """
    tables = np.bincount(register.centre, minlength=u_centre.size)
    first = np.cumsum(tables) - tables
    least = np.minimum.reduceat(u, first) if u.size else u
    chosen = u == least[register.centre]
    return np.where(
        chosen, u_centre[register.centre] / tables[register.centre], np.float32(np.inf)
    ).astype(np.float32)
