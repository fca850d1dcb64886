"""What a user asks of `sim assess`, and the lists of tables that go with the sheets."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import InputError, Problem
from sim.files.draw_file import DrawnList, read_draw
from sim.files.mapping.grammar import Mapping
from sim.files.opening.container import MAX_BYTES
from sim.files.read import header_of, read_list
from sim.records.vote.tally import Tally

EVERY_ROW = "all"


@dataclass(frozen=True, slots=True)
class Request:
    """What a user asks. sample: a flag column, or "all" when every row was drawn. Paths None where
    not given.

    more: later files of the same count. mapping: one file for all, or several texts of which
    "B.csv=b.toml" is for one file. contest: which of several in a mapping. look: read, ask nothing.
    only: the methods that are asked.
    forensics: also the forensic tests and audits; they use `centre_column` and `past_column`
    (earlier share of the incumbent). target: the candidate whose votes they look at (the announced
    winner, else the largest).
    """

    file: Path
    mapping: Path | tuple[str, ...] | None = None
    frame: Path | None = None
    strata_column: str | None = None
    announced: Path | None = None
    sample: str | None = None
    hours_column: str | None = None
    incumbent: str | None = None
    challenger: str | None = None
    forensics: bool = False
    centre_column: str | None = None
    past_column: str | None = None
    target: str | None = None
    limit: int = MAX_BYTES
    more: tuple[Path, ...] = ()
    contest: str | None = None
    look: bool = False
    only: tuple[str, ...] = ()

    def mappings(self) -> tuple[str, ...]:
        """Return the mappings as texts."""
        if self.mapping is None:
            return ()
        return (str(self.mapping),) if isinstance(self.mapping, Path | str) else self.mapping


def drawn_list(request: Request) -> DrawnList:
    """Return the list of drawn tables given as --frame.

    Raises:
        InputError: the list is broken, or an option says otherwise than the list.
    """
    assert request.frame is not None
    said = [
        (request.sample not in (None, EVERY_ROW), "--sample", "which tables were drawn"),
        (request.strata_column not in (None, "stratum"), "--strata-column", "their strata"),
    ]
    problems = [
        Problem(
            f"{option} is not needed: the list of drawn tables says {what}",
            file=str(request.frame),
            hint=f"leave {option} out, or give the list of all tables as --frame",
        )
        for wrong, option, what in said
        if wrong
    ]
    if problems:
        raise InputError(problems)
    return read_draw(request.frame)


def read_frame_list(request: Request, tally: Tally, mapping: Mapping | None = None) -> Tally:
    """Return the list of all tables; strata are its own column, named with --strata-column.

    Raises:
        InputError: it cannot be read, or it lacks the column of strata.
    """
    assert request.frame is not None
    wanted = {
        "stratum": request.strata_column or tally.columns.stratum,
        "past_share": request.past_column or tally.columns.past_share,
    }
    named = {role: name for role, name in wanted.items() if name is not None}
    if named:
        header = header_of(request.frame, mapping, request.limit)
        strata = named.get("stratum")
        if strata is not None and strata not in header:
            raise InputError(
                Problem(
                    f"the list of tables has no column {strata!r} for strata, so their sizes are "
                    "not known",
                    file=str(request.frame),
                    hint=f"columns: {', '.join(map(repr, header))[:600]}",
                )
            )
        named = {role: name for role, name in named.items() if name in header}
    return read_list(request.frame, mapping, tally, request.limit, named)


def unused_options(request: Request) -> list[str]:
    """Return a note for each option of a sample where no sample was named."""
    given = [("--strata-column", request.strata_column), ("--hours-column", request.hours_column)]
    return [
        f"{option} is not used: no sample was named with --sample"
        for option, value in given
        if value is not None
    ]


def sample_flags(request: Request, tally: Tally) -> NDArray[np.bool_]:
    """Return (n,) which rows of the file were drawn."""
    if request.sample == EVERY_ROW or tally.sample is None:
        return np.ones(len(tally.codes), dtype=np.bool_)
    return tally.sample
