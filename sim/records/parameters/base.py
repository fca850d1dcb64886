"""How a parameter is declared: default, unit, study range, hard bounds and source, in one line.

A parameter's range is what a study sweeps (central 90 % unless its note says otherwise); its hard
bounds are what a scenario may not leave. `source` is a key of sim/sources.py or of a seed's
sources, or the word "assumption".
"""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from sim.records.parameters.drawn import Table


class Section(BaseModel):
    """A frozen, closed table of a scenario: unknown keys, NaN and numbers written as text are
    errors.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)


def quantity(
    default: Any = ...,
    *,
    unit: str,
    low: float | None = None,
    high: float | None = None,
    ge: float | None = None,
    le: float | None = None,
    gt: float | None = None,
    lt: float | None = None,
    source: str = "assumption",
    note: str = "",
    drawn: Table | None = None,
    spread: Table | None = None,
    base_rate: str = "",
) -> Any:
    """Declare one number of a scenario.

    Args:
        default: value where neither seed nor scenario says otherwise; leave out when the case must
        supply it. unit: "share", "days", "minutes", "votes", "1" for a pure number, ... low, high:
        study range. ge, le, gt, lt: hard bounds. source: citation key, or "assumption". note: one
        sentence for `sim show --explain` and editors. drawn: the distribution of an assumption,
        whose median is the default; a value that a file gives ends the draw. spread: distribution
        of a factor on the value, whoever gives it; its median is 1. base_rate: key of the row of
        base_rates.py on which the default rests.
    """
    extra: dict[str, Any] = {"unit": unit, "source": source}
    if drawn is not None:
        extra["drawn"] = drawn
    if spread is not None:
        extra["spread"] = spread
    if base_rate:
        extra["base_rate"] = base_rate
    if low is not None and high is not None:
        extra["range"] = [low, high]
    return Field(
        default, ge=ge, le=le, gt=gt, lt=lt, description=note or None, json_schema_extra=extra
    )


def share(default: Any = ..., **options: Any) -> Any:
    """Declare a share or probability: unit "share", bounds 0 to 1."""
    return quantity(default, **{"unit": "share", "ge": 0.0, "le": 1.0, **options})


def choice(default: Any = ..., *, note: str = "", source: str = "assumption") -> Any:
    """Declare a key, a list of keys or a switch (no unit, no range)."""
    return Field(
        default, description=note or None, json_schema_extra={"unit": "key", "source": source}
    )
