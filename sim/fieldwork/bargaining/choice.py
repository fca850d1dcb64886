"""Which model of many actors, with which of its open rules; and the function that does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from functools import partial

from sim.errors import InputError, Problem
from sim.models.bargaining import challenge, pce, smp
from sim.models.bargaining.base import Path as Turns
from sim.models.bargaining.base import Spatial, SpatialModel
from sim.models.bargaining.register import BARGAINING
from sim.models.bargaining.spatial.rules import DEFAULT, KNOWN, Rules

MULTI_ACTOR = tuple(key for key, model in BARGAINING.items() if isinstance(model, SpatialModel))
READS = {"smp": tuple(KNOWN), "pce": ("victory", "voting", "election"), "challenge": ("variant",)}
"""The options that a model reads; the other models have none."""

Solve = Callable[[Spatial, int], Turns]


@dataclass(frozen=True, slots=True)
class Choice:
    """A model's key and its options: `rules` by name (see `KNOWN`), `variant` of the challenge
    model.
    """

    model: str = "smp"
    rules: dict[str, str] = field(default_factory=dict)
    variant: str = ""

    def options(self) -> dict[str, str]:
        """Return every option that the model reads, with its value."""
        all_of_them = asdict(DEFAULT) | self.rules | {"variant": self.variant or "text"}
        return {key: all_of_them[key] for key in READS.get(self.model, ())}


def solver(choice: Choice) -> Solve:
    """Return the function of a model under its options.

    Raises:
        InputError: no such model, rule or variant, or an option that the model does not read.
    """
    key = choice.model
    if key not in MULTI_ACTOR:
        kind = (
            " (it settles between sides, not among a table of actors)" if key in BARGAINING else ""
        )
        raise InputError(_unknown(f"no multi-actor model {key!r}{kind}", key, MULTI_ACTOR))
    given = choice.rules | ({"variant": choice.variant} if choice.variant else {})
    for name, value in given.items():
        _check(key, name, value)
    if key == "challenge":
        return partial(challenge.resolve, variant=challenge.VARIANTS[choice.variant or "text"])
    rules = Rules(**(asdict(DEFAULT) | choice.rules))
    if key == "smp":
        return partial(smp.resolve, rules=rules)
    if key == "pce":
        return partial(pce.resolve, rules=rules.vote)
    model = BARGAINING[key]
    assert isinstance(model, SpatialModel)
    return model.resolve


def _check(model: str, name: str, value: str) -> None:
    """Raise if a model does not read an option, or not this value of it."""
    option = f"--{name.replace('_', '-')}"
    if name not in READS.get(model, ()):
        readers = [key for key, names in READS.items() if name in names]
        message = f"the model {model!r} has no such option"
        raise InputError(Problem(message, path=option, hint=f"it is read by: {', '.join(readers)}"))
    known = KNOWN.get(name, tuple(challenge.VARIANTS))
    if value not in known:
        raise InputError(_unknown(f"{value!r} is not known", value, known, option))


def _unknown(message: str, word: str, known: tuple[str, ...], option: str = "--model") -> Problem:
    near = get_close_matches(word, known, 1)
    hint = f"known: {', '.join(known)}" + (f"; did you mean {near[0]}?" if near else "")
    return Problem(message, path=option, hint=hint)
