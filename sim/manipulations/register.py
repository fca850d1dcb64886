"""All manipulations, written by hand, and the one function that applies those that a scenario
switches on.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from pydantic import create_model

from sim.manipulations.ballot_stuffing import BallotStuffing
from sim.manipulations.base import Manipulation, as_planned
from sim.manipulations.displacement import Displaced
from sim.manipulations.displacement import Parameters as Displacement
from sim.manipulations.eforensics import Eforensics
from sim.manipulations.fabricated_totals import FabricatedTotals
from sim.manipulations.forged_copies import ForgedCopies
from sim.manipulations.phantom_tables import PhantomTables
from sim.manipulations.register_padding import RegisterPadding
from sim.manipulations.sheet_alteration import SheetAlteration
from sim.manipulations.sheet_refusal import SheetRefusal
from sim.manipulations.slow_service import SlowService
from sim.manipulations.tabulation_override import TabulationOverride
from sim.manipulations.transmission_stop import TransmissionStop
from sim.manipulations.vote_switching import VoteSwitching
from sim.manipulations.witness_expulsion import WitnessExpulsion
from sim.records.parameters.vote.manipulations import ManipulationSection
from sim.records.vote.chain import STAGES, Chain, Manipulated, ManipulatorView
from sim.rng import Streams

MANIPULATIONS: dict[str, Any] = {
    "ballot_stuffing": BallotStuffing,
    "eforensics": Eforensics,
    "fabricated_totals": FabricatedTotals,
    "forged_copies": ForgedCopies,
    "phantom_tables": PhantomTables,
    "register_padding": RegisterPadding,
    "sheet_alteration": SheetAlteration,
    "sheet_refusal": SheetRefusal,
    "slow_service": SlowService,
    "tabulation_override": TabulationOverride,
    "transmission_stop": TransmissionStop,
    "vote_switching": VoteSwitching,
    "witness_expulsion": WitnessExpulsion,
}

TABLE_LEVEL = frozenset(key for key, part in MANIPULATIONS.items() if part.picks_tables)
"""Manipulations that pick tables one by one, so that displacement can redirect them."""

if TYPE_CHECKING:

    class Manipulations(ManipulationSection):
        """Every manipulation's section of a scenario, and displacement's."""

        displacement: Displacement = Displacement()

else:
    _sections = {key: part.parameters for key, part in MANIPULATIONS.items()}
    _sections["displacement"] = Displacement
    Manipulations = create_model(
        "Manipulations",
        __base__=ManipulationSection,
        __module__=__name__,
        __doc__="Every manipulation's section of a scenario, and displacement's.",
        **{key: (kind, kind()) for key, kind in sorted(_sections.items())},
    )


def enabled(p: ManipulationSection) -> tuple[Manipulation, ...]:
    """Return the manipulations that are on, in the order of the chain, then of the alphabet;
    displaced where that is on.
    """
    keys = [key for key in MANIPULATIONS if getattr(p, key).enabled]
    keys.sort(key=lambda key: (STAGES.index(MANIPULATIONS[key].acts_on), key))
    return tuple(_built(key, p) for key in keys)


def _built(key: str, p: ManipulationSection) -> Manipulation:
    plain: Manipulation = MANIPULATIONS[key](getattr(p, key))
    displacement = p.of(Displacement)
    return Displaced(plain, displacement) if displacement.enabled and key in TABLE_LEVEL else plain


def apply_stage(
    stage: str,
    chain: Chain,
    known: ManipulatorView,
    active: tuple[Manipulation, ...],
    streams: Streams,
) -> tuple[Chain, tuple[Manipulated, ...]]:
    """Apply those of the `active` manipulations that act on `stage`; return the chain and what each
    of them did.
    """
    done: list[Manipulated] = []
    for manipulation in active:
        if manipulation.acts_on == stage:
            chain, what = manipulation.apply(chain, known, streams, as_planned)
            done.append(replace(what, causes=MANIPULATIONS[what.key].causes))
    return chain, tuple(done)
