"""From the printed sheet to the authority: each table's message, or none where the channel is down
(docs/model/election_day.md, section 6.2).

Streams `transmission/delay`: M normals, `transmission/up`: M uniforms.
"""

from __future__ import annotations

import numpy as np

from sim.fast.normals import normals
from sim.fast.words import below, words
from sim.models.chain.levels import Floats, lognormal_minutes
from sim.records.parameters.vote.chain import Transmission
from sim.rng import Streams

DELAY = "transmission/delay"
UP = "transmission/up"


def transmitted_minutes(printed: Floats, p: Transmission, streams: Streams) -> Floats:
    """Return the minute at which each table's result is received, (M,) float32; inf where the
    channel is down.
    """
    z = normals(streams(DELAY), printed.size)
    up = below(words(streams(UP), printed.size), p.channel_up)
    received = printed + lognormal_minutes(p.delay_minutes, p.delay_sigma, z)
    received[~up] = np.inf
    return received
