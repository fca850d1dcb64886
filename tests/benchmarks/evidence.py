"""Cost of the evidence layer and of each manipulation at national size (30,026 tables, ten
candidates).

Ratios are taken within one run, minimum of several: the unit is the time of the evidence layer's
random numbers.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np

from sim.manipulations.base import as_planned
from sim.manipulations.register import MANIPULATIONS, Manipulations
from sim.models.chain.box_check import box_check
from sim.models.chain.collection import copies_lost, copies_obtained, printed_minutes, scanned
from sim.models.chain.evening import (
    EveningParameters,
    evening,
    tabulate_and_announce,
    untouched,
    what_is_known,
)
from sim.models.chain.incidents import causes, incidents
from sim.models.chain.levels import log_register, sheet_share
from sim.models.numbers.quantile import binomial_quantile
from sim.models.quick_count.sampling import draw_sample
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.vote.incidents import IncidentParameters
from sim.records.parameters.vote.rule import Vote
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.vote.chain import Chain, ManipulatorView, open_chain
from sim.records.vote.contest import Candidate, Contest
from sim.records.vote.count import Count
from sim.records.vote.register import Register
from sim.rng import Streams
from tests.support.electorate_case import venezuela

STAGES = Vote.model_fields["stages"].default
REPEATS = 12
Row = tuple[str, str, str, str]


def best(work: Callable[[], object]) -> float:
    """Return the shortest of several runs, milliseconds."""
    times = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return 1000 * min(times)


def national_votes(register: Register, streams: Streams) -> tuple[Contest, Count]:
    """Return ten candidates and plausible votes."""
    roles = ["large", "large", *["small"] * 8]
    contest = Contest(
        tuple(Candidate(f"c{k}", f"c{k}", "", 1, role, 0.1) for k, role in enumerate(roles)), 0, 1
    )
    draw = streams("benchmark/votes")
    tables = register.registered.size
    small = draw.poisson(2.6, (9, tables)).astype(np.int32)
    ballots = np.maximum(
        binomial_quantile(register.registered, 0.6, draw.standard_normal(tables)), small.sum(axis=0)
    )
    left = (ballots - small.sum(axis=0)).astype(np.int32)
    support = 1 / (1 + np.exp(-(0.7 * register.centre_past[register.centre] - 0.8)))
    first = binomial_quantile(left, support, draw.standard_normal(tables))
    return contest, Count(np.vstack((first, left - first, small[:8])).astype(np.int32), small[8])


def random_numbers(tables: int) -> None:
    """Draw what the evidence layer draws: 4 M uniforms and 2 M normals, as the specification counts
    them.
    """
    streams = Streams(1, 0)
    for k in range(4):
        streams(f"benchmark/u{k}").random(tables, dtype=np.float32)
    for k in range(2):
        streams(f"benchmark/z{k}").standard_normal(tables, dtype=np.float32)


def rows() -> Iterator[Row]:
    """Yield (what, measured, target, context)."""
    register, streams = venezuela(), Streams(1, 0)
    tables = register.registered.size
    contest, cast = national_votes(register, streams)
    p = EveningParameters(Sheets(), Transmission(), Collection(), QuickCountParameters())
    sample = draw_sample(register, p.quick_count, streams)
    known = what_is_known(register, contest, 0.2, sample, streams)
    closing = np.full(tables, 720, dtype=np.float32)
    seen: dict[str, tuple[Chain, ManipulatorView]] = {}

    def watch(stage: str, chain: Chain, about: ManipulatorView) -> Chain:
        seen[stage] = (chain, about)
        return untouched(stage, chain, about)

    def whole(apply: Callable[[str, Chain, ManipulatorView], Chain] = untouched) -> object:
        night = evening(
            open_chain(register.registered),
            cast,
            closing,
            register,
            contest,
            sample,
            known,
            p,
            streams,
            apply,
        )
        return tabulate_and_announce(night.chain, night.known, STAGES, apply)

    whole(watch)
    seen["register"] = seen["day"] = (open_chain(register.registered), known)
    unit = best(lambda: random_numbers(tables))
    yield (
        "random numbers of the evidence layer",
        f"{unit:.2f} ms",
        "unit",
        "4 M uniforms, 2 M normals, float32",
    )
    share, size = sheet_share(cast, 0), log_register(register)

    def collection() -> None:
        present = np.ones(tables, dtype=np.bool_)
        obtained = copies_obtained(present, share, size, p.sheets, streams)
        held = obtained & ~copies_lost(obtained, p.sheets, streams)
        zone = register.centre_zone[register.centre]
        scanned(held, printed_minutes(closing, p.sheets, streams), zone, p.collection, streams)

    parts: list[tuple[str, Callable[[], object], float]] = [
        ("collection through 128 scan centres", collection, 8.0),
        ("quick-count draw of 1,500", lambda: draw_sample(register, p.quick_count, streams), 2.0),
        ("evening: sheets to bulletins, quick count", whole, 20.0),
        ("box checks", lambda: box_check(register, cast, cast, p.sheets, streams), 8.0),
        ("incidents", _incidents(tables, seen["collection"][0], streams), 12.0),
    ]
    for name, work, target in parts:
        ms = best(work)
        yield (name, f"{ms / unit:.1f} x", f"<= {target:g} x", f"{ms:.2f} ms")
    for key, kind in MANIPULATIONS.items():
        part = kind(getattr(Manipulations(), key))
        chain, about = seen[part.acts_on]
        ms = best(
            lambda part=part, chain=chain, about=about: part.apply(
                chain, about, streams, as_planned
            )
        )  # type: ignore[misc]
        yield (f"manipulation {key}", f"{ms / unit:.1f} x", "<= 15 x", f"{ms:.2f} ms")


def _incidents(tables: int, chain: Chain, streams: Streams) -> Callable[[], object]:
    settings = IncidentParameters()

    def work() -> object:
        found = causes((), np.zeros(tables, dtype=np.float32), chain.copy_lost, None, settings)
        return incidents(found, chain.observer_present, chain.witness_present, settings, streams)

    return work
