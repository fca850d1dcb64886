"""The quick count's field work: who is inside, who reports, and when (docs/model/election_day.md,
section 6.3).

Streams `quick_count/inside` and `quick_count/report`: M uniforms (inside at the count; reports at
all), `quick_count/delay`: M normals. The numbers reported are those shown at the table, before
anybody could change a copy.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.fast.normals import normal_of, normal_words
from sim.fast.words import uniform_of, words
from sim.models.chain.levels import Floats, at_level, lognormal_minutes
from sim.models.quick_count.sampling import Sample
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.seen.evidence import QuickCount
from sim.records.vote.chain import Chain
from sim.rng import Streams

INSIDE = "quick_count/inside"
REPORT = "quick_count/report"
DELAY = "quick_count/delay"
BEFORE_FOREVER = float(np.finfo(np.float64).max)

FORM_1_MINUTE = 30.0
"""Observers report the opening half an hour after the legal one, or half an hour after a late one.
"""


def observers_inside(
    sample: Sample,
    share: Floats,
    size: Floats,
    p: QuickCountParameters,
    streams: Streams,
    factor: float = 1.0,
) -> NDArray[np.bool_]:
    """Return at which sampled tables an observer is inside at the count, (M,) bool; `share`, `size`
    as in `witnesses`.
    """
    u = uniform_of(words(streams(INSIDE), share.size)[sample.table])
    offset = np.float32(p.observer_size_slope) * size - np.float32(p.observer_selectivity) * share
    inside = np.zeros(share.size, dtype=np.bool_)
    probability = at_level(p.observer_level * factor, offset)
    inside[sample.table] = u < probability[sample.table]
    return inside


def report_hours(
    chain: Chain,
    sample: Sample,
    share: Floats,
    size: Floats,
    p: QuickCountParameters,
    streams: Streams,
) -> NDArray[np.float64]:
    """Return when each sampled table's Form 2 is in, hours after closing, (n,) float64; inf where
    it is never reported.
    """
    table = sample.table
    u = uniform_of(words(streams(REPORT), chain.tables)[table])
    z = normal_of(normal_words(streams(DELAY), chain.tables)[table])
    shift = np.exp(
        np.float32(p.delay_support_slope) * share[table]
        - np.float32(p.delay_size_slope) * size[table]
    )
    hours = (chain.printed_minute[table] - np.float32(chain.hours.open_minutes)) / np.float32(60)
    hours = hours + lognormal_minutes(p.delay_hours, p.delay_sigma, z) * shift
    reports = chain.observer_present[table] & (u >= np.float32(p.no_report))
    return np.where(reports, hours, np.inf).astype(np.float64)


def quick_count(chain: Chain, sample: Sample, hours: NDArray[np.float64]) -> QuickCount:
    """Return the quick count as it will have come in at last: `hours` (n,) of Form 2, numbers as
    shown at the table.
    """
    table = sample.table
    reported = np.isfinite(hours)
    votes = np.where(reported, chain.shown.votes[:, table], 0).astype(np.int64)
    invalid = np.where(reported, chain.shown.invalid[table], 0).astype(np.int64)
    return QuickCount(table, sample.stratum, reported, votes, invalid, hours, sample.stratum_tables)


def by_hour(count: QuickCount, hour: float) -> QuickCount:
    """Return the quick count as it stands `hour` hours after closing: later reports are not
    reported yet.
    """
    reported = count.reported & (count.hours <= hour)
    if np.array_equal(reported, count.reported):
        return count
    votes, invalid = np.where(reported, count.votes, 0), np.where(reported, count.invalid, 0)
    hours = np.where(reported, count.hours, np.inf)
    return replace(count, reported=reported, votes=votes, invalid=invalid, hours=hours)


def call_stamps(
    count: QuickCount, opening_minute: Floats, open_minutes: float
) -> NDArray[np.float64]:
    """Return (2n,) minutes after opening at which observers first call: Form 1 of each sampled
    table, then Form 2; inf: never.

    opening_minute: (M,) minutes after the legal opening at which the tables opened. open_minutes:
    the legal closing. Only those who will report Form 2 report Form 1.
    """
    first = FORM_1_MINUTE + opening_minute[count.table].astype(np.float64)
    return np.concatenate(
        (np.where(count.reported, first, np.inf), open_minutes + 60 * count.hours)
    )


def after_calls(
    count: QuickCount, answered: NDArray[np.float64], open_minutes: float
) -> QuickCount:
    """Return the quick count with the hours at which Form 2 got through; answered (2n,): minutes,
    in the order of the stamps.
    """
    return by_hour(
        replace(count, hours=(answered[count.table.size :] - open_minutes) / 60), BEFORE_FOREVER
    )
