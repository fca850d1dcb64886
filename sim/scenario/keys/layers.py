"""The files of a scenario in the order in which they lie on each other, and the `--set` overlays on
top.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sim.documents.document import Document, parse_document, read_document
from sim.documents.merge import Layer, bad_sources, conflicts, layer
from sim.errors import InputError, Problem
from sim.json_text import toml_text
from sim.scenario.find import shipped
from sim.scenario.keys.renamed import check_case_format

SET = "--set"
MAX_FILES = 32


@dataclass(eq=False)
class Chain:
    """Files found so far, lowest first, with the problems met on the way; `minor` ones leave the
    rest worth checking.
    """

    layers: dict[Path, Layer] = field(default_factory=dict)
    documents: dict[Path, Document] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    minor: list[Problem] = field(default_factory=list)


def follow(path: Path, name: str) -> Chain:
    """Read a scenario file and all that it extends, each file once, what is extended before what
    extends it.
    """
    chain = Chain()
    _follow(path, name, (), chain)
    return chain


def _follow(path: Path, name: str, above: tuple[Path, ...], chain: Chain) -> tuple[Path, ...]:
    """Add a file and what it extends to the chain; return the paths of both."""
    key = path.resolve()
    if key in chain.documents:
        return _below(key, chain)
    try:
        document = read_document(path, name, check_case_format)
    except InputError as error:
        chain.problems += error.problems
        if type(error) is not InputError:
            raise
        return ()
    chain.documents[key] = document
    chain.minor += bad_sources(document)
    mine = layer(document)
    branches = [
        _branch(path, document, given, number, (*above, key), chain)
        for number, given in _extended(document, chain)
    ]
    _sibling_conflicts(branches, chain)
    chain.documents[key] = chain.documents.pop(key)  # what is extended comes first, as in `layers`
    chain.layers[key] = {keys: leaf for keys, leaf in mine.items() if keys != ("extends",)}
    return _below(key, chain)


def _below(key: Path, chain: Chain) -> tuple[Path, ...]:
    """Return the file and all files that it extends, near or far."""
    found: dict[Path, None] = {}
    waiting = [key]
    while waiting:
        here = waiting.pop()
        if here in chain.layers and here not in found:
            found[here] = None
            targets = [
                _target(here, given) for _, given in _extended(chain.documents[here], Chain())
            ]
            waiting += [target.resolve() for target in targets if isinstance(target, Path)]
    return tuple(found)


def _extended(document: Document, chain: Chain) -> list[tuple[int | None, str]]:
    """Return (number in the list, or None for plain text; name) of each file named by `extends`."""
    stated = document.data.get("extends", [])
    if isinstance(stated, str):
        return [(None, stated)]
    if not isinstance(stated, list) or not all(isinstance(item, str) for item in stated):
        chain.problems.append(
            document.problem(
                ("extends",), "extends names a file, or a list of files, in double quotes"
            )
        )
        return []
    return list(enumerate(stated))


def _branch(
    path: Path,
    document: Document,
    given: str,
    number: int | None,
    above: tuple[Path, ...],
    chain: Chain,
) -> tuple[Path, ...]:
    where = ("extends",) if number is None else ("extends", number)
    target = _target(path, given)
    if isinstance(target, str):
        chain.problems.append(
            document.problem(
                where, target, "name a scenario file beside this one, or a shipped one"
            )
        )
        return ()
    if target.resolve() in above:
        round_trip = [item.name for item in (*above[above.index(target.resolve()) :], target)]
        chain.problems.append(
            document.problem(
                where, f"extends itself: {' -> '.join(round_trip)}", "take one of these out"
            )
        )
        return ()
    if len(chain.documents) >= MAX_FILES:
        chain.problems.append(document.problem(where, f"extends more than {MAX_FILES} files"))
        return ()
    name = (
        str(target)
        if target.parent != path.parent
        else str(Path(document.name).with_name(target.name))
    )
    return _follow(target, name, above, chain)


def _target(path: Path, given: str) -> Path | str:
    """Return the file that `extends` names (beside the file, else shipped), or why it names
    none.
    """
    plain = Path(given)
    if plain.is_absolute() or ".." in plain.parts or "\\" in given or "\0" in given or not given:
        return f"'{given[:80]}' leaves the folder of this file"
    if plain.suffix != ".toml":
        plain = Path(f"{given}.toml")
    for folder in (path.parent, shipped("scenarios")):
        target = folder / plain
        try:
            if target.is_file():
                inside = target.resolve().is_relative_to(folder.resolve())
                return (
                    target
                    if inside
                    else f"'{given[:80]}' is a link that leaves the folder of this file"
                )
        except OSError:
            return f"'{given[:80]}' cannot be read"
    return f"no file '{given[:80]}'"


def _sibling_conflicts(branches: list[tuple[Path, ...]], chain: Chain) -> None:
    """Note each key to which two siblings give different values; what both extend is no part of
    either.
    """
    for number, right in enumerate(branches):
        for left in branches[:number]:
            common = set(left) & set(right)
            for ours in (chain.layers[key] for key in right if key not in common):
                for theirs in (chain.layers[key] for key in left if key not in common):
                    chain.minor += conflicts(theirs, ours)


def overlays(overrides: Sequence[str]) -> tuple[list[Document], list[Problem]]:
    """Return each `--set key=value` as a document of its own, the last on top; a bare word is
    text.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    for override in overrides:
        try:
            document = _overlay(override)
        except InputError as error:
            problems += error.problems
            continue
        problems += bad_sources(document)
        documents.append(document)
    return documents, problems


def _overlay(override: str) -> Document:
    key, equals, value = _split(override)
    if not equals or not key.strip():
        raise InputError(
            Problem(f"'{override}' is no key=value", file=SET, hint="write --set a.b=3")
        )
    text = f"{key}={value}" if _is_toml(f"x={value}") else f"{key}={toml_text(value.strip())}"
    document = parse_document(text, SET)
    if "extends" in document.data:
        raise InputError(
            document.problem(
                ("extends",), "extends stands in a file alone", "write a file that extends both"
            )
        )
    return Document(SET, text, document.data, odd=document.odd)


def _split(override: str) -> tuple[str, str, str]:
    """Split at the first equals sign outside quotes: the key may have quotes, as in
    `uncertainties."a.b"={ beta = [1, 2] }`.
    """
    inside = False
    for at, character in enumerate(override):
        inside ^= character == '"'
        if character == "=" and not inside:
            return override[:at], "=", override[at + 1 :]
    return override, "", ""


def _is_toml(text: str) -> bool:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (ValueError, RecursionError):
        return False
    return set(data) == {"x"}
