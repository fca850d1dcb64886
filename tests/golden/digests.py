"""Golden digests: what whole replicates leave, in a few letters.

A change that should move nothing must leave them as they are; one that moves results blesses them
(`python -m tests.golden bless`) and says so in the changelog.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sim.ledger import Ledger
from sim.replicate.build import prepare_case
from sim.replicate.carried import Carried
from sim.replicate.measure import measure
from sim.replicate.replicate import play
from tests.support.cases import resolved

FILE = Path(__file__).parent / "ledgers.txt"
ENTROPY = 0x601DE2
FEW, ALL = 3, 20
SCENARIOS = (
    "venezuela-2024",
    "bellmar",
    "boycott",
    "honest_count",
    "machado_admitted",
    "postponed",
    "relief_kept",
    "witnesses_shut_out",
)
HEAD = f"""\
# scenario, mode, digest of the first {FEW} replicates, digest of {ALL}; entropy {ENTROPY:#x}.
# A digest is made of each replicate's ledger, field by field, and of its outcomes.
# New results: python -m tests.golden bless, and a line in CHANGELOG.md that says why.
"""


class Golden(NamedTuple):
    """One line of the file."""

    scenario: str
    mode: str
    few: str
    all: str

    def line(self) -> str:
        """Return the line, with the command beside it that makes it."""
        made = f"python -m tests.golden show {self.scenario} {self.mode}"
        return f"{self.scenario:<20}{self.mode:<8}{self.few}  {self.all}  # {made}"


def modes() -> list[tuple[str, str]]:
    """Return every scenario and mode that has digests."""
    return [(name, mode) for name in SCENARIOS for mode in ("joined", "alone")]


def stored() -> dict[tuple[str, str], Golden]:
    """Return the digests of the file."""
    lines = (line.split("#")[0].split() for line in FILE.read_text().splitlines())
    return {(words[0], words[1]): Golden(*words) for words in lines if words}


def made(scenario: str, mode: str) -> Golden:
    """Return the digests of a scenario as the code makes them now."""
    few, whole = digests(scenario, mode, (FEW, ALL))
    return Golden(scenario, mode, few, whole)


def digests(scenario: str, mode: str, after: tuple[int, ...]) -> list[str]:
    """Return the digest after each of these numbers of replicates."""
    running, found = hashlib.blake2b(digest_size=5), []
    for number, text in enumerate(texts(scenario, mode, after[-1]), start=1):
        running.update(text.encode())
        if number in after:
            found.append(running.copy().hexdigest())
    return found


def texts(scenario: str, mode: str, replicates: int) -> Iterator[str]:
    """Yield each replicate as text: an event a line, then an outcome a line."""
    case = prepare_case(resolved(scenario), alone=mode == "alone")
    carried = Carried()
    for replicate in range(replicates):
        world = play(case, ENTROPY, replicate, carried)
        outcomes = measure(world, case)
        lines = [f"replicate {replicate}", *told(world.ledger)]
        shown = [name for name in sorted(outcomes) if not as_before(name, outcomes[name])]
        lines += [f"{name} = {value(outcomes[name])}" for name in shown]
        world.electorate.forget()
        yield "\n".join(lines) + "\n"


LATER = {"round": 1, "second_round_held": None, "first_round_winner": None}
"""Fields and outcomes that came later, and what they hold where nothing is new: left out then, so
that digests of before still compare.
"""


def told(ledger: Ledger) -> Iterator[str]:
    """Yield each event with its class and fields."""
    return (value(event) for event in ledger)


def as_before(name: str, given: object) -> bool:
    """Return whether a field or an outcome of `LATER` says nothing new."""
    return name in LATER and given == LATER[name]


def value(given: object) -> str:
    """Return a value as text; numbers with nine digits, so that the last bit of an exponential on
    another machine moves nothing.
    """
    if isinstance(given, (bool, np.bool_)) or given is None or isinstance(given, str):
        return str(given)
    if isinstance(given, (int, np.integer)):
        return str(int(given))
    if isinstance(given, (float, np.floating)):
        return f"{float(given):.9g}"
    if isinstance(given, np.ndarray):
        return value(given.tolist())
    if isinstance(given, dict):
        return "{" + ", ".join(f"{k}: {value(v)}" for k, v in sorted(given.items())) + "}"
    if isinstance(given, (list, tuple)):
        return "[" + ", ".join(value(v) for v in given) + "]"
    if is_dataclass(given):
        known = ((f.name, getattr(given, f.name)) for f in fields(given))
        inside = (f"{name}={value(x)}" for name, x in known if not as_before(name, x))
        return f"{type(given).__name__}({', '.join(inside)})"
    raise TypeError(f"no text for {type(given).__name__}")
