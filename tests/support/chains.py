"""An election evening on a small register, stage by stage, with or without manipulations."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from sim.manipulations.register import Manipulations, apply_stage, enabled
from sim.models.chain.evening import (
    Evening,
    EveningParameters,
    evening,
    tabulate_and_announce,
    untouched,
    what_is_known,
)
from sim.models.quick_count.sampling import draw_sample
from sim.records.parameters.vote.chain import Collection, Sheets, Transmission
from sim.records.parameters.vote.rule import Vote
from sim.records.parameters.watching.quick_count import QuickCountParameters
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView, open_chain
from sim.rng import Streams
from tests.support.registers import small_contest, small_register, small_votes

STREAMS = Streams(20240702, 0)
STAGES = Vote.model_fields["stages"].default
PARAMETERS = EveningParameters(Sheets(), Transmission(), Collection(), QuickCountParameters(n=60))


def small_world(p: EveningParameters = PARAMETERS, streams: Streams = STREAMS, blocks: int = 8):
    """Return register, contest, sample, votes as cast and what manipulators know."""
    register, contest = small_register(blocks), small_contest()
    sample = draw_sample(register, p.quick_count, streams)
    return (
        register,
        contest,
        sample,
        small_votes(register),
        what_is_known(register, contest, 0.2, sample, streams),
    )


def small_evening(
    p: EveningParameters = PARAMETERS,
    manipulations: Manipulations | None = None,
    streams: Streams = STREAMS,
    apply=None,
    blocks: int = 8,
) -> tuple[Evening, tuple[Manipulated, ...]]:
    """Run the whole evening; return it and what the manipulations did."""
    register, contest, sample, cast, known = small_world(p, streams, blocks)
    active = enabled(manipulations or Manipulations())
    done: list[Manipulated] = []

    def act(stage: str, chain: Chain, about: ManipulatorView) -> Chain:
        chain, what = apply_stage(stage, chain, about, active, streams)
        done.extend(what)
        return chain

    act = apply or act
    chain = act("day", act("register", open_chain(register.registered), known), known)
    closing = np.full(register.registered.size, 720, dtype=np.float32)
    night = evening(chain, cast, closing, register, contest, sample, known, p, streams, act)
    announced = tabulate_and_announce(night.chain, night.known, STAGES, act)
    return replace(night, chain=announced), tuple(done)


@lru_cache(maxsize=1)
def stages() -> dict[str, tuple[Chain, ManipulatorView]]:
    """Return, for an honest evening, the chain and the knowledge at the moment of each stage."""
    seen: dict[str, tuple[Chain, ManipulatorView]] = {}

    def watch(stage: str, chain: Chain, known: ManipulatorView) -> Chain:
        seen[stage] = (chain, known)
        return untouched(stage, chain, known)

    small_evening(apply=watch)
    return seen


def switched_on(**sections) -> Manipulations:
    """Return manipulations with these sections on: switched_on(vote_switching={"f": .1})."""
    base = Manipulations()
    changes = {
        key: getattr(base, key).model_copy(update={"enabled": True, **values})
        for key, values in sections.items()
    }
    return base.model_copy(update=changes)


def without_witnesses(known: ManipulatorView) -> ManipulatorView:
    """Return the same knowledge with nobody accredited."""
    return replace(known, observers=np.zeros_like(known.observers))
