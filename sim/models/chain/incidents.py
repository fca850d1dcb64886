"""What is reported, by whom: causes in the model, detection by those inside, a background, and
citizens' noise (docs/model/election_day.md, section 6.4).

One uniform for each table and category decides detection and background together, and its place
below the probability gives the minute. Streams `incidents/<category>`: M uniforms each;
`incidents/citizen`: (2, M) uniforms.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from sim.fast.words import below, uniform_of, words
from sim.models.chain.levels import Floats
from sim.records.parameters.vote.incidents import IncidentParameters
from sim.records.seen.evidence import BoxCheck, Incidents
from sim.records.vote.chain import Manipulated
from sim.rng import Streams

Flags = NDArray[np.bool_]

CATEGORIES = (
    "BallotStuffing",
    "BreachOfSecrecyOfVote",
    "CampaigningAtPollingStation",
    "DamagingOrSeizingElectionMaterials",
    "FalsificationOrImproperCorrectionOfFinalProtocol",
    "IllegalRestrictionOfVotersRightToVote",
    "NumberOfBallotsExceedsNumberOfVoters",
    "Other",
    "PhysicalViolenceIntimidationPressure",
    "RefusalToIssueCopyOfFinalProtocolOrIssuingImproperCopy",
    "RestrictionOfObserversRights",
    "UnauthorizedPersonsAtPollingStation",
    "ViolationsRelatedToVoterLists",
)
"""Names of VoteMonitor's list, unchanged; the part of its 23 categories that the model can give a
cause or a background.
"""

EXPULSION = "RestrictionOfObserversRights"

AFTER_CLOSING = frozenset(
    {
        "FalsificationOrImproperCorrectionOfFinalProtocol",
        "NumberOfBallotsExceedsNumberOfVoters",
        "RefusalToIssueCopyOfFinalProtocolOrIssuingImproperCopy",
        "DamagingOrSeizingElectionMaterials",
    }
)
"""Seen in the three hours after closing; the others while the polls are open."""
LATE = np.array([name in AFTER_CLOSING for name in CATEGORIES])

CITIZEN = "incidents/citizen"


def stream_of(category: str) -> str:
    """Return the name of a category's stream."""
    return f"incidents/{category}"


def causes(
    done: tuple[Manipulated, ...],
    left_share: Floats,
    copy_lost: Flags,
    boxes: BoxCheck | None,
    p: IncidentParameters,
) -> dict[str, Flags]:
    """Return for each category the tables at which there is a cause, (M,) bool.

    done: what manipulations did, and what they give cause to. left_share: voters who left the queue
    over those who came. boxes: machine-box checks.
    """
    found = {category: np.zeros(left_share.size, dtype=np.bool_) for category in CATEGORIES}
    for what in done:
        for category in what.causes:
            found[category] = found[category] | what.touched
    found["IllegalRestrictionOfVotersRightToVote"] |= left_share > np.float32(p.hindered_share)
    found["DamagingOrSeizingElectionMaterials"] |= copy_lost
    if boxes is not None:
        found["FalsificationOrImproperCorrectionOfFinalProtocol"][boxes.table[boxes.mismatch]] = (
            True
        )
    return found


def incidents(
    found: Mapping[str, Flags],
    observed: Flags,
    witnessed: Flags,
    p: IncidentParameters,
    streams: Streams,
    open_minutes: float = 720.0,
) -> Incidents:
    """Return all reports: categories in alphabetical order, tables in canonical order, citizens
    last.

    observed, witnessed: (M,) bool, an observer or a witness inside. A table with both is reported
    by its observer. Whoever is turned out reports just that, from the door, as a witness does.
    open_minutes: legal closing, minutes after opening.
    """
    expelled = found[EXPULSION]
    inside = observed | witnessed
    # few tables have a cause or a number below the background: the chance is computed at those
    # alone
    least, parts = 1 - (1 - np.float32(p.background if inside.any() else 0)), []
    for name in CATEGORIES:
        word, cause = words(streams(stream_of(name)), observed.size), found[name]
        rows = np.flatnonzero(below(word, least) | cause)
        parts.append((rows, word[rows], cause[rows]))
    table, word, cause = (np.concatenate([part[k] for part in parts]) for k in range(3))
    category = np.repeat(np.arange(len(CATEGORIES)), [len(rows) for rows, _, _ in parts])
    within, by_observer = inside[table], observed[table]
    detected = (
        np.where(by_observer, np.float32(p.observer_detection), np.float32(p.witness_detection))
        * within
    )
    at_the_door = (category == CATEGORIES.index(EXPULSION)) & ~within & expelled[table]
    detected[at_the_door] = np.float32(p.witness_detection)
    u, chance = uniform_of(word), _chance(cause, detected, within * np.float32(p.background))
    seen = np.flatnonzero(u < chance)
    category, table, place, by_observer = (
        category[seen],
        table[seen],
        u[seen] / chance[seen],
        by_observer[seen],
    )
    minute = np.where(
        LATE[category], np.float32(open_minutes) + 180 * place, np.float32(open_minutes) * place
    )
    source = np.where(by_observer, 0, 1)
    noise = _citizens(found, p, streams, observed.size, open_minutes)
    return Incidents(
        CATEGORIES,
        np.concatenate((category, noise[0])).astype(np.int16),
        np.concatenate((table, noise[1])).astype(np.int32),
        np.concatenate((minute, noise[2])).astype(np.float64),
        np.concatenate((source, np.full(noise[0].size, 2))).astype(np.int8),
        int(np.count_nonzero(inside | expelled)),
    )


def _chance(cause: Flags, detection: Floats, background: Floats) -> Floats:
    return 1 - (1 - detection * cause) * (1 - background)


def _citizens(
    found: Mapping[str, Flags],
    p: IncidentParameters,
    streams: Streams,
    tables: int,
    open_minutes: float,
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float32]]:
    """Citizens write of any table at a fixed rate; a structured report names a cause of that table,
    or any category.
    """
    who, which = words(streams(CITIZEN), 2, tables)
    rows = np.flatnonzero(below(who, p.citizen_reports))
    u, v = uniform_of(who[rows]), uniform_of(which[rows])
    place = v / max(p.structured_share, 1e-9)
    any_category = np.minimum((place * len(CATEGORIES)).astype(np.int64), len(CATEGORIES) - 1)
    category = np.full(rows.size, CATEGORIES.index("Other"))
    structured = np.flatnonzero(v < np.float32(p.structured_share))
    table_causes = np.stack([found[name][rows[structured]] for name in CATEGORIES])
    category[structured] = np.where(
        table_causes.any(axis=0), table_causes.argmax(axis=0), any_category[structured]
    )
    minute = open_minutes * u / np.float32(max(p.citizen_reports, 1e-9))
    return category, rows, np.asarray(minute, dtype=np.float32)


def without_late(reports: Incidents, minute: float) -> Incidents:
    """Return the reports that were in by `minute` after opening."""
    keep = np.flatnonzero(reports.minute <= minute)
    if keep.size == reports.minute.size:
        return reports
    source = reports.source[keep]
    return Incidents(
        reports.categories,
        reports.category[keep],
        reports.table[keep],
        reports.minute[keep],
        source,
        reports.observed_tables,
    )
