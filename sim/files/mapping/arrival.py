"""Clock stamps as hours after closing: a written format, a zone, never guessed."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.mapping.grammar import ArrivalSection
from sim.files.mapping.lookup import Lookup
from sim.files.opening.header import Table

HOUR = 3_600_000_000


def arrival_hours(
    table: Table, arrival: ArrivalSection, look: Lookup
) -> NDArray[np.float64] | None:
    """Return (n,) hours after closing, NaN where a cell is empty or no stamp.

    Raises:
        InputError: no format, closing or zone; or no cell fits the format.
    """
    if not arrival.stamp:
        return None
    columns = look.several(arrival.stamp, "arrival.stamp")
    look.check()
    missing = [key for key in ("format", "closing") if getattr(arrival, key) is None]
    if missing or arrival.closing is None or arrival.format is None:
        hint = (
            'format = "%d/%m/%Y %H:%M:%S", closing = 2024-06-02T18:00:00, zone = '
            '"America/Mexico_City"'
        )
        raise InputError(
            Problem(f"[arrival] needs {' and '.join(missing)}", file=look.file, hint=hint)
        )
    text = (
        pl.select(pl.concat_str([table.cells(k) for k in columns], separator=" "))
        .to_series()
        .str.strip_chars()
    )
    form = arrival.format
    if "%Y" not in form and "%y" not in form:
        if arrival.year is None:
            raise InputError(
                Problem(
                    "stamps without a year need [arrival] year", file=look.file, hint="year = 2024"
                )
            )
        text = pl.select(
            pl.when(text == "").then(pl.lit("")).otherwise(pl.lit(f"{arrival.year} ") + text)
        ).to_series()
        form = f"%Y {form}"
    stamps = text.str.to_datetime(form, time_unit="us", strict=False, exact=True)
    filled = text != ""
    if bool(filled.any()) and stamps.null_count() == len(stamps):
        raise InputError(
            Problem(
                f"no cell of {table.shown(columns[0])!r} fits {arrival.format!r}",
                file=look.file,
                hint="write the format as the cells are written: %d/%m/%Y %H:%M:%S",
            )
        )
    return after(stamps, arrival, look.file)


def after(stamps: pl.Series, arrival: ArrivalSection, file: str) -> NDArray[np.float64]:
    """Return hours between closing and each stamp, by the clock of the zone."""
    closing = arrival.closing
    assert closing is not None
    if arrival.zone is not None:
        try:
            zone = ZoneInfo(arrival.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            hint = "a name of the IANA list, America/Caracas say"
            raise InputError(
                Problem(f"no time zone {arrival.zone!r}", file=file, hint=hint)
            ) from error
        stamps = stamps.dt.replace_time_zone(
            arrival.zone, ambiguous="earliest", non_existent="null"
        ).dt.convert_time_zone("UTC")
        from datetime import UTC

        closing = (closing if closing.tzinfo else closing.replace(tzinfo=zone)).astimezone(UTC)
    elif closing.tzinfo is not None:
        closing = closing.replace(tzinfo=None)
    start = int(pl.Series([closing]).dt.replace_time_zone(None).dt.timestamp("us")[0])
    micro = (
        stamps.dt.replace_time_zone(None)
        .dt.timestamp("us")
        .cast(pl.Float64)
        .fill_null(float("nan"))
        .to_numpy()
    )
    return np.asarray((micro - start) / HOUR, dtype=np.float64)
