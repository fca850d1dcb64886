"""What every estimator finds in a world, hour by hour.

A finding is made once for the same evidence, whatever world shows it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.estimators.base import Estimator
from sim.estimators.register import FORENSIC, STREAM
from sim.models.chain.bulletins import claim_by
from sim.models.chain.evidence import BOXES_HOUR, announced, collected_sheets, frame_of, published
from sim.models.chain.incidents import without_late
from sim.models.quick_count.returns import by_hour
from sim.power.elections import Electorate
from sim.power.worlds import PowerWorld
from sim.records.seen.evidence import Evidence
from sim.records.seen.finding import CONSISTENT, INCONSISTENT, Finding
from sim.records.vote.chain import Chain
from sim.records.vote.claim import Claim
from sim.records.vote.count import Count
from sim.records.vote.election_day import ElectionDay
from sim.rng import Streams

HOURS = (3.0, 6.0, 12.0, 24.0, 72.0)
"""Hours after closing at which estimators are asked; the verdict that counts is the last hour's."""

PARTS = ("frame", "sheets", "quick_count", "announced", "incidents", "boxes")
LEADS_OF_TWO = frozenset(
    {"quick_count_ratio", "quick_count_cluster", "quick_count_normal_no_pooling"}
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What one estimator said of one world. right_hours: first hour of a right verdict, None where
    the last is not right: a right word that is taken back does not count. target: what its estimate
    is an estimate of, read off the votes cast; None where it has no counterpart. alarm: of a test
    of rows, p <= alpha whether or not it gives a verdict; None where it had nothing to read.
    """

    estimator: str
    verdict: str
    right_hours: float | None
    estimate: float | None
    low: float | None
    high: float | None
    target: float | None
    alarm: bool | None


def _digest(array: NDArray[Any]) -> bytes:
    return blake2b(np.ascontiguousarray(array).data, digest_size=16).digest()


@dataclass
class EvidenceCache:
    """What one replicate need not do twice: digests by array, parts of evidence by content,
    findings by what they read.
    """

    digests: dict[int, tuple[Any, bytes]] = field(default_factory=dict)
    parts: dict[tuple[Any, ...], Any] = field(default_factory=dict)
    findings: dict[tuple[Any, ...], Finding] = field(default_factory=dict)
    settled: tuple[dict[int, tuple[Any, bytes]], dict[tuple[Any, ...], Any]] = field(
        default_factory=lambda: ({}, {})
    )

    def digest(self, array: NDArray[Any]) -> bytes:
        """Return a digest of an array's content; arrays of a chain are never written to."""
        held = self.digests.get(id(array))
        if held is None:
            held = self.digests[id(array)] = (array, _digest(array))
        return held[1]

    def of_count(self, count: Count) -> tuple[bytes, bytes]:
        """Return what stands for a count."""
        return self.digest(count.votes), self.digest(count.invalid)

    def of_real_rows(self, chain: Chain) -> tuple[bytes, bytes]:
        """Return what stands for the tabulated rows of tables that exist, and their registers."""
        if not chain.phantom_registered.size:
            return self.of_count(chain.tabulated)
        votes, invalid = (
            chain.tabulated.votes[:, : chain.tables],
            chain.tabulated.invalid[: chain.tables],
        )
        return _digest(votes), _digest(invalid)

    def kept(self, key: tuple[Any, ...], make: Callable[[], Any]) -> Any:
        """Return what was made before under this key, or make it."""
        if key not in self.parts:
            self.parts[key] = make()
        return self.parts[key]

    def part(self, name: str, tokens: Mapping[str, Any], make: Callable[[], Any]) -> Any:
        """Return a part of the evidence, made once for each token."""
        return self.kept((name, tokens[name]), make)

    def settle(self) -> None:
        """Keep what is held now: the honest worlds' arrays, which the other worlds share."""
        self.settled = (dict(self.digests), dict(self.parts))

    def forget(self) -> None:
        """Let go of arrays and parts made since `settle`; findings stay, they are small."""
        self.digests, self.parts = dict(self.settled[0]), dict(self.settled[1])


def tokens_at(
    held: ElectionDay, world: PowerWorld, hour: float, memory: EvidenceCache
) -> dict[str, Any]:
    """Return what stands for each part of a world's evidence `hour` hours after closing: equal
    tokens, equal parts.
    """
    chain, minute = held.chain, held.chain.hours.open_minutes + 60 * hour
    claim = claim_by(chain, minute, held.known.candidates, rows_public=False)
    count, reports = by_hour(held.quick_count, hour), without_late(held.reports, minute)
    scanned = int(np.count_nonzero(chain.scanned_minute <= minute))
    return {
        "frame": memory.digest(chain.registered),
        "sheets": (memory.of_count(chain.copies), memory.digest(chain.scanned_minute), scanned),
        "quick_count": (count.votes.tobytes(), count.reported.tobytes()),
        "announced": _of_announced(chain, claim, world, memory),
        "winner": int(claim.bulletins[-1].totals.argmax()) if claim.bulletins else -1,
        "rows": _of_rows(chain, claim, memory) if world.rows_out else (),
        "incidents": (
            reports.category.tobytes(),
            reports.source.tobytes(),
            reports.observed_tables,
        ),
        "boxes": held.boxes.mismatch.tobytes() if hour >= BOXES_HOUR else b"",
    }


def _of_announced(
    chain: Chain, claim: Claim, world: PowerWorld, memory: EvidenceCache
) -> tuple[Any, ...]:
    last = claim.bulletins[-1:]
    totals = tuple((b.totals.tobytes(), b.invalid, b.share_counted) for b in last)
    rows = _of_rows(chain, claim, memory) if world.rows_out else ()
    return (
        totals,
        rows,
        memory.digest(chain.registered),
        int(chain.phantom_registered.sum()),
        chain.phantom_registered.size,
    )


def _of_rows(chain: Chain, claim: Claim, memory: EvidenceCache) -> tuple[Any, ...]:
    """Return what stands for the rows that are out: tables received by the last bulletin, and their
    votes.
    """
    if not claim.bulletins:
        return ()
    received = chain.transmitted_minute <= chain.hours.minute_of(claim.bulletins[-1].day)
    real = memory.of_real_rows(chain)
    return real, received.tobytes()


def evidence_at(
    e: Electorate,
    held: ElectionDay,
    world: PowerWorld,
    hour: float,
    tokens: Mapping[str, Any],
    memory: EvidenceCache,
) -> Evidence:
    """Return what can be seen of a world `hour` hours after closing."""
    chain, minute = held.chain, held.chain.hours.open_minutes + 60 * hour
    frame = memory.part(
        "frame", tokens, lambda: published(frame_of(e.register, e.p.quick_count), chain)
    )
    sheets = memory.part("sheets", tokens, lambda: collected_sheets(chain, minute))
    said = memory.part(
        "announced",
        tokens,
        lambda: announced(claim_by(chain, minute, e.contest.keys, world.rows_out), chain),
    )
    boxes = held.boxes if hour >= BOXES_HOUR else None
    reports, count = without_late(held.reports, minute), by_hour(held.quick_count, hour)
    two = (e.contest.incumbent, e.contest.challenger)
    return Evidence(e.contest.keys, frame, sheets, count, said, reports, boxes, hour, *two)


def answers(
    e: Electorate,
    held: ElectionDay,
    world: PowerWorld,
    asked: Mapping[str, Estimator],
    costly: Collection[str],
    memory: EvidenceCache,
) -> list[Answer]:
    """Return what each estimator says: at the last hour; if that is right and cheap, at the earlier
    ones too.
    """
    right = CONSISTENT if world.honest else INCONSISTENT
    tokens: dict[float, dict[str, Any]] = {}
    out = []
    for key, made in asked.items():

        def finding(hour: float, made: Estimator = made) -> Finding:
            if hour not in tokens:
                tokens[hour] = tokens_at(held, world, hour, memory)
            return _finding(e, held, world, hour, tokens[hour], made, memory)

        final = finding(HOURS[-1])
        hours = HOURS[-1:] if key in costly or final.verdict != right else HOURS
        first = next((hour for hour in hours if finding(hour).verdict == right), None)
        target = None if final.estimate is None else target_of(key, final, e, held, memory)
        alarm = _alarm(final) if key in FORENSIC else None
        seen = (final.estimate, final.low, final.high)
        out.append(Answer(key, final.verdict, first, *seen, target, alarm))
    return out


def _alarm(found: Finding) -> bool | None:
    alarm = found.details.get("alarm")
    return None if alarm is None else bool(alarm)


def _finding(
    e: Electorate,
    held: ElectionDay,
    world: PowerWorld,
    hour: float,
    tokens: Mapping[str, Any],
    made: Estimator,
    memory: EvidenceCache,
) -> Finding:
    key = (made.key, tokens["frame"], *(tokens[part] for part in what_it_reads(made, tokens)))
    if key not in memory.findings:
        evidence = memory.kept(
            (hour, *tokens.items()), lambda: evidence_at(e, held, world, hour, tokens, memory)
        )
        rng = Streams(e.streams.entropy, e.streams.replicate)(STREAM + made.key)
        memory.findings[key] = made.assess(evidence, rng)
    return memory.findings[key]


def what_it_reads(made: Estimator, tokens: Mapping[str, Any]) -> list[str]:
    """Return the parts of this evidence that an estimator reads: tests of rows take announced rows,
    or copies where none are.
    """
    if made.key in FORENSIC:
        return ["rows" if tokens["rows"] else "sheets", "winner"]
    return [part for part in PARTS if part in made.reads]


def target_of(
    key: str, found: Finding, e: Electorate, held: ElectionDay, memory: EvidenceCache
) -> float | None:
    """Return the figure in the truth that an estimate is an estimate of; None where there is none.

    Quick counts: lead of challenger over incumbent in the votes cast. Bounds: the lead between the
    two of their sheets, larger first on the sheets. Boxes: share of tables at which machine and
    votes cast differ.
    """
    if key == "box_check":
        machine, votes = held.chain.machine, held.truth.cast
        key_of_both = ("differing", memory.of_count(machine), memory.of_count(votes))
        return float(
            memory.kept(key_of_both, lambda: (machine.votes != votes.votes).any(axis=0).mean())
        )
    totals = held.truth.cast.totals
    lead = float(totals[e.contest.challenger] - totals[e.contest.incumbent]) / max(
        int(totals.sum()), 1
    )
    if key in LEADS_OF_TWO:
        return lead
    if key == "missing_tables_bounds":
        names = (e.contest.keys[e.contest.challenger], e.contest.keys[e.contest.incumbent])
        pairs = {
            f"lead of {a} over {b},": sign for (a, b), sign in ((names, 1.0), (names[::-1], -1.0))
        }
        return next(
            (sign * lead for words, sign in pairs.items() if found.quantity.startswith(words)), None
        )
    return None
