"""Section `manipulations`: one subsection for each irregularity that a scenario may switch on; all
are off by default.

Intensities at 0 leave every number as it was, bit for bit. `beneficiary` is a candidate's key;
empty, it is the contest's incumbent (for `forged_copies`, which the collecting party does, the
challenger).
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

from pydantic import Strict

from sim.records.parameters.base import Section, choice, quantity

Names = Annotated[tuple[str, ...], Strict(False)]  # TOML knows lists only
Part = TypeVar("Part", bound=Section)
Target = Literal["even", "support", "small_first"]


class Irregularity(Section):
    """What all manipulations have."""

    enabled: bool = choice(False, note="whether this manipulation happens")
    beneficiary: str = choice(
        "", note="key of the candidate whom it serves; empty: the contest's incumbent"
    )


class Targeted(Irregularity):
    """A manipulation that picks tables: exponential tilt exp(slope x score), score as `target`
    says.
    """

    target: Target = choice(
        "support",
        note="score: known past support of the beneficiary (logit), small tables, or none",
    )
    slope: float = quantity(
        0.5, unit="1", low=0.0, high=2.0, ge=-10, le=10, note="strength of the tilt; 0 picks evenly"
    )


class AtStrongholds(Irregularity):
    """A manipulation at small tables, and where the beneficiary is believed to be strong."""

    slope: float = quantity(
        2.0,
        unit="1",
        low=0.0,
        high=6.0,
        ge=-20,
        le=20,
        note="tilt in the known share of the beneficiary",
    )
    small_slope: float = quantity(
        0.3, unit="1", low=0.0, high=1.0, ge=-5, le=5, note="tilt in -ln register"
    )


class ManipulationSection(Section):
    """How well those who manipulate know the country.

    The register (sim/manipulations/register.py) adds one subsection for each manipulation.
    """

    known_sd: float = quantity(
        0.20, unit="logit", low=0.0, high=0.5, ge=0, le=5, note="error of the known past support"
    )

    def of(self, kind: type[Part]) -> Part:
        """Return the subsection of this kind.

        Raises:
            StopIteration: the register has none.
        """
        return next(part for part in vars(self).values() if type(part) is kind)
