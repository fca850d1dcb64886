"""Small honest worlds with all the evidence that an estimator can read.

The announced result is the count.
"""

import numpy as np

from sim.records.seen.evidence import (
    Announced,
    BoxCheck,
    Evidence,
    Frame,
    Incidents,
    QuickCount,
    Sheets,
)
from sim.rng import generator

CATEGORIES = (
    "BallotStuffing",
    "RestrictionOfObserversRights",
    "CampaigningAtPollingStation",
    "Other",
)
STRATA = 6


def honest_world(
    number,
    tables=1500,
    sampled=240,
    loss=0.1,
    copies=0.7,
    counted=1.0,
    background=0.004,
    slips=0.001,
    selective=False,
):
    """Votes vary by stratum and centre, turnout by table; sheets, returns and counted tables are
    parts of the same count.

    selective: what is lost or counted late is lost or late where the first candidate is strong (up
    to twice as often).
    """
    rng = generator(20240702, "test/honest", number)
    stratum = np.sort(rng.integers(0, STRATA, tables)).astype(np.int32)
    registered = rng.integers(300, 900, tables)
    turnout = rng.uniform(0.5, 0.7, tables)
    centre = np.arange(tables, dtype=np.int32) // 3
    score = 0.4 * stratum - 1.0 + 0.3 * rng.standard_normal(tables)[centre]
    first = 0.94 / (1 + np.exp(-score))
    shares = np.stack([first, 0.94 - first, np.full(tables, 0.04), np.full(tables, 0.02)])
    votes = rng.multinomial((registered * turnout).astype(int), shares.T).T.astype(np.int64)
    tilt = 2 * first if selective else np.ones(tables)
    sheet_rows = np.flatnonzero(rng.random(tables) < 1 - (1 - copies) * tilt).astype(np.int32)
    every = Sheets(np.arange(tables, dtype=np.int32), votes, np.zeros(tables, dtype=np.int64))
    held = Sheets(
        sheet_rows,
        votes[:, sheet_rows],
        np.zeros(len(sheet_rows), dtype=np.int64),
        None,
        registered[sheet_rows],
    )
    in_totals = rng.random(tables) < 1 - (1 - counted) * tilt
    stated = round(float(in_totals.mean()), 2)
    announced = Announced(
        votes[:, in_totals].sum(axis=1), share_counted=stated, rows=every, tables=tables
    )
    frame = Frame(registered, centre, stratum // 2, stratum)
    observed = 600
    reports = rng.poisson(background * observed, len(CATEGORIES))
    incidents = Incidents(
        CATEGORIES,
        np.repeat(np.arange(len(CATEGORIES)), reports).astype(np.int16),
        np.zeros(reports.sum(), dtype=np.int32),
        np.zeros(reports.sum()),
        np.zeros(reports.sum(), dtype=np.int8),
        observed,
    )
    boxes = BoxCheck(np.arange(500, dtype=np.int32), rng.random(500) < slips)
    sample = drawn_sample(rng, stratum, votes, registered, sampled, loss * tilt)
    return Evidence(("A", "B", "C", "D"), frame, held, sample, announced, incidents, boxes)


def drawn_sample(rng, stratum, votes, registered, sampled, loss):
    """A proportional sample with random loss; sampled = tables takes every table."""
    size = np.bincount(stratum, minlength=STRATA)
    take = np.ceil(size * sampled / len(stratum)).astype(int)
    u = rng.random(len(stratum))
    rows = np.concatenate(
        [np.flatnonzero(stratum == h)[np.argsort(u[stratum == h])][:n] for h, n in enumerate(take)]
    )
    reported = rng.random(len(rows)) >= np.broadcast_to(loss, len(stratum))[rows]
    return QuickCount(
        rows.astype(np.int32),
        stratum[rows],
        reported,
        votes[:, rows] * reported,
        np.zeros(len(rows), dtype=np.int64),
        np.where(reported, rng.uniform(0.5, 6, len(rows)), np.inf),
        size,
        None,
        registered[rows],
    )
