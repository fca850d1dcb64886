"""The files of a request read: sheets, several snapshots of them, the list of tables, announced
rows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.counting.snapshots import compared
from sim.files.counting.stop import with_stop
from sim.files.mapping.grammar import ColumnsSection, read_mapping
from sim.files.mapping.grammar import Mapping as MappingFile
from sim.files.opening.container import MAX_BYTES
from sim.files.read import header_of, read_results
from sim.files.roles.words import fold
from sim.records.vote.tally import ColumnRole, Tally


def mappings(
    given: Sequence[str], contest: str | None
) -> tuple[MappingFile | None, dict[str, MappingFile]]:
    """Return (the mapping of all files, mappings of single files by name).

    Args:
        given: "m.toml", or "B.csv=b.toml" for one file.
    """
    shared, own = None, {}
    for one in given:
        name, mark, path = one.rpartition("=")
        read = read_mapping(Path(path), contest)
        if mark:
            own[name] = read
        else:
            shared = read
    return shared, own


def read_sheets(
    files: Sequence[Path],
    given: Sequence[str] = (),
    contest: str | None = None,
    limit: int = MAX_BYTES,
    apart: Mapping[str, str | None] | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> tuple[Tally, MappingFile | None]:
    """Return (the tally, the mapping): of several files the last that holds a table counts.

    Raises:
        InputError: a file or a mapping is wrong, or files of one count name other candidates.
    """
    shared, own = mappings(given, contest)
    unknown = [
        name for name in own if name not in {f.name for f in files} | {str(f) for f in files}
    ]
    if unknown:
        hint = f"files: {', '.join(f.name for f in files)}"
        raise InputError(
            [Problem(f"no file {name!r} for its mapping", hint=hint) for name in unknown]
        )
    read = []
    for number, path in enumerate(files, 1):
        tell(f"reading sheets: {path.name} ({number} of {len(files)})")
        mapping = own.get(path.name, own.get(str(path), shared))
        read.append(read_results(path, mapping, limit, **(apart or {})))
    stamps = [t.reading.taken if t.reading is not None else None for t in read]
    if len(read) > 1 and all(stamps):
        read = [read[k] for k in sorted(range(len(read)), key=lambda k: stamps[k] or "")]
    return with_stop(read[0] if len(read) == 1 else compared(read)), shared


def alike(tally: Tally, header: Sequence[str]) -> MappingFile | None:
    """Return the roles of the sheets as a mapping, where another file has the same columns."""
    reading = tally.reading
    if reading is None or reading.shape != "wide":
        return None
    counted = [c for c in reading.columns if c.role in ("table", "candidate", "invalid", "valid")]
    if not all(name in header for c in counted for name in c.columns):
        return None
    return mapping_of([c for c in reading.columns if set(c.columns) <= set(header)])


def mapping_of(columns: Sequence[ColumnRole]) -> MappingFile:
    """Return roles as a mapping."""
    named = {c.role: list(c.columns) for c in columns if c.role not in ("candidate", "invalid")}
    kept = {role: named[role] for role in named if role in ColumnsSection.model_fields}
    for role in ("stratum", "sample", "hours", "past_share"):
        kept.pop(role, None)
    kinds = {c.name: list(c.columns) for c in columns if c.role == "invalid"}
    section = ColumnsSection.model_validate(
        {**kept, "table": named["table"] or ["row"], "invalid": kinds}
    )
    candidates: dict[str, list[str | int]] = {
        c.name: list(c.columns) for c in columns if c.role == "candidate"
    }
    return MappingFile(columns=section, candidates=candidates)


def read_rows_like(
    path: Path, given: Sequence[str], contest: str | None, tally: Tally, limit: int
) -> Tally:
    """Return announced rows with their candidates in the order of the sheets.

    Raises:
        InputError: a candidate of the sheets has no votes there.
    """
    shared, own = mappings(given, contest)
    mapping = own.get(path.name, shared) or alike(tally, header_of(path, None, limit))
    rows = read_results(path, mapping, limit)
    at = {fold(name): k for k, (name, _) in enumerate(rows.columns.candidates)}
    wanted = [name for name, _ in tally.columns.candidates]
    missing = [name for name in wanted if fold(name) not in at]
    if missing:
        hint = f"its candidates: {', '.join(name for name, _ in rows.columns.candidates)}"
        said = f"the announced rows hold no votes of {', '.join(missing)}"
        raise InputError(Problem(said, file=path.name, hint=hint))
    return replace(rows, votes=rows.votes[[at[fold(name)] for name in wanted]])
