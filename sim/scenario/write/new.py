"""Write a first scenario file of a user's own."""

from __future__ import annotations

from pathlib import Path

from sim.disk.write import write_file
from sim.errors import InputError, Problem
from sim.json_text import json_text, toml_text
from sim.scenario.load import load
from sim.scenario.write.json_schema import json_schema
from sim.text import literal

TEMPLATE = """#:schema {schema}
format = 2
title = "A variant of: {title}"
description = "Which question does it answer?"
extends = "{extends}"

# Change any number of the model by its dotted key. See all of them, each with unit, range and source:
#   sim show {base} --all          sim show {base} --explain night.exit_cost
# [night]
# exit_cost = 0.5

# Fix what an actor decides (see `sim list roles`), from the start, from a date, or some days after a ledger event:
# [[events]]
# actor = "government"
# decision = "bar_candidate"
# option = "no"
"""


def new_scenario(file: Path, base: str, *, replace: bool = False) -> Path:
    """Write a small scenario that extends `base` (a name, or a file).

    Raises:
        InputError: the name does not end in .toml, or `base` is no scenario.
        StoreError: the file exists (without `replace`), or cannot be written.
    """
    resolved = load(base)
    if file.suffix != ".toml":
        raise InputError(
            Problem("a scenario file ends in .toml", file=str(file), hint=f"write {file.stem}.toml")
        )
    title, extends = (toml_text(text)[1:-1] for text in (resolved.scenario.title, base))
    schema = file.parent / "scenario.schema.json"
    written = TEMPLATE.format(
        title=title, extends=extends, base=literal(base), schema="./scenario.schema.json"
    )
    write_file(file, written, replace=replace)
    if not schema.exists():  # one that is there already stays
        write_file(schema, json_text(json_schema(), sort_keys=True) + "\n")
    return file
