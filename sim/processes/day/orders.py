"""What is ordered on the day and in the night, as manipulations beside those that a scenario
plans.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.manipulations import (
    fabricated_totals,
    tabulation_override,
    transmission_stop,
    witness_expulsion,
)
from sim.manipulations.register import Manipulations, apply_stage, enabled
from sim.models.polling_day.day import Act
from sim.records.parameters.after.night import Night
from sim.records.parameters.vote.manipulations import ManipulationSection
from sim.records.vote.chain import Chain, Manipulated, ManipulatorView
from sim.records.vote.election_day import ElectionDay
from sim.rng import Streams

STOPPED_COPIES = "sheets/stopped"
SHARE_GRID = "strategy/share_grid"
FINEST = 1e-7


def acting(wanted: ManipulationSection, streams: Streams) -> Act:
    """Return what lets these manipulations act, each at its stage."""
    active = enabled(wanted)

    def act(
        stage: str, chain: Chain, known: ManipulatorView
    ) -> tuple[Chain, tuple[Manipulated, ...]]:
        return apply_stage(stage, chain, known, active, streams)

    return act


def with_expulsion(planned: ManipulationSection, share: float) -> ManipulationSection:
    """Return the plan with witnesses kept out of at least this share of the tables."""
    if share <= 0:
        return planned
    expulsion = planned.of(witness_expulsion.Parameters)
    stronger = max(share, expulsion.f if expulsion.enabled else 0.0)
    order = expulsion.model_copy(update={"enabled": True, "f": stronger})
    return planned.model_copy(update={"witness_expulsion": order})


def share_grid(rules: Night, streams: Streams) -> float:
    """Return the grid on which made-up shares lie: whole percent, one decimal, or so fine that
    nothing shows.
    """
    u = float(streams(SHARE_GRID).random())
    if u < rules.whole_percent:
        return 0.01
    return 0.001 if u < rules.whole_percent + rules.one_decimal else FINEST


def of_the_night(
    planned: ManipulationSection, option: str, announced_lead: float, rules: Night, streams: Streams
) -> ManipulationSection:
    """Return the plan with what an option of the night does to tables or totals, until they show
    the lead.
    """
    wanted: dict[str, object] = {"enabled": True, "wanted_lead": -announced_lead}
    if option == "altered_tables":
        order = planned.of(tabulation_override.Parameters).model_copy(
            update={**wanted, "states": ()}
        )
        return planned.model_copy(update={"tabulation_override": order})
    if option == "totals_only":
        grid = {"share_grid": share_grid(rules, streams)}
        totals = planned.of(fabricated_totals.Parameters).model_copy(update={**wanted, **grid})
        return planned.model_copy(update={"fabricated_totals": totals})
    return planned


def stopped(
    day: ElectionDay,
    minute: float,
    planned: ManipulationSection,
    copies_factor: float,
    streams: Streams,
) -> ElectionDay:
    """Return the day after transmission was stopped at this minute after opening.

    copies_factor: share of the copies not scanned by then that still reach their holder. Stream
    `sheets/stopped`: M uniforms.
    """
    after = minute - day.chain.hours.open_minutes
    order = planned.of(transmission_stop.Parameters).model_copy(
        update={"enabled": True, "after_close_minutes": after}
    )
    alone = Manipulations().model_copy(update={"transmission_stop": order})
    act = acting(alone, streams)
    chain, done = act("transmission", day.chain, day.known)
    u = streams(STOPPED_COPIES).random(chain.tables, dtype=np.float32)
    lost = chain.copy_held & (chain.scanned_minute > minute) & (u >= np.float32(copies_factor))
    chain = replace(
        chain,
        copy_held=chain.copy_held & ~lost,
        copy_lost=chain.copy_lost | lost,
        scanned_minute=np.where(lost, np.float32(np.inf), chain.scanned_minute),
    )
    return replace(day, chain=chain, done=day.done + done)
