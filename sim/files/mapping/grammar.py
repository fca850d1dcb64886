"""The mapping file: its grammar, format 2; files of format 1 stay valid. Every mistake of a file is
named at once.
"""

from __future__ import annotations

import datetime
import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from sim.errors import FormatError, InputError, Problem

FORMAT = 2


def as_list(value: object) -> object:
    """Return one value as a list of one."""
    return value if isinstance(value, list) else [value]


def as_texts(value: object) -> object:
    """Return whole numbers as text, one value as a list."""
    listed = value if isinstance(value, list) else [value]
    return [str(v) if isinstance(v, int) and not isinstance(v, bool) else v for v in listed]


Column = str | int
ColumnList = Annotated[list[Column], BeforeValidator(as_list)]
Texts = Annotated[list[str], BeforeValidator(as_texts)]
Conditions = dict[str, Texts]


class Section(BaseModel):
    """A table of the mapping: closed, so that a mistyped key is an error."""

    model_config = ConfigDict(extra="forbid", strict=True)


class FileSection(Section):
    """How the file is written."""

    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    comment: str | None = None
    skip: int | None = None
    header: str | None = None
    header_lines: int = 1
    quote: str = '"'
    empty: list[str] = []
    unreadable: list[str] = []
    sheet: str | None = None
    members: list[str] = []
    across: bool = False
    fixed: dict[str, list[int]] = {}
    format: Literal["nist-cdf"] | None = None


class ContestSection(Section):
    """Which contest, and under which rule it is decided."""

    name: str | None = None
    rule: Literal["plurality", "two rounds", "preferential", "after preferences", "list"] | None = (
        None
    )


class RowsSection(Section):
    """Which rows are tables of this contest, and which of them hold a sheet."""

    keep: Conditions = {}
    drop: Conditions = {}
    counted: Conditions = {}
    zeros: Literal["sheet", "no sheet"] = "no sheet"


class Filled(Section):
    """A column with merged cells."""

    column: Column
    fill: Literal["down"] = "down"


class ColumnsSection(Section):
    """Columns by role. A list in a role that counts means the sum."""

    table: ColumnList = []
    centre: ColumnList = []
    region: Filled | ColumnList = []
    stratum: Column | None = None
    sample: Column | None = None
    hours: Column | None = None
    registered: ColumnList = []
    no_register: Conditions = {}
    ballots_received: ColumnList = []
    ballots_issued: ColumnList = []
    ballots_left: ColumnList = []
    ballots_found: ColumnList = []
    valid: ColumnList = []
    accredited: ColumnList = []
    total: ColumnList = []
    invalid: dict[str, ColumnList] | ColumnList = []
    merged_with: Column | None = None
    past_share: Column | None = None


class LongSection(Section):
    """Labels of a long file."""

    candidate: Column | None = None
    votes: Column | None = None
    invalid: dict[str, Texts] = {}
    kind: Column | None = None
    valid: Texts = []
    total: Texts = []
    registered: Conditions = {}
    ballots_found: Conditions = {}
    unit_type: str | None = None
    count_type: str | None = None


class GroupsSection(Section):
    """Groups of columns, one for each candidate: from a first column on, or numbered."""

    first: Column | None = None
    width: int | None = None
    candidate: str
    votes: str


class DenominatorsSection(Section):
    """What shares and turnout are counted on."""

    share: Literal["valid", "ballots_found", "registered"] = "valid"
    turnout: Literal["ballots_found", "ballots_issued"] = "ballots_found"


class ArrivalSection(Section):
    """When each sheet came in."""

    stamp: ColumnList = []
    hours: Column | None = None
    format: str | None = None
    year: int | None = None
    zone: str | None = None
    closing: datetime.datetime | None = None


class FrameSection(Section):
    """The list of all tables, with columns of its own names."""

    table: ColumnList = []
    centre: ColumnList = []
    region: ColumnList = []
    registered: ColumnList = []
    stratum: Column | None = None
    past_share: Column | None = None
    file: FileSection = FileSection()
    rows: RowsSection = RowsSection()


class SnapshotsSection(Section):
    """A column that says when a file was taken."""

    stamp: Column | None = None


class ChecksSection(Section):
    """What is checked, and what is let pass."""

    others_missing: bool = False
    identities: list[str] = []
    set_aside_limit: float = 0.05
    register_slack: int = 5


class Mapping(Section):
    """The whole mapping."""

    format: int = FORMAT
    file: FileSection = FileSection()
    contest: ContestSection = ContestSection()
    rows: RowsSection = RowsSection()
    columns: ColumnsSection = ColumnsSection()
    candidates: dict[str, ColumnList] = {}
    long: LongSection | None = None
    groups: GroupsSection | None = None
    contests: dict[str, dict[str, object]] = {}
    denominators: DenominatorsSection = DenominatorsSection()
    arrival: ArrivalSection | None = None
    frame: FrameSection | None = None
    snapshots: SnapshotsSection = SnapshotsSection()
    checks: ChecksSection = ChecksSection()


def read_toml(path: Path) -> dict[str, object]:
    """Return a TOML file's tables, with or without a byte-order mark."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(Problem(f"cannot be read as TOML: {error}", file=str(path))) from error


def read_mapping(path: Path, contest: str | None = None) -> Mapping:
    """Return the mapping that a user wrote.

    Args:
        contest: which of several [contests.NAME], whose tables are laid over the others.

    Raises:
        InputError: not TOML, an unknown key, a value of the wrong kind, or nothing that names
        candidates.
    """
    data = read_toml(path)
    stated = data.get("format", 1)
    if stated not in (1, FORMAT):
        raise FormatError(
            Problem(
                f"format {stated} of a mapping is not known",
                file=str(path),
                hint=f"this version knows 1 and {FORMAT}",
            )
        )
    if stated == 1:
        data = from_first(data)
    mapping = parsed(with_contest(data, contest, path), path)
    if not (
        mapping.candidates or mapping.long or mapping.groups or mapping.frame or only_file(data)
    ):
        hint = '[candidates] with a line "Name" = "column" each; or [long], or [groups]'
        raise InputError(Problem("two or more [candidates] are needed", file=str(path), hint=hint))
    if not only_file(data) and not mapping.columns.table and mapping.file.format is None:
        raise InputError(
            Problem(
                "columns.table is needed", file=str(path), hint='table = "column", or table = "row"'
            )
        )
    return mapping


def only_file(data: dict[str, object]) -> bool:
    """Return whether a mapping says only how the file is written."""
    return "file" in data and set(data) <= {"format", "file", "checks"}


def from_first(data: dict[str, object]) -> dict[str, object]:
    """Return a mapping of format 1 in the words of format 2."""
    columns = data.get("columns", {})
    if isinstance(columns, dict) and "ballots" in columns:
        columns = {
            ("ballots_found" if key == "ballots" else key): value for key, value in columns.items()
        }
    return {**data, "format": FORMAT, "columns": columns}


def with_contest(data: dict[str, object], contest: str | None, path: Path) -> dict[str, object]:
    """Return the tables with those of one contest laid over them."""
    contests = data.get("contests", {})
    if not isinstance(contests, dict) or not contests:
        if contest is not None:
            raise InputError(Problem(f"no [contests.{contest}] in the mapping", file=str(path)))
        return data
    if contest is None or contest not in contests:
        known = ", ".join(contests)
        raise InputError(
            Problem(
                "the mapping has several contests",
                file=str(path),
                hint=f"choose one with --contest: {known}",
            )
        )
    out = {**data, "contest": {"name": contest}}
    for table, lines in contests[contest].items():
        below = out.get(table)
        out[table] = (
            {**below, **lines}
            if isinstance(below, dict) and isinstance(lines, dict) and table != "candidates"
            else lines
        )
    return out


def parsed(data: dict[str, object], path: Path) -> Mapping:
    """Return the checked mapping.

    Raises:
        InputError: every mistake at once, unknown keys with the nearest known one.
    """
    try:
        return Mapping.model_validate(data)
    except ValidationError as error:
        seen = {
            str(one["loc"]): problem_of(one["loc"], one["type"], one["msg"], path)
            for one in error.errors()
        }
        raise InputError(list(seen.values())) from None


def problem_of(place: tuple[int | str, ...], kind: str, message: str, path: Path) -> Problem:
    """Return one mistake in words."""
    parts = [
        str(part)
        for part in place
        if not str(part).startswith(("list[", "function-", "dict[", "Filled", "str", "int"))
    ]
    where = ".".join(parts[:-1])
    if kind == "extra_forbidden":
        known = known_keys(parts[:-1])
        near = get_close_matches(parts[-1], known, 1)
        hint = (f"is it {near[0]!r}? " if near else "") + f"known: {', '.join(known)}"
        return Problem(f"unknown key {parts[-1]!r}", file=str(path), path=where, hint=hint)
    said = (
        "must be the name of a column, in quotes, or its number"
        if where.startswith(("columns", "candidates"))
        else message
    )
    if kind in ("model_type", "dict_type"):
        said = f"write a table [{'.'.join(parts)}]"
    return Problem(said, file=str(path), path=".".join(parts))


def known_keys(place: list[str]) -> list[str]:
    """Return the keys of a table of the mapping."""
    model: type[BaseModel] = Mapping
    for part in place:
        inner = SECTIONS.get(part)
        if inner is None:
            return sorted(model.model_fields)
        model = inner
    return sorted(model.model_fields)


SECTIONS: dict[str, type[BaseModel]] = {
    "file": FileSection,
    "contest": ContestSection,
    "rows": RowsSection,
    "columns": ColumnsSection,
    "long": LongSection,
    "groups": GroupsSection,
    "denominators": DenominatorsSection,
    "arrival": ArrivalSection,
    "frame": FrameSection,
    "snapshots": SnapshotsSection,
    "checks": ChecksSection,
}
