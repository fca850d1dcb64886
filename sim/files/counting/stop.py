"""A stop of publication: the longest time in which no sheet came in, against the rate before it,
and what came after it.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from sim.files.counting.late_tables import drift_of
from sim.records.vote.tally import Stop, Tally

LEAST_STAMPS = 60
"""With fewer different stamps no rate is worth the name."""
CHANCE = 0.001
"""Of an honest flow with a longer pause than is called a stop."""
WINDOW = 50
"""Stamps on either side of a pause from which the rate is taken."""


def stop_of(tally: Tally) -> Stop | None:
    """Return the stop of a file with stamps, None where there is none.

    Sheets with one stamp came together. In a flow of n stamps at a steady rate r, the longest of n
    pauses passes (ln n - ln .001) / r in one of 1,000 counts (exponential pauses, union bound). The
    rate is the lower one of the 50 stamps before and the 50 after, so that a flow that is running
    dry is no stop.
    """
    if tally.hours is None:
        return None
    came = np.sort(tally.hours[tally.reported & np.isfinite(tally.hours)])
    stamps, sheets = np.unique(came, return_counts=True)
    n, so_far = len(stamps), np.cumsum(sheets)
    if n < LEAST_STAMPS:
        return None
    window = min(WINDOW, n // 4)
    at = np.arange(window, n - 1 - window)
    spans = stamps[at] - stamps[at - window], stamps[at + 1 + window] - stamps[at + 1]
    pauses = stamps[at + 1] - stamps[at]
    long = np.flatnonzero(pauses > (math.log(n) - math.log(CHANCE)) * np.maximum(*spans) / window)
    if long.size == 0:
        return None
    k = int(at[long[np.argmax(pauses[long])]])
    before = int(so_far[k])
    rate = (before - int(so_far[k - window])) / float(stamps[k] - stamps[k - window])
    return Stop(float(stamps[k]), float(stamps[k + 1]), rate, before, len(came) - before, "")


def _told(tally: Tally, stop: Stop) -> Stop:
    assert tally.hours is not None
    length = stop.resumed - stop.began
    expected = stop.rate * length
    text = (
        f"No sheet came in for {length:.1f} hours, from {stop.began:.1f} to {stop.resumed:.1f} "
        f"hours after closing; at the rate before, about {expected:,.0f} would have. "
        f"{stop.after:,} of {stop.before + stop.after:,} sheets came after it"
    )
    early = tally.reported & (tally.hours <= stop.began)
    late = tally.reported & np.isfinite(tally.hours) & (tally.hours >= stop.resumed)
    drift = drift_of(tally, early, late)
    if drift is not None:
        text += f". {drift.words('There')}"
    return replace(stop, sentence=text)


def with_stop(tally: Tally) -> Tally:
    """Return the tally with its stop of publication, if it has one, among what is said of it."""
    stop = stop_of(tally)
    if stop is None or tally.reading is None:
        return tally
    stop = _told(tally, stop)
    reading = replace(tally.reading, stop=stop)
    return replace(tally, reading=reading, notes=(stop.sentence, *tally.notes))
