"""Samples of a quick count made by hand: a list of tables, what was drawn and what came back."""

from dataclasses import replace

import numpy as np

from sim.estimators.register import ESTIMATORS
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.seen.evidence import Announced, Evidence, Frame, QuickCount
from sim.rng import generator

POINTS = ("quick_count_ratio", "quick_count_cluster", "quick_count_normal_no_pooling")
SETTINGS = Monitoring(min_sample_tables=2, posterior_draws=400)


def country(shares, tables=100, votes=400, seed=1, spread=0.03):
    """Return (stratum (M,), votes (2, M)): so many tables a stratum, Ana's share about `shares`."""
    rng = generator(seed, "test/country")
    stratum = np.repeat(np.arange(len(shares)), tables)
    share = np.clip(np.array(shares)[stratum] + spread * rng.standard_normal(len(stratum)), 0, 1)
    ana = np.rint(votes * share).astype(np.int64)
    return stratum, np.stack([ana, votes - ana])


def evidence(stratum, votes, drawn, reported, past=None, names=None, **changes):
    """Return the evidence of tables `drawn` (rows of the list), of which `reported` are in."""
    drawn, strata = np.asarray(drawn), int(np.max(stratum)) + 1
    there = np.isin(drawn, reported)
    sample = QuickCount(
        drawn.astype(np.int32),
        stratum[drawn].astype(np.int32),
        there,
        votes[:, drawn] * there,
        np.zeros(len(drawn), dtype=np.int64),
        np.where(there, 1.0, np.inf),
        np.bincount(stratum, minlength=strata),
        stratum_names=names,
    )
    frame = Frame(
        np.full(len(stratum), 700),
        np.arange(len(stratum), dtype=np.int32),
        np.zeros(len(stratum), dtype=np.int32),
        stratum.astype(np.int32),
        None if past is None else np.asarray(past)[stratum],
    )
    totals = Announced(votes.sum(axis=1), tables=len(stratum))
    drawn_sample = replace(sample, **changes)
    return Evidence(("Ana", "Bruno"), frame, None, drawn_sample, totals, challenger=0, incumbent=1)


def finding(key, seen, settings=SETTINGS):
    """Return what one estimator says of the evidence."""
    return ESTIMATORS[key](settings).assess(seen, generator(3, "test/finding"))


def first_of_each(stratum, each):
    """Return rows of the first `each[h]` tables of every stratum."""
    return np.concatenate([np.flatnonzero(stratum == h)[:n] for h, n in enumerate(each)])
