"""Read a results file: by its own sums, or by a mapping. The one door for `assess`, `plan` and
announced rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from sim.errors import InputError, Problem
from sim.files.counting.finish import Choices, tally_of
from sim.files.counting.prepared import Prepared
from sim.files.counting.rows import RowRules
from sim.files.mapping.arrival import arrival_hours
from sim.files.mapping.frame_list import frame_file, frame_plan, frame_rules
from sim.files.mapping.grammar import FileSection, Mapping
from sim.files.mapping.groups import mapped_groups
from sim.files.mapping.long import mapped_long
from sim.files.mapping.lookup import Lookup
from sim.files.mapping.template import Extra, template, text
from sim.files.mapping.wide import kept_rows, mapped_wide, prepare_wide, style_of
from sim.files.opening.columns import Columns, kinds
from sim.files.opening.container import MAX_BYTES, Source, open_source
from sim.files.opening.fixed import fixed_table
from sim.files.opening.grid import Grid, read_grid
from sim.files.opening.header import HeaderChoice, Table, below, with_header
from sim.files.opening.nist import nist_table, refuse_json
from sim.files.opening.spreadsheet import read_sheet
from sim.files.opening.text import decode
from sim.files.refusal import RefusalError
from sim.files.roles.guess import guess, turn
from sim.files.roles.plan import Plan
from sim.records.tally import FileFacts, Note, Tally

ONE_COLUMN = ("stratum", "sample", "hours", "past_share")


@dataclass(frozen=True, slots=True, eq=False)
class Opened:
    """A file as a table, with what was found on the way.

    extra: what a mapping must say besides roles.
    """

    table: Table
    facts: FileFacts
    extra: Extra
    notes: tuple[Note, ...] = ()


def read_results(
    path: Path, mapping: Mapping | None = None, limit: int = MAX_BYTES, **chosen: str | None
) -> Tally:
    """Return the tally of a results file.

    Args:
        path: CSV or another delimited text, gz or zip of one, a spreadsheet, or JSON of NIST SP
        1500-100; "-" is the
            standard input. mapping: what the user wrote. limit: most bytes once unpacked. chosen:
            roles named apart (stratum, sample, hours, past_share, centre), each a column.

    Raises:
        RefusalError: no reading is confirmed; it carries the mapping to write. InputError: the file
        or the mapping is wrong.
    """
    name = "standard input" if str(path) == "-" else path.name
    try:
        opened = open_table(path, mapping, limit)
        if mapping is None or bare(mapping):
            return unmapped(opened, name, chosen, mapping)
        return mapped(opened, mapping, name, chosen)
    except RefusalError as problem:
        raise problem.mapped(problem.mapping, name) from None


def bare(mapping: Mapping) -> bool:
    """Return whether a mapping says only how the file is written: the roles are then guessed."""
    return not (mapping.candidates or mapping.long or mapping.groups)


def open_table(path: Path, mapping: Mapping | None, limit: int) -> Opened:
    """Return the file as a table of text below a header."""
    section = FileSection() if mapping is None else mapping.file
    source = open_source(path, limit, tuple(section.members))
    if source.container == "json":
        return opened_json(source, mapping)
    if source.container == "spreadsheet":
        grid, sheet = read_sheet(source, section.sheet)
        return opened(source, grid, "", sheet, section, ())
    decoded = decode(source.raw, section.encoding, source.name)
    notes: tuple[Note, ...] = ()
    if decoded.guessed:
        words = ", ".join(decoded.words)
        said = f"encoding guessed: {decoded.encoding}; look at these words: {words}"
        notes = (Note("encoding_guessed", (), said),)
    if section.fixed:
        table = fixed_table(decoded.utf8, section.fixed, source.name, section.skip or 0)
        facts = facts_of(source, table, decoded.encoding, None)
        return Opened(table, facts, Extra(), notes)
    grid = read_fixed_or_grid(decoded.utf8, source, section)
    return opened(source, grid, decoded.encoding, None, section, notes)


def read_fixed_or_grid(utf8: bytes, source: Source, section: FileSection) -> Grid:
    """Return the rows; a file of fixed width is refused with the mapping to fill in."""
    try:
        return read_grid(utf8, source.name, section.delimiter, section.quote, section.comment)
    except RefusalError as problem:
        if problem.code != "fixed_width":
            raise
        first = utf8.split(b"\n", 1)[0].decode("utf-8", errors="replace")
        raise problem.mapped(fixed_mapping(first), source.name) from None


def fixed_mapping(line: str) -> str:
    """Return a mapping for a file of fixed width, with a ruler above its first line."""
    import re

    spans = [(m.start() + 1, m.end()) for m in re.finditer(r"\S+", line)]
    named = ", ".join(f"column{k} = [{a}, {b}]" for k, (a, b) in enumerate(spans, 1))
    ruler = "".join(str(k // 10 % 10) if k % 10 == 0 else "." for k in range(1, len(line) + 1))
    shape = re.sub(r"\d", "9", re.sub(r"[^\W\d_]", "A", line))
    return "\n".join(
        [
            "format = 2",
            "[file]",
            f"#          {ruler}",
            f"# line 1:  {shape}   (9: a digit, A: a letter)",
            f"fixed = {{ {named} }}   # first and last character of each column, counted from 1; "
            "divide them",
            "[columns]",
            'table = ["column1"]',
            "[long]",
            'candidate = "..."',
            'votes = "..."',
            "",
        ]
    )


def opened(
    source: Source,
    grid: Grid,
    encoding: str,
    sheet: str | None,
    section: FileSection,
    notes: tuple[Note, ...],
) -> Opened:
    """Return the table below the header."""
    choice = HeaderChoice(section.skip, section.header, section.header_lines)
    extra = Extra(file=file_lines(section, sheet))
    try:
        table = with_header(grid, source.name, choice)
    except RefusalError as problem:
        raise headed(problem, grid, source, extra) from None
    if section.across:
        table = turn(table)
    if table.preamble:
        first = table.names[0] or f"column 1 of line {table.preamble + 1}"
        extra = replace(
            extra,
            file=(*extra.file, f"skip = {table.preamble}   # lines above the header ({first!r})"),
        )
    return Opened(table, facts_of(source, table, encoding, sheet), extra, notes)


def headed(problem: RefusalError, grid: Grid, source: Source, extra: Extra) -> RefusalError:
    """Return a refusal of the header stage with the mapping that a second look at the file
    gives.
    """
    if not problem.note.startswith("skip="):
        return problem
    skip = int(problem.note.removeprefix("skip="))
    at = int(np.searchsorted(grid.lines, skip + 1))
    table = below(grid, at, 2, source.name)
    more = replace(extra, file=(*extra.file, f"skip = {skip}", "header_lines = 2"))
    try:
        plan, _, _ = guess(table, kinds(table), more, force=True)
        return problem.mapped(template(table, plan, more), source.name)
    except RefusalError as inner:
        return problem.mapped(inner.mapping, source.name)


def file_lines(section: FileSection, sheet: str | None) -> tuple[str, ...]:
    """Return the lines of [file] that a mapping must repeat."""
    out = [f"sheet = {text(sheet)}"] if sheet is not None else []
    for key in ("encoding", "delimiter", "decimal", "thousands"):
        value = getattr(section, key)
        out += [f"{key} = {text(value)}"] if value is not None else []
    return tuple(out)


def facts_of(source: Source, table: Table, encoding: str, sheet: str | None) -> FileFacts:
    """Return how the file was opened."""
    return FileFacts(
        name=source.name,
        container=source.container,
        encoding=encoding,
        delimiter=table.delimiter or None,
        sheet=sheet,
        preamble=table.preamble,
        header=table.header,
        comment=table.comments,
        data=len(table.lines),
    )


def opened_json(source: Source, mapping: Mapping | None) -> Opened:
    """Return a contest of a JSON document as a long table."""
    if mapping is None or mapping.file.format != "nist-cdf":
        raise refuse_json(source.raw, source.name)
    long = mapping.long
    table = nist_table(
        source.raw,
        mapping.contest.name,
        long.unit_type if long else None,
        long.count_type if long else None,
        source.name,
    )
    return Opened(table, facts_of(source, table, "utf-8", None), Extra())


def named_apart(plan: Plan, chosen: dict[str, str | None], look: Lookup) -> Plan:
    """Return the plan with the columns that the command names (strata, sample, hours, centre, past
    share).
    """
    for role, name in chosen.items():
        if name is not None:
            at = look.one(name, role)
            plan = replace(plan, **({"centre": (at,)} if role == "centre" else {role: at}))
    look.check()
    return plan


def header_of(path: Path, mapping: Mapping | None = None, limit: int = MAX_BYTES) -> list[str]:
    """Return the names of the columns of a list of tables."""
    return list(open_table(path, frame_file(mapping), limit).table.names)


def read_list(
    path: Path,
    mapping: Mapping | None = None,
    sheets: Tally | None = None,
    limit: int = MAX_BYTES,
    named: dict[str, str] | None = None,
) -> Tally:
    """Return the list of all polling tables.

    Args:
        mapping: whose [frame] names its columns. sheets: the file that it belongs to: its codes say
        which column is the key. named: columns taken by role (stratum, past_share) where the list
        has them.

    Raises:
        RefusalError: no column holds the codes of the sheets. InputError: the file or the mapping
        is wrong.
    """
    opened = open_table(path, frame_file(mapping), limit)
    name = path.name
    codes = None if sheets is None else sheets.codes
    section = None if mapping is None else mapping.frame
    key = () if sheets is None or sheets.reading is None else sheets.reading.key
    table = opened.table
    if section is not None and section.rows.keep:
        table, _ = kept_rows(table, Mapping(rows=section.rows), Lookup(table, name))
    plan, columns = frame_plan(table, section, codes, key, name)
    for role, column in (named or {}).items():
        if getattr(plan, role) is None and column in table.names:
            plan = named_apart(plan, {role: column}, Lookup(table, name))
    ready = prepare_wide(table, plan, columns, frame_rules(), Lookup(table, name))
    return tally_of(ready, Choices(opened.facts))


def unmapped(
    opened: Opened, name: str, chosen: dict[str, str | None], mapping: Mapping | None
) -> Tally:
    """Return the tally that the file's own sums confirm."""
    table = opened.table
    columns = kinds(table) if mapping is None else kinds(table, style_of(mapping))
    look = Lookup(table, name)
    apart = {look.one(column, role) for role, column in chosen.items() if column is not None}
    look.check()
    free = replace(columns, whole=tuple(k for k in columns.whole if k not in apart))
    plan, key, _ = guess(table, free, opened.extra)
    plan = named_apart(plan, chosen, look)
    letter = plan.confirmed[0].identity[-1] if plan.confirmed else ""
    ready = prepare_wide(table, plan, columns, RowRules(letter=letter), look)
    notes = (*opened.notes, mangled_note()) if key.mangled else opened.notes
    return tally_of(ready, Choices(opened.facts, notes=notes, unique=key.unique))


def mangled_note() -> Note:
    """Return the warning about codes that a spreadsheet has changed."""
    said = (
        "codes look like 1.2E+11 or 1-Jan: a spreadsheet has changed them, so different tables "
        "may bear one code"
    )
    return Note("mangled_codes", (), said)


def mapped(opened: Opened, mapping: Mapping, name: str, chosen: dict[str, str | None]) -> Tally:
    """Return the tally that a mapping describes."""
    ready, table = ready_of(opened, mapping, name)
    if any(chosen.values()):
        raise_if_long(ready, name)
        look = Lookup(table, name)
        plan = named_apart(ready.plan, chosen, look)
        columns = kinds(table, style_of(mapping))
        ready = prepare_wide(table, plan, columns, ready.rules, look, mapping, style_of(mapping))
    arrival = None
    if mapping.arrival is not None and ready.shape != "long":
        arrival = arrival_hours(table, mapping.arrival, Lookup(table, name))
    notes = opened.notes + ((mangled_note(),) if looks_mangled(table) else ())
    choices = Choices(
        opened.facts,
        mapping.contest.name,
        mapping.contest.rule,
        mapping.checks.set_aside_limit,
        tuple(mapping.checks.identities),
        notes=notes,
        arrival=arrival,
        taken=taken_at(opened.table, mapping, name),
        share_of=mapping.denominators.share,
        turnout_of=mapping.denominators.turnout,
    )
    return tally_of(ready, choices)


def taken_at(table: Table, mapping: Mapping, name: str) -> str | None:
    """Return the latest cell of the column that says when the file was taken; ISO dates sort as
    text.
    """
    if mapping.snapshots.stamp is None:
        return None
    look = Lookup(table, name)
    cells = table.cells(look.one(mapping.snapshots.stamp, "snapshots.stamp"))
    look.check()
    return str(max(cells.to_list()))


def raise_if_long(ready: Prepared, name: str) -> None:
    """Raise where options that name columns meet a file that is not wide."""
    if ready.shape != "wide":
        said = f"options that name columns belong to wide files; this one is read as {ready.shape}"
        raise InputError(
            Problem(
                said,
                file=name,
                hint="name stratum, sample and hours under [columns] in the mapping",
            )
        )


def looks_mangled(table: Table) -> bool:
    """Return whether the first columns hold codes that a spreadsheet has changed."""
    from sim.files.roles.keys import SPREADSHEET_DATE, SPREADSHEET_NUMBER

    for k in range(min(table.frame.width, 6)):
        some = [c for c in table.cells(k).head(200).to_list() if c]
        if some and sum(
            bool(SPREADSHEET_NUMBER.match(c) or SPREADSHEET_DATE.match(c)) for c in some
        ) > 0.5 * len(some):
            return True
    return False


def ready_of(opened: Opened, mapping: Mapping, name: str) -> tuple[Prepared, Table]:
    """Return the file made ready, and the table whose rows it speaks of."""
    table = opened.table
    if mapping.file.format == "nist-cdf":
        mapping = nist_mapping(mapping)
    if mapping.long is not None:
        return mapped_long(table, mapping, name), table
    if mapping.groups is not None:
        return mapped_groups(table, mapping, name), table
    ready, part = mapped_wide(table, mapping, name)
    return ready, part


def nist_mapping(mapping: Mapping) -> Mapping:
    """Return the mapping of a NIST document as that of the long table made of it."""
    long = mapping.long
    assert long is not None
    return mapping.model_copy(
        update={
            "columns": mapping.columns.model_copy(update={"table": ["unit"]}),
            "long": long.model_copy(update={"candidate": "candidate", "votes": "votes"}),
        }
    )


def propose_mapping(path: Path, mapping: Mapping | None = None, limit: int = MAX_BYTES) -> str:
    """Return the mapping that the reader proposes for a file of any shape: what `--template`
    prints.
    """
    try:
        opened = open_table(path, mapping, limit)
        columns: Columns = kinds(opened.table)
        plan, _, _ = guess(opened.table, columns, opened.extra)
        return template(opened.table, plan, opened.extra)
    except RefusalError as problem:
        head = "\n".join(
            f"# {line}" for line in f"{problem.message} [{problem.code}]\n{problem.fix}".split("\n")
        )
        if not problem.mapping:
            raise
        first, _, rest = problem.mapping.partition("\n")
        return f"{first}\n{head}\n{rest}"
