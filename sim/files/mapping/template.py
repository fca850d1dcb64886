"""The mapping to write: complete, filled in as far as the file allows, each line with its
evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.files.opening.header import Table
from sim.files.roles.plan import COUNTS, Plan
from sim.files.roles.shape import LongShape, labels_of
from sim.files.roles.words import is_total_word, role_of
from sim.json_text import toml_text

SHOWN_LABELS = 60
LEFT_OVER = 40


@dataclass(frozen=True, slots=True)
class Extra:
    """Lines of a mapping beyond roles.

    file, rows: keys of [file] and [rows]; long, groups: whole tables; head: comments.
    """

    head: tuple[str, ...] = ()
    file: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def text(value: str) -> str:
    """Return a TOML string."""
    return toml_text(value)


def column(table: Table, k: int) -> str:
    """Return a column as a mapping names it: by its header, by its number where that is missing or
    double.
    """
    name = table.names[k]
    return text(name) if name and table.names.count(name) == 1 else str(k + 1)


def columns(table: Table, chosen: Sequence[int]) -> str:
    """Return one column, or a list of them."""
    names = [column(table, k) for k in chosen]
    return names[0] if len(names) == 1 else f"[{', '.join(names)}]"


def template(table: Table, plan: Plan, extra: Extra | None = None) -> str:
    """Return a mapping file for a wide table."""
    extra = extra or Extra()
    lines = ["format = 2", *(f"# {one}" for one in extra.head)]
    lines += section("file", extra.file) + section("rows", extra.rows)
    lines += ["[columns]", *key_lines(table, plan), *count_lines(table, plan)]
    if extra.groups:
        lines += section("groups", extra.groups)
    else:
        lines += candidate_lines(table, plan)
    return "\n".join([*lines, *left_over(table, plan)]) + "\n"


def section(name: str, lines: Sequence[str]) -> list[str]:
    """Return a table of the mapping, or nothing."""
    return [f"[{name}]", *lines] if lines else []


def key_lines(table: Table, plan: Plan) -> list[str]:
    """Return the lines of table, centre and region."""
    out = []
    if plan.by_row or not plan.table:
        out.append(
            'table = "row"          # each row is its own table: name the columns of the '
            "code if there are any"
        )
    else:
        out.append(f"table = {columns(table, plan.table)}")
    if plan.centre:
        out.append(f"centre = {columns(table, plan.centre)}")
    out.append(f"region = {columns(table, plan.region)}" if plan.region else '# region = "..."')
    return out


def count_lines(table: Table, plan: Plan) -> list[str]:
    """Return a line for each count, and comments for those that may be added."""
    out = []
    evidence = {
        c.identity: f"   # {c.identity} in {c.rows:,} of {c.of:,} rows" for c in plan.confirmed
    }
    for role in COUNTS:
        chosen = plan.counts.get(role)
        if chosen and not (role == "ballots_found" and chosen == plan.counts.get("total")):
            letter = {"valid": "C = V", "total": "C + I = T"}.get(role, "")
            out.append(f"{role} = {columns(table, chosen)}{evidence.get(letter, '')}")
    missing = [role for role in ("registered", "valid") if role not in plan.counts]
    out += [f'# {role} = "..."' for role in missing]
    if plan.invalid:
        kinds = ", ".join(f"{key(name)} = {columns(table, c)}" for name, c in plan.invalid)
        out.append(f"invalid = {{ {kinds} }}")
    else:
        out.append('# invalid = { blank = "...", null = "..." }')
    return out


def key(name: str) -> str:
    """Return a TOML key: bare where it may be."""
    return (
        name
        if name and name.isascii() and name.replace("_", "").replace("-", "").isalnum()
        else text(name)
    )


def candidate_lines(table: Table, plan: Plan) -> list[str]:
    """Return the table of candidates; two of one name get their column's number."""
    names = [name for name, _ in plan.candidates]
    out = [
        "[candidates]           # name to show = column, number of a column, or columns to add up"
    ]
    for name, chosen in plan.candidates:
        shown = name if names.count(name) == 1 else f"{name} (column {chosen[0] + 1})"
        out.append(f"{text(shown)} = {columns(table, chosen)}")
    return out if plan.candidates else [*out, '# "Name" = "column"']


def left_over(table: Table, plan: Plan) -> list[str]:
    """Return a comment with the columns that have no role."""
    used = {*plan.chosen, *plan.invalid_columns, *plan.table, *plan.centre, *plan.region}
    used |= {k for chosen in plan.counts.values() for k in chosen}
    rest = [
        table.shown(k) for k in range(min(table.frame.width, len(table.names))) if k not in used
    ]
    if not rest:
        return []
    more = f" and {len(rest) - LEFT_OVER} more" if len(rest) > LEFT_OVER else ""
    safe = [toml_text(name)[1:-1] for name in rest[:LEFT_OVER]]
    return [f"# not used: {'; '.join(safe)}{more}"]


def long_template(table: Table, shape: LongShape, extra: Extra | None = None) -> str:
    """Return a mapping file for a long table."""
    extra = extra or Extra()
    lines = ["format = 2", *(f"# {one}" for one in extra.head), *section("file", extra.file)]
    keep, key_columns = kept_values(table, shape)
    if keep:
        lines += [
            "[rows]",
            f"keep = {{ {', '.join(keep)} }}   # one contest; delete what is not asked",
            *other_values(table, shape),
        ]
    lines += ["[columns]", f"table = {columns(table, key_columns)}", *fact_lines(table, shape)]
    lines += [
        "[long]",
        f"candidate = {column(table, shape.label)}",
        f"votes = {column(table, shape.votes)}",
    ]
    if shape.kind is not None:
        kinds = labels_of(table, shape.kind)[:SHOWN_LABELS]
        lines += [
            f"kind = {column(table, shape.kind)}",
            f"valid = [{text(kinds[0])}]   # labels of the kind: {', '.join(map(text, kinds))}",
        ]
        wrong = [k for k in kinds if role_of(k) == "invalid"]
    else:
        labels = labels_of(table, shape.label)
        wrong = [k for k in labels if role_of(k) == "invalid"]
        lines.append(f"# labels: {', '.join(map(text, labels[:SHOWN_LABELS]))}")
        totals = [k for k in labels if is_total_word(k)]
        lines += (
            [f"total = [{', '.join(map(text, totals))}]   # a label that is the sum of the others"]
            if totals
            else []
        )
    if wrong:
        lines.append(f"invalid = {{ {', '.join(f'{text(k)} = [{text(k)}]' for k in wrong)} }}")
    else:
        lines.append(
            '# invalid = { blank = ["label"], null = ["label"] }   # labels that are no candidates'
        )
    return "\n".join(lines) + "\n"


def kept_values(table: Table, shape: LongShape) -> tuple[list[str], list[int]]:
    """Return (conditions that leave one contest, columns of the key without those)."""
    keep = []
    for k in shape.contest:
        values = labels_of(table, k)
        keep.append(f"{column(table, k)} = {text(values[0])}")
    rest = []
    for k in shape.key:
        total = next((v for v in labels_of(table, k)[:20] if is_total_word(v)), None)
        if total is not None:
            keep.append(f"{column(table, k)} = {text(total)}")
        else:
            rest.append(k)
    return keep, rest or list(shape.key)


def other_values(table: Table, shape: LongShape) -> list[str]:
    """Return comments with the other values of the columns that part contests."""
    out = []
    for k in shape.contest:
        values = labels_of(table, k)[:SHOWN_LABELS]
        out.append(f"# {toml_text(table.shown(k))[1:-1]}: {', '.join(map(text, values))}")
    return out


def fact_lines(table: Table, shape: LongShape) -> list[str]:
    """Return lines for counts that stand on every row of a table."""
    out: list[str] = []
    names = {
        "registered": "registered",
        "found": "ballots_found",
        "issued": "ballots_issued",
        "valid": "valid",
    }
    kinds = [k for k in shape.facts if role_of(table.names[k]) == "invalid"]
    for k in shape.facts:
        role = names.get(role_of(table.names[k]) or "")
        if role and not any(line.startswith(f"{role} =") for line in out):
            out.append(f"{role} = {column(table, k)}")
    if kinds:
        named = ", ".join(f"{key(table.names[k])} = {column(table, k)}" for k in kinds)
        out.append(f"invalid = {{ {named} }}")
    return out
