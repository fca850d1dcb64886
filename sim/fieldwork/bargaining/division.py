"""Players who divide a prize, from a user's file: who gets what share, or is likeliest to get
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sim.errors import InputError, Problem
from sim.files.bargaining.player_file import PlayerFile, read_players
from sim.models.bargaining import war_of_attrition
from sim.models.bargaining.base import DivisionModel, Player
from sim.models.bargaining.register import BARGAINING
from sim.models.bargaining.rubinstein import share_with_outside_options

NEEDS = {
    "rubinstein": ("patience",),
    "baron_ferejohn": ("patience",),
    "war_of_attrition": ("cost", "prize"),
}
"""Columns without which a model has nothing to go by; `outside` is 0 where it is not given."""


@dataclass(frozen=True, slots=True)
class Divided:
    """The share of each player (n,), None where no agreement is possible, and what it means."""

    model: str
    names: tuple[str, ...]
    shares: tuple[float, ...] | None
    meaning: str
    notes: tuple[str, ...] = ()


def divide(path: Path, model: str = "") -> tuple[Divided, ...]:
    """Return the division by one model, or by every model for which the file has what it needs.

    Raises:
        InputError: an unknown model, mistakes in the file, or nothing that a model could go by.
    """
    if model and model not in NEEDS:
        message = f"no model {model!r} for a list of players"
        hint = f"known: {', '.join(NEEDS)}"
        raise InputError(Problem(message, path="--model", hint=hint))
    table = read_players(path)
    reasons = {key: _unfit(table, key) for key in ([model] if model else NEEDS)}
    fit = [key for key, reason in reasons.items() if not reason]
    if not fit:
        said = [Problem(f"{key}: {reason}", str(path)) for key, reason in reasons.items()]
        raise InputError(said)
    return tuple(_DIVISIONS[key](table) for key in fit)


def _unfit(table: PlayerFile, model: str) -> str:
    """Return why a model cannot be asked about these players, nothing if it can."""
    missing = [column for column in NEEDS[model] if column not in table.columns]
    if missing:
        return f"the file has no column {' and no column '.join(missing)}"
    n = len(table.names)
    if model == "baron_ferejohn":
        if n < 3 or n % 2 == 0:
            return f"a majority rule for an odd number of at least three players, not {n}"
        if len(set(table.columns["patience"])) > 1:
            return "all players must have the same patience, as in the paper"
        return ""
    return "" if n == 2 else f"two players, not {n}"


def _alternating(table: PlayerFile) -> Divided:
    patience = table.columns["patience"]
    outside = table.columns.get("outside", (0.0, 0.0))
    share = share_with_outside_options(*patience, *outside)
    meaning = f"share of the prize; {table.names[0]} makes the first offer, accepted at once"
    if share is None:
        note = f"the outside options are worth {sum(outside):.4g} of the prize together"
        return Divided("rubinstein", table.names, None, meaning, (note,))
    return Divided("rubinstein", table.names, (share, 1.0 - share), meaning)


def _legislature(table: PlayerFile) -> Divided:
    model = BARGAINING["baron_ferejohn"]
    assert isinstance(model, DivisionModel)
    shares = model.shares(tuple(Player(patience=d) for d in table.columns["patience"]))
    meaning = f"share of the prize; {table.names[0]} proposes and buys the partners listed next"
    return Divided("baron_ferejohn", table.names, shares, meaning)


def _attrition(table: PlayerFile) -> Divided:
    costs, prizes = table.columns["cost"], table.columns["prize"]
    a, b = (Player(cost=c, prize=v) for c, v in zip(costs, prizes, strict=True))
    shares = war_of_attrition.shares((a, b))
    leaves = war_of_attrition.hazards(a, b)
    notes = [
        f"{name} leaves at a rate of {rate:.4g} per unit of time"
        for name, rate in zip(table.names, leaves, strict=True)
    ]
    notes.append(f"mean length {war_of_attrition.mean_length(a, b):.4g}")
    meaning = "chance to stay longest and get the prize (mixed equilibrium)"
    return Divided("war_of_attrition", table.names, shares, meaning, tuple(notes))


_DIVISIONS = {
    "rubinstein": _alternating,
    "baron_ferejohn": _legislature,
    "war_of_attrition": _attrition,
}
