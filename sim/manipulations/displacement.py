"""Manipulators who react to observers: they avoid tables that are observed and do more of it
nearby.

f'_i = min(1, f_i (1 - k o_i)(1 + s r_i n_i)); o_i: an observer is at the table, n_i: one is in its
zone but not at the table; r_i falls from 1 to 0 as the observed share of the zone's tables rises to
`until`. Ghana 2012: overvoting about 60 % lower where observed, about 75 % higher at unobserved
tables nearby, none at the highest density of observers (Asunka et al.).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.manipulations.base import Floats, Manipulation, Redirect
from sim.records.parameters.base import Section, choice, quantity, share
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.rng import Streams

HALVINGS = 40
NOTHING = 1e-9


class Parameters(Section):
    """Tables with an observer are avoided, their neighbours get more (Ghana 2012)."""

    enabled: bool = choice(False, note="whether table-level manipulations react to observers")
    k: float = share(
        0.60,
        low=0.2,
        high=0.9,
        source="Asunka2019",
        base_rate="observed_tables",
        note="probability falls by this share where observed",
    )
    s: float = quantity(
        0.75,
        unit="1",
        low=0.0,
        high=1.5,
        ge=0,
        le=50,
        source="Asunka2019",
        base_rate="observed_tables",
        note="it rises by this nearby",
    )
    until: float = share(
        0.5,
        low=0.3,
        high=1.0,
        gt=0,
        source="Asunka2019",
        note="observed share of a zone's tables from which nothing moves to their neighbours; s "
        "falls to 0 until there: none was seen at the highest density",
    )
    conserve: bool = choice(
        False, note="s is solved so that the expected number of tables stays the same"
    )


@dataclass(frozen=True, slots=True)
class Displaced:
    """A table-level manipulation whose probabilities are redirected; it keeps key, stage and
    touches of the inner one.
    """

    inner: Manipulation
    p: Parameters

    @property
    def key(self) -> str:
        """Return the inner manipulation's key: the same streams are read."""
        return self.inner.key

    @property
    def acts_on(self) -> str:
        """Return the inner manipulation's stage."""
        return self.inner.acts_on

    @property
    def touches(self) -> frozenset[str]:
        """Return the inner manipulation's fields."""
        return self.inner.touches

    def apply(
        self, chain: Chain, known: ManipulatorView, streams: Streams, redirect: Redirect
    ) -> tuple[Chain, Manipulated]:
        """Apply the inner manipulation with probabilities that avoid observers."""
        return self.inner.apply(
            chain, known, streams, lambda f, about: redirected(redirect(f, about), about, self.p)
        )


def nearby(known: ManipulatorView) -> NDArray[np.bool_]:
    """Return which tables are unobserved but in a zone with an observer, (M,) bool."""
    zones = (
        np.bincount(known.zone[known.observers], minlength=int(known.zone.max(initial=0)) + 1) > 0
    )
    return np.asarray(zones[known.zone] & ~known.observers)


def room(known: ManipulatorView, until: float) -> Floats:
    """Return how much room observers leave for more of it nearby, (M,): 1 where few tables of the
    zone are observed, 0 from the share `until` on.
    """
    size = int(known.zone.max(initial=0)) + 1
    tables = np.bincount(known.zone, minlength=size)
    observed = np.bincount(known.zone[known.observers], minlength=size)
    share = observed / np.maximum(tables, 1)
    left = np.clip(1 - share / max(until, NOTHING), 0.0, 1.0)
    return np.asarray(left[known.zone], dtype=np.float32)


def redirected(f: Floats, known: ManipulatorView, p: Parameters) -> Floats:
    """Return f' (M,); with `conserve`, s is solved so that the sum of f' is the sum of f (as far as
    the cap of 1 allows).
    """
    kept = f * np.where(known.observers, np.float32(1 - p.k), np.float32(1))
    close, left = nearby(known), room(known, p.until)
    wanted = float(f.sum(dtype=np.float64))
    s = _conserving(kept, close, left, wanted) if p.conserve else p.s
    more = np.minimum(kept * (np.float32(1) + np.float32(s) * left), np.float32(1))
    return np.asarray(np.where(close, more, kept), dtype=np.float32)


def _conserving(kept: Floats, close: NDArray[np.bool_], left: Floats, wanted: float) -> float:
    """Return s by bisection; the largest s when even that cannot make up for what observers
    prevent.
    """
    pool, there = kept[close].astype(np.float64), left[close].astype(np.float64)
    rest = float(kept[~close].sum(dtype=np.float64))
    low, high = 0.0, 1e4
    for _ in range(HALVINGS):
        s = (low + high) / 2
        low, high = (
            (s, high) if rest + np.minimum(pool * (1 + s * there), 1).sum() < wanted else (low, s)
        )
    return (low + high) / 2
