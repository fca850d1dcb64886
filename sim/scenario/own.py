"""A user's own code in a study: who decides, what is measured, what is asked of the evidence."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any

from sim.actors.led import Policy
from sim.disk.sealed import checksum
from sim.estimators.base import Estimator
from sim.records.parameters.watching.monitoring import Monitoring
from sim.records.results.outcome import OwnMeasure

MakeEstimator = Callable[[Monitoring], Estimator]
"""A class of estimators, or a function that makes one: what the settings are -> the estimator."""


@dataclass(frozen=True)
class Own:
    """The parts of a study that are a user's own code.

    policies: member -> who decides for it. measures: outcome -> how it is measured. estimators:
    key -> what makes it.
    """

    policies: Mapping[str, Policy] = field(default_factory=dict)
    measures: Mapping[str, OwnMeasure] = field(default_factory=dict)
    estimators: Mapping[str, MakeEstimator] = field(default_factory=dict)


def code_mark(part: object) -> list[object]:
    """Return what tells one piece of code from another: its name, its values, the file that
    defines it and the files beside that one which it imports.

    Raises:
        TypeError, OSError: it cannot be called, or a worker could not import it.
    """
    if not callable(part):
        raise TypeError(f"{part!r} cannot be called")
    is_kind = inspect.isroutine(part) or inspect.isclass(part)
    kind: Any = part if is_kind else type(part)
    if "<" in kind.__qualname__:
        raise TypeError(f"{kind.__qualname__} has no name that a worker could import")
    values: list[str] = []
    if not is_kind:
        if not (is_dataclass(part) and getattr(kind, "__dataclass_params__").frozen):  # noqa: B009
            raise TypeError(f"an object of {kind.__qualname__}, which is no frozen dataclass")
        values = [f"{one.name}={getattr(part, one.name)!r}" for one in fields(part)]
    files = sorted(_with_neighbours(Path(inspect.getfile(kind))))
    sources = [checksum(file.read_bytes()) for file in files]
    return [kind.__module__, kind.__qualname__, values, sources]


def _with_neighbours(file: Path) -> set[Path]:
    """Return a source file and all files beside it that it imports, near or far."""
    found: set[Path] = set()
    waiting = [file]
    while waiting:
        here = waiting.pop()
        if here not in found and here.is_file():
            found.add(here)
            waiting += [file.parent / f"{name}.py" for name in _imported(here)]
    return found


def _imported(file: Path) -> Iterator[str]:
    """Yield the first name of every import of a source file."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            names = [node.module] if node.module else [alias.name for alias in node.names]
            yield from (name.split(".")[0] for name in names)
