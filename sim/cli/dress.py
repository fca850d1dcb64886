"""What every command has besides its own options: `--quiet`, and an example below its help."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup

Command = Callable[..., None]


class Door(TyperGroup):
    """The group of all commands. Words of the command line that are repeated in an error are
    spelled out, as all text is that comes from a user.
    """

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a wrong word is named without acting on the screen."""
        from sim.text import lines

        try:
            return super().invoke(ctx)
        except Exception as error:
            message = getattr(error, "message", None)
            if isinstance(message, str):
                setattr(error, "message", lines(message))  # noqa: B010
            raise


QUIET = Annotated[
    bool, typer.Option("--quiet", "-q", help="no progress and no notes; warnings and errors stay")
]


def add(app: typer.Typer, name: str, command: Command, example: str, panel: str = "") -> None:
    """Register a command with `--quiet`, and with an example below its help (a test runs it)."""
    epilog = f"Example: {example}"
    app.command(name, epilog=epilog, rich_help_panel=panel or None)(with_quiet(command))


def with_quiet(function: Command) -> Command:
    """Return a command with `--quiet` behind its own options."""
    hints = get_type_hints(function, include_extras=True)
    own = inspect.signature(function).parameters.values()
    parameters = [p.replace(annotation=hints.get(p.name, p.annotation)) for p in own]
    last = inspect.Parameter(
        "quiet", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=QUIET
    )
    variable = [p for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD]
    parameters = [*(p for p in parameters if p not in variable), last, *variable]

    @wraps(function)
    def command(*words: object, quiet: bool = False, **named: object) -> None:
        from sim.output.screen import be_quiet

        be_quiet(quiet)
        function(*words, **named)

    command.__dict__["__signature__"] = inspect.Signature(parameters)
    command.__annotations__ = {p.name: p.annotation for p in parameters}
    return command
