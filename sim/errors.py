"""Every exception that this package raises on purpose.

SimError                      exit code 1
├── InputError                exit code 2   a file or an argument of the user is wrong; carries all
  problems found
│   └── FormatError           exit code 2   a format number that this version does not know
├── StoreError                exit code 4   a file or folder cannot be written, or holds something
  else
│   └── DamageError           exit code 4   what was stored is not what was written
├── ComparisonError           exit code 5   two runs that cannot be compared
└── ReplicateError            exit code 3   the one replicate that was asked for failed

Among many, a failed replicate is a row of the result, not an exception: the commands say how many
failed and end with exit code 3 after they saved the rest, and the Python verbs warn with
ReplicatesFailed.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in a user's file: where it is, what is wrong, and what to write instead."""

    message: str
    file: str = ""
    line: int = 0
    column: int = 0
    source_line: str = ""
    path: str = ""
    hint: str = ""

    def render(self) -> str:
        """Return the problem as `file:line:column: path: message`, the line, a caret and the
        hint.
        """
        place = (
            f"{self.file}:{self.line}:{self.column}: "
            if self.line
            else f"{self.file}: "
            if self.file
            else ""
        )
        head = f"{place}{self.path + ': ' if self.path else ''}{self.message}"
        caret = (
            f"\n    {self.source_line}\n    {' ' * max(self.column - 1, 0)}^"
            if self.source_line
            else ""
        )
        return head + caret + (f"\n    {self.hint}" if self.hint else "")


class PlacedError(ValueError):
    """What a check of a whole table finds wrong, and the keys below that table where it stands."""

    def __init__(self, message: str, *path: str) -> None:
        self.path = path
        super().__init__(message)


class SimError(Exception):
    """Base of all errors of this package."""

    exit_code = 1


class InputError(SimError):
    """The user's files or arguments are wrong; `problems` lists every mistake found, in file
    order.
    """

    exit_code = 2

    def __init__(self, problems: Problem | str | list[Problem]) -> None:
        if isinstance(problems, str):
            problems = Problem(problems)
        self.problems = [problems] if isinstance(problems, Problem) else list(problems)
        super().__init__("\n".join(problem.render() for problem in self.problems))

    def __reduce__(self) -> tuple[type[InputError], tuple[object, ...]]:
        return (type(self), (self.problems,))


class FormatError(InputError):
    """A scenario, seed, run folder or store has a format number that this version does not know."""


class StoreError(SimError):
    """A result folder cannot be used: it holds another scenario, or it cannot be written."""

    exit_code = 4


class DamageError(StoreError):
    """A stored result is not what was written: a bit flipped, a file is missing, or somebody edited
    it.
    """


class ComparisonError(SimError):
    """Two runs cannot be paired or compared."""

    exit_code = 5


class ReplicateError(SimError):
    """The one replicate that was asked for failed."""

    exit_code = 3


class ReplicatesFailed(UserWarning):
    """Some replicates of a run, sweep or study failed; its figures rest on the others."""
