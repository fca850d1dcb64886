"""One name for one thing over all commands: an option has one type, a short form one long form."""

from __future__ import annotations

from collections import defaultdict

from typer.main import get_command

from sim.cli.app import app

MEANINGS = {
    "--strata": {"plan": "how many"},
    "--past": {"plan": "a file"},
    "--hours": {"queue": "a number"},
}
"""Options whose names stood for columns elsewhere: now in one command alone."""


def options() -> dict[str, dict[str, set[str]]]:
    """Return option -> kind of value -> commands."""
    root = get_command(app)
    groups = {"": root, "audit ": root.commands["audit"]}  # type: ignore[attr-defined]
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for prefix, group in groups.items():
        for name, command in group.commands.items():
            for parameter in command.params:
                for option in (o for o in parameter.opts if o.startswith("--")):
                    kind = str(getattr(parameter, "type", "") or parameter.metavar)
                    found[option][kind].add(prefix + name)
    return found


def test_a_short_form_stands_for_one_long_form() -> None:
    root = get_command(app)
    groups = [root, root.commands["audit"]]  # type: ignore[attr-defined]
    shorts: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for command in group.commands.values():
            for parameter in command.params:
                longs = [o for o in parameter.opts if o.startswith("--")]
                for short in set(parameter.opts) - set(longs):
                    if short.startswith("-"):
                        shorts[short] |= set(longs)
    assert {short: longs for short, longs in shorts.items() if len(longs) > 1} == {}
    assert shorts["-n"] == {"--replicates"}


def test_names_that_had_two_meanings_have_one() -> None:
    found = options()
    for option, commands in MEANINGS.items():
        assert set().union(*found[option].values()) == set(commands)
    assert set().union(*found["--margin"].values()) == {"plan"}
    assert set().union(*found["--seed"].values()) == {"plan", "audit draw"}
    assert set().union(*found["--points"].values()) == {"sensitivity", "discover"}
    assert "--draw" not in found
