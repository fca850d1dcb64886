"""NIST SP 1500-100 (Election Results Common Data Format), JSON: one contest by reporting unit as a
long table.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

import numpy as np
import polars as pl

from sim.errors import InputError, Problem
from sim.files.opening.header import Table
from sim.files.refusal import RefusalError
from sim.json_text import toml_text

Json = dict[str, object]
COLUMNS = ("unit", "unit name", "candidate", "votes")


def document(raw: bytes, name: str) -> Json:
    """Return the JSON document.

    Raises:
        RefusalError: not valid JSON, or no object.
    """
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise RefusalError(
            "not_a_table",
            "this is a JSON document that cannot be read",
            "check that it is complete",
            name,
        ) from error
    if not isinstance(found, dict):
        raise RefusalError(
            "not_a_table", "this is a JSON list, not a table", "write it out as CSV", name
        )
    return cast(Json, found)


def children(node: object, key: str) -> Iterator[Json]:
    """Return the objects in a list of an object."""
    inner = node.get(key, []) if isinstance(node, dict) else []
    for one in inner if isinstance(inner, list) else [inner]:
        if isinstance(one, dict):
            yield cast(Json, one)


def title(node: Json) -> str:
    """Return a name, as plain text or as the format's internationalised text."""
    name = node.get("Name")
    texts = [t.get("Content") for t in children(name, "Text")] if isinstance(name, dict) else [name]
    return str(next((t for t in texts if t), ""))


def contests(found: Json) -> list[Json]:
    """Return all contests of the report."""
    return [c for election in children(found, "Election") for c in children(election, "Contest")]


def refuse_json(raw: bytes, name: str) -> RefusalError:
    """Return the refusal for a JSON document without a mapping."""
    found = document(raw, name)
    listed = contests(found)
    if not listed:
        fix = "save the table as CSV; of JSON only NIST SP 1500-100 (common data format) is read"
        return RefusalError("not_a_table", "this is a JSON document, not a table", fix, name)
    units = sorted({str(u.get("Type")) for u in children(found, "GpUnit") if u.get("Type")})
    types = sorted(
        {
            str(v.get("Type"))
            for c in listed
            for s in children(c, "ContestSelection")
            for v in children(s, "VoteCounts")
        }
    )
    first = toml_text(title(listed[0]))
    unit = "precinct" if "precinct" in units else units[0] if units else "precinct"
    kind = "total" if "total" in types else types[0] if types else "total"
    mapping = (
        f'format = 2\n[file]\nformat = "nist-cdf"\n[contest]\nname = {first}   # one of: '
        + "; ".join(toml_text(title(c)) for c in listed[:20])
        + f'\n[long]\nunit_type = "{unit}"   # {", ".join(units)}\ncount_type = "{kind}"   # '
        f"{', '.join(types)}\n"
    )
    said = (
        f"this is JSON of NIST SP 1500-100 (common data format) with {len(listed)} contests: "
        "it does not say which is asked"
    )
    return RefusalError(
        "not_a_table", said, "save this mapping and run again with --mapping", name, mapping=mapping
    )


def nist_table(
    raw: bytes, contest: str | None, unit_type: str | None, count_type: str | None, name: str
) -> Table:
    """Return one contest as a long table of unit, unit name, candidate and votes.

    Raises:
        InputError: no such contest, or no counts of that type for units of that type.
    """
    found = document(raw, name)
    listed = contests(found)
    chosen = [
        c for c in listed if contest is None or title(c) == contest or c.get("@id") == contest
    ]
    if len(chosen) != 1:
        hint = f"[contest] name: one of {', '.join(repr(title(c)) for c in listed[:20])}"
        raise InputError(
            Problem(f"{len(chosen)} contests are named {contest!r}", file=name, hint=hint)
        )
    units = {
        str(u.get("@id")): u
        for u in children(found, "GpUnit")
        if unit_type is None or u.get("Type") == unit_type
    }
    rows = []
    for selection in children(chosen[0], "ContestSelection"):
        label = label_of(selection)
        for count in children(selection, "VoteCounts"):
            unit = units.get(str(count.get("GpUnitId")))
            if unit is not None and (count_type is None or count.get("Type") == count_type):
                rows.append(
                    (str(count["GpUnitId"]), title(unit), label, str(count.get("Count", "")))
                )
    if not rows:
        raise InputError(
            Problem(
                f"no counts of type {count_type!r} for units of type {unit_type!r}",
                file=name,
                hint="see unit_type and count_type in the mapping that --template prints",
            )
        )
    data = {str(k): [row[k] for row in rows] for k in range(len(COLUMNS))}
    return Table(COLUMNS, pl.DataFrame(data), np.arange(1, len(rows) + 1, dtype=np.int64), "", 0, 0)


def label_of(selection: Json) -> str:
    """Return the candidate of a selection: its identifiers, or its own name."""
    ids = selection.get("CandidateIds") or selection.get("PartyIds") or selection.get("Selection")
    if isinstance(ids, list) and ids:
        return "+".join(str(one) for one in ids)
    return str(ids or title(selection) or selection.get("@id") or "")
