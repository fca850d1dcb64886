"""Write a first scenario file of a user's own."""

from __future__ import annotations

from pathlib import Path

from sim.errors import InputError, Problem
from sim.json_text import json_text, toml_text
from sim.scenario.load import load

TEMPLATE = """#:schema {schema}
format = 1
title = "A variant of: {title}"
description = "Which question does it answer?"
extends = "{base}"

# Change any number of the model by its dotted key. See all of them, each with unit, range and source:
#   sim show {base} --all          sim show {base} --explain night.exit_cost
# [night]
# exit_cost = 0.5

# Fix what an actor decides (see `sim list actors`), from the start, at a date, or some days after a ledger event:
# [[events]]
# actor = "government"
# decision = "bar_candidate"
# option = "no"
"""


def new_scenario(file: Path, base: str) -> Path:
    """Write a small scenario that extends `base` (a name, or a file).

    Raises:
        InputError: the file exists, is no .toml, cannot be written, or `base` is no scenario.
    """
    resolved = load(base)
    if file.suffix != ".toml":
        raise InputError(
            Problem("a scenario file ends in .toml", file=str(file), hint=f"write {file.stem}.toml")
        )
    title = toml_text(resolved.scenario.title)[1:-1]
    written = TEMPLATE.format(title=title, base=base, schema="./scenario.schema.json")
    try:
        with file.open("x", encoding="utf-8") as handle:
            handle.write(written)
    except FileExistsError:
        raise InputError(
            Problem(
                "exists already and is left as it is", file=str(file), hint="choose another name"
            )
        ) from None
    except OSError as error:
        raise InputError(Problem(f"cannot be written: {error.strerror}", file=str(file))) from None
    _write_schema(file.parent / "scenario.schema.json")
    return file


def _write_schema(path: Path) -> None:
    """Put the schema beside the file, where its first line looks for it; a schema that is there
    already stays.
    """
    from sim.scenario.json_schema import json_schema

    if not path.exists():
        path.write_text(json_text(json_schema(), sort_keys=True) + "\n", encoding="utf-8")
