"""The scenario file: what a person writes beside the model's own tables (title, seed, run,
uncertainties, levers, events).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Literal

from pydantic import field_validator

from sim.manipulations.register import Manipulations
from sim.records.moments import Moment
from sim.records.parameters.base import Section, choice, quantity
from sim.records.parameters.root import Parameters
from sim.scenario.drawn.uncertainties import Scalar, Uncertainty

_ENTROPY = re.compile(r"0x[0-9A-Fa-f]{1,64}")


class Run(Section):
    """How often, with which luck, and whether assumptions are drawn; that alone is part of the
    scenario's digest."""

    replicates: int = quantity(
        400, unit="replicates", ge=1, le=1_000_000, note="how often the scenario is played"
    )
    entropy: str = choice(
        "0x5EED", note="the root of all random numbers, hexadecimal text; same entropy, same luck"
    )
    jobs: int = quantity(
        0, unit="processes", ge=0, le=1024, note="0 takes one process for each core"
    )
    assumptions: Literal["drawn", "fixed"] = choice(
        "drawn",
        note="drawn: every assumption anew for each set of 4 replicates; fixed: at its median",
    )

    @field_validator("entropy")
    @classmethod
    def _hexadecimal(cls, value: str) -> str:
        if not _ENTROPY.fullmatch(value):
            raise ValueError(
                "write the entropy as hexadecimal text of 1 to 64 digits, for example "
                '"0x5EED20240702"'
            )
        return value

    def entropy_value(self) -> int:
        """Return the entropy as a number."""
        return int(self.entropy, 16)


class ForcedEvent(Section):
    """One `[[events]]` table: fix an option of an actor's decision, from the start or from a moment
    on.
    """

    actor: str = choice(note="key of the actor")
    decision: str = choice(note="which decision of the actor")
    option: str = choice(note="the option that it takes, whatever its utility")
    at: Moment | None = choice(
        None,
        note="from when: a date (00:00 local time), a time, or after or before an anchor or the "
        "first ledger event of a name",
    )
    target: str = choice(
        "",
        note="what the decision is about, where there are several: a licence, a track, a candidate",
    )


class Measures(Section):
    """What the table of outcomes shows."""

    report: tuple[str, ...] = choice((), note="names of outcomes, in this order; empty shows all")


class CaseParameters(Parameters):
    """What a replicate reads, with the sections of the registered manipulations."""

    manipulations: Manipulations = Manipulations()


class Scenario(CaseParameters):
    """A resolved scenario: frozen, closed, wholly checked. `extends` is () here: its files are
    merged already.
    """

    format: int = choice(2, note="format number of the file")
    title: str = choice(note="one line that says what the scenario is")
    description: str = choice("", note="the question that the scenario answers")
    extends: tuple[str, ...] = choice((), note="scenario files that this one changes")
    seed: str = choice(note="the case: a folder of seeds/")
    as_of: dt.date = choice(note="nothing that became known after this date is used")
    run: Run = Run()
    uncertainties: dict[str, Uncertainty] = choice(
        {}, note="dotted path -> distribution, drawn once a replicate"
    )
    assumptions: dict[str, Uncertainty] = choice(
        {}, note="dotted path -> distribution, drawn once a set of replicates"
    )
    levers: dict[str, tuple[Scalar, ...]] = choice(
        {}, note="dotted path -> values that somebody may choose, for studies"
    )
    measures: Measures = Measures()
    events: tuple[ForcedEvent, ...] = choice((), note="options that are fixed")


OWN_TABLES = tuple(name for name in Scenario.model_fields if name not in Parameters.model_fields)
LABELS: dict[str, Any] = {
    "format": True,
    "title": True,
    "description": True,
    "extends": True,
    "run": {"replicates", "entropy", "jobs"},
}


def is_parameter(path: tuple[str, ...]) -> bool:
    """Return whether a path lies in the model's own tables."""
    return path[0] in Parameters.model_fields
