"""The chain from the closing of the polls to the announcement, over the whole register.

Each stage is computed honestly, then handed to `apply`, which lets the manipulations of that stage
act (it is the identity in an honest world). So a manipulation never needs to know what comes before
or after it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.fast.derived import derived
from sim.fast.normals import normals
from sim.models.chain.bulletins import bulletins
from sim.models.chain.collection import copies_lost, copies_obtained, printed_minutes, scanned
from sim.models.chain.levels import Floats, log_register, sheet_share
from sim.models.chain.transmission import transmitted_minutes
from sim.models.chain.witnesses import witnesses
from sim.models.quick_count.returns import observers_inside, quick_count, report_hours
from sim.models.quick_count.sampling import Sample
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.vote.rule import Stage
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.seen.evidence import QuickCount
from sim.records.vote.chain import Chain, ManipulatorView
from sim.records.vote.contest import Contest
from sim.records.vote.count import Count
from sim.records.vote.register import Register
from sim.rng import Streams

KNOWN = "manipulation/known"

Apply = Callable[[str, Chain, ManipulatorView], Chain]


def untouched(stage: str, chain: Chain, known: ManipulatorView) -> Chain:
    """Return the chain as it is: the `apply` of an honest world."""
    return chain


@dataclass(frozen=True, slots=True)
class EveningParameters:
    """The sections that the evening reads."""

    sheets: Sheets
    transmission: Transmission
    collection: Collection
    quick_count: QuickCountParameters


@derived
def places(register: Register) -> tuple[NDArray[np.int16], NDArray[np.int16]]:
    """Return the state and the zone of each table, (M,) each; computed once a register, not to be
    written to.
    """
    state, zone = register.centre_state[register.centre], register.centre_zone[register.centre]
    state.flags.writeable = zone.flags.writeable = False
    return state, zone


def what_is_known(
    register: Register, contest: Contest, known_sd: float, sample: Sample | None, streams: Streams
) -> ManipulatorView:
    """Return what manipulators know before the day: past support with error, who is accredited as
    observer; no witnesses yet.

    Stream `manipulation/known`: C normals. known_sd: error of the past support, logit.
    """
    z = normals(streams(KNOWN), register.centre_past.size)
    support = (
        (register.centre_past + np.float32(known_sd) * z).astype(np.float32).take(register.centre)
    )
    observers = np.zeros(register.registered.size, dtype=np.bool_)
    if sample is not None:
        observers[sample.table] = True
    return ManipulatorView(
        contest.keys,
        contest.incumbent,
        contest.challenger,
        register.states,
        register.registered,
        support,
        *places(register),
        np.ones(register.registered.size, dtype=np.bool_),
        observers,
    )


@dataclass(frozen=True, slots=True, eq=False)
class Evening:
    """The finished chain; the quick count as it comes in when every call gets a line; what was
    known at the count.
    """

    chain: Chain
    quick_count: QuickCount
    known: ManipulatorView


def evening(
    chain: Chain,
    cast: Count,
    closing: Floats,
    register: Register,
    contest: Contest,
    sample: Sample,
    known: ManipulatorView,
    p: EveningParameters,
    streams: Streams,
    apply: Apply = untouched,
    accreditation_factor: float = 1.0,
) -> Evening:
    """Take the chain from the votes cast to what the authority has received.

    chain: after the stages `register` and `day`. cast: votes as cast. closing: (M,) minute after
    opening at which each table closed. accreditation_factor multiplies the levels of witnesses and
    observers.
    """
    chain = apply("machine", replace(chain, machine=cast, closing_minute=closing), known)
    share, size = sheet_share(chain.machine, contest.incumbent), log_register(register)
    present = witnesses(share, size, register, p.sheets, streams, accreditation_factor)
    inside = observers_inside(sample, share, size, p.quick_count, streams, accreditation_factor)
    known = replace(known, witnesses=present)
    chain = apply(
        "presence", replace(chain, witness_present=present, observer_present=inside), known
    )
    known = replace(known, witnesses=chain.witness_present)
    printed = printed_minutes(closing, p.sheets, streams)
    chain = apply(
        "sheet",
        replace(chain, sheet=chain.machine, shown=chain.machine, printed_minute=printed),
        known,
    )
    chain = _copies(chain, share, size, register, known, p, streams, apply)
    reports = quick_count(
        chain, sample, report_hours(chain, sample, share, size, p.quick_count, streams)
    )
    received = transmitted_minutes(chain.printed_minute, p.transmission, streams)
    chain = apply("transmission", replace(chain, transmitted_minute=received), known)
    return Evening(chain, reports, known)


def _copies(
    chain: Chain,
    share: Floats,
    size: Floats,
    register: Register,
    known: ManipulatorView,
    p: EveningParameters,
    streams: Streams,
    apply: Apply,
) -> Chain:
    obtained = copies_obtained(chain.witness_present, share, size, p.sheets, streams)
    chain = apply("copy", replace(chain, copy_obtained=obtained), known)
    lost = copies_lost(chain.copy_obtained, p.sheets, streams)
    held: NDArray[np.bool_] = chain.copy_obtained & ~lost
    minutes = scanned(held, chain.printed_minute, places(register)[1], p.collection, streams)
    collected = replace(
        chain, copies=chain.shown, copy_lost=lost, copy_held=held, scanned_minute=minutes
    )
    return apply("collection", collected, known)


def tabulate_and_announce(
    chain: Chain, known: ManipulatorView, stages: Sequence[Stage], apply: Apply = untouched
) -> Chain:
    """Take the chain from what has been received to the bulletins, each when it is due."""
    chain = apply("tabulation", replace(chain, tabulated=chain.sheet), known)
    return apply("announcement", replace(chain, bulletins=bulletins(chain, stages)), known)
