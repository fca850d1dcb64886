"""Reading a seed's folder, once in a process: every mistake of every file at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from sim.disk.inside import stays
from sim.documents.checking import in_file_order, problems_of
from sim.documents.document import Document, read_document, with_odd
from sim.documents.merge import Layer, bad_sources, conflicts, layer
from sim.errors import FormatError, InputError, Problem
from sim.scenario.facts.chronicle import read_facts
from sim.scenario.find import list_seed_folders
from sim.scenario.keys.renamed import check_case_format
from sim.scenario.seeds.seed import Seed, facts_known, listless
from sim.scenario.seeds.seed_schema import ArticleFile, OutcomesFile, SeedHead, SourcesFile
from sim.scenario.seeds.validate_seed import seed_problems
from sim.sources import Reference

Model = TypeVar("Model", bound=BaseModel)


NO_OUTCOMES = OutcomesFile(outcomes=())
"""A made-up case has no article and nothing that happened later: both files may be absent."""


def load_seed(folder: Path) -> Seed:
    """Read and check a seed; the second call for an unchanged folder only reads its bytes.

    Raises:
        InputError: every mistake of every file.
    """
    refuse_links(folder)
    return _load(folder, _stamp(folder))


def refuse_links(folder: Path) -> None:
    """Refuse a seed in which a link leads out of its folder.

    Raises:
        InputError: names every such link.
    """
    links = [path for path in sorted(folder.rglob("*")) if path.is_symlink()]
    out = [path for path in links if not stays(folder, path)]
    if out:
        hint = "put the file itself there"
        named = [f"{folder.name}/{path.relative_to(folder)}" for path in out]
        raise InputError([Problem("this link leaves its folder", file=f, hint=hint) for f in named])


def _stamp(folder: Path) -> tuple[tuple[str, bytes], ...]:
    """Return what the folder holds: by content, because a file may change twice within one tick of
    the clock.
    """
    files = sorted(
        path for path in folder.rglob("*") if path.suffix in (".toml", ".csv") and path.is_file()
    )
    return tuple((str(path), blake2b(path.read_bytes(), digest_size=16).digest()) for path in files)


@lru_cache(maxsize=16)
def _load(folder: Path, stamp: tuple[tuple[str, bytes], ...]) -> Seed:
    reader = _Reader(folder)
    head = reader.model("seed.toml", SeedHead)
    sources = reader.model("sources.toml", SourcesFile)
    has_article, has_outcomes = ((folder / f).exists() for f in ("article.toml", "outcomes.toml"))
    article = reader.model("article.toml", ArticleFile) if has_article else None
    outcomes = reader.model("outcomes.toml", OutcomesFile) if has_outcomes else NO_OUTCOMES
    chronicle, parameters = reader.layers("facts"), reader.layers("parameters")
    facts, wrong = read_facts(chronicle)
    reader.problems += wrong
    if reader.problems or head is None or sources is None or outcomes is None:
        raise InputError(
            in_file_order(
                reader.problems, [document.name for document in reader.documents.values()]
            )
        )
    stated = sources.sources.items()
    seed = Seed(
        folder,
        head,
        article,
        tuple(facts),
        outcomes,
        {
            key: Reference(key, entry.kind, entry.known_on, _cited(entry.title, entry.publisher))
            for key, entry in stated
        },
        parameters,
        chronicle,
        tuple(reader.documents.values()),
        _digests(folder),
    )
    problems = seed_problems(seed, reader.documents)
    if problems:
        raise InputError(
            in_file_order(problems, [document.name for document in reader.documents.values()])
        )
    return seed


def _cited(title: str, publisher: str) -> str:
    return f"{title}, {publisher}" if publisher else title


def _digests(folder: Path) -> dict[str, str]:
    """Return the digest of each data file, which is an input of the model as much as the parameters
    are.
    """
    return {
        path.name: blake2b(path.read_bytes(), digest_size=16).hexdigest()
        for path in sorted(folder.glob("*.csv"))
    }


class _Reader:
    """Reads the files of one seed and collects what is wrong with each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.documents: dict[str, Document] = {}
        self.problems: list[Problem] = []

    def document(self, name: str) -> Document | None:
        path = self.folder / name
        try:
            self.documents[name] = read_document(
                path, f"{self.folder.name}/{name}", check_case_format
            )
        except FormatError:
            raise
        except InputError as error:
            self.problems += error.problems
            return None
        self.problems += self.documents[name].odd
        return self.documents[name]

    def model(self, name: str, schema: type[Model]) -> Model | None:
        document = self.document(name)
        if document is None:
            return None
        data: Any = listless(document.data)
        try:
            return schema.model_validate(data)
        except ValidationError as error:
            self.problems = with_odd(
                [*self.problems, *problems_of(error, schema, data, lambda path: (document, path))],
                [document],
            )
        return None

    def layers(self, folder: str) -> tuple[Layer, ...]:
        """Return the files of a folder as layers; a key that two files set is a problem."""
        layers: list[Layer] = []
        for path in sorted((self.folder / folder).glob("*.toml")):
            document = self.document(f"{folder}/{path.name}")
            if document is not None:
                self.problems += bad_sources(document)
                mine = {keys: leaf for keys, leaf in layer(document).items() if keys != ("format",)}
                for other in layers:
                    self.problems += conflicts(other, mine, also_equal=True)
                layers.append(mine)
        return tuple(layers)


@dataclass(frozen=True, slots=True)
class SeedSummary:
    """One line of `sim list seeds`."""

    name: str
    title: str
    as_of: dt.date
    statements: int
    facts: int
    later_facts: int
    outcomes: int
    sources: int
    folder: Path


def list_seeds() -> list[SeedSummary]:
    """Return what `sim list seeds` shows."""
    return [summary(load_seed(folder)) for folder in list_seed_folders()]


def summary(seed: Seed) -> SeedSummary:
    """Return a seed's counts."""
    known, later = facts_known(seed.facts, seed.head.as_of)
    return SeedSummary(
        seed.name,
        seed.head.title,
        seed.head.as_of,
        len(seed.article.statements) if seed.article else 0,
        len(known),
        later,
        len(seed.outcomes.outcomes),
        len(seed.sources),
        seed.folder,
    )
