"""What a file of `sim bargain` lists, and which options are read for it."""

from __future__ import annotations

from pathlib import Path

import typer

RULE_NAMES = (
    "victory",
    "voting",
    "election",
    "commitment",
    "risk_range",
    "risk_view",
    "interpolation",
    "offers",
)
READ = {
    "actors": {
        "model",
        "scale",
        "turns",
        "variant",
        "noise",
        "draws",
        "entropy",
        "all",
        "plot",
        *RULE_NAMES,
    },
    "packages": {"model", "patience", "exponents", "ideal", "plot"},
    "players": {"model"},
    "benchmark": set(),
}
"""Which options each kind of file reads; another one is refused rather than passed over."""


def kind_of(file: Path) -> str:
    """Return what a file lists, by its first word: packages, players, else actors."""
    from sim.files.bargaining import package_file, player_file
    from sim.files.bargaining.actor_columns import HINT
    from sim.files.bargaining.named_rows import first_word

    kinds = {package_file.FIRST: "packages", player_file.FIRST: "players"}
    return kinds.get(first_word(file, HINT), "actors")


def refuse_unread(context: typer.Context, kind: str) -> None:
    """Raise if an option was given that is not read for a file of this kind."""
    from sim.errors import InputError, Problem

    names = {"everything": "all", "json_out": "json"}
    always = {"file", "benchmark", "json", "quiet"}
    for key in context.params:
        name = names.get(key, key)
        source = context.get_parameter_source(key)
        if source is None or source.name != "COMMANDLINE" or name in READ[kind] | always:
            continue
        readers = [k for k, read in READ.items() if name in read]
        hint = f"it is for a file of {' or '.join(readers)}"
        option = f"--{name.replace('_', '-')}"
        raise InputError(Problem(f"not read for {kind}", path=option, hint=hint))
